"""Take contents out of the store once no row names them any more, without hurting an upload or a running backup."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from gongzhi.kernel.documents import store
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import hold_content
from gongzhi.kernel.retention.models import RemovedContent

#: A backup holds this lock shared while it reads documents, so that none disappears under it.
BACKUP_LOCK = 4_105_230_013
#: How often a part of the store is looked through: all of it in less than two days. No upload takes as long as a day.
EVERY = timedelta(minutes=10)
LEFT_BEHIND = timedelta(days=1)


def remove_contents(now: datetime, limit: int = 500) -> int:
    """Remove up to *limit* contents that wait for it; return how many files went. None go while a backup runs.

    An upload of the same content holds the content's lock until its row is there: the file is then left alone.
    """
    del now
    removed = 0
    for _ in range(limit):
        with transaction.atomic():
            waiting = RemovedContent.objects.select_for_update(skip_locked=True).order_by("sha256").first()
            if waiting is None or not _no_backup_runs():
                break
            hold_content(waiting.sha256, alone=True)
            if not Document.objects.filter(sha256=waiting.sha256).exists():
                store.path_of(waiting.sha256).unlink(missing_ok=True)
                removed += 1
            waiting.delete()
    return removed


def note_unnamed(now: datetime) -> int:
    """Let contents of one part of the store go that no row names, another part each time; return how many were found.

    An upload that was refused in the end, as one of several that could not be kept, has its content on the disk already,
    and nothing else would ever take it out.
    """
    part = int(now.timestamp() // EVERY.total_seconds()) % store.PARTS
    there = list(store.addresses_in(part, now - LEFT_BEHIND))
    unnamed = set(there) - set(
        Document.objects.filter(sha256__in=there).values_list("sha256", flat=True).distinct()
    )
    found = [RemovedContent(sha256=address, at=now) for address in sorted(unnamed)]
    RemovedContent.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def _no_backup_runs() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (BACKUP_LOCK,))
        return bool(cursor.fetchone()[0])
