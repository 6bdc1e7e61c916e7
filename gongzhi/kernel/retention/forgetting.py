"""The worker's daily duty: what has been kept long enough and is under no hold goes, a small batch at a time."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from gongzhi.kernel.registry.api import DOMAINS
from gongzhi.kernel.retention.contents import remove_contents
from gongzhi.kernel.retention.held import HELD_CASE, HOLDS_LOCK, earliest_held, held_case, held_person
from gongzhi.kernel.retention.models import Walk
from gongzhi.kernel.retention.periods import CASES, cut, cut_for_cases, every_keeping, least_for_cases
from gongzhi.kernel.retention.persons import STILL_KNOWN, anonymise, asks_to_be_forgotten, to_erase

log = logging.getLogger(__name__)

BATCH = 200
TITLE = "（内容已按保存期限删除）"
DOCUMENTS = "documents.document"
CONTENTS = "documents.content"
AUDIT = "audit.entry"


@dataclass(frozen=True, slots=True)
class Sweep:
    """How rows of one kind go: the table (as t), which rows are due by a moment %(cut)s, and what is done to them.

    Rows that a person has asked to have deleted are due from %(least)s on, the shortest the law allows.
    """

    kind: str
    table: str
    due: str
    forget: Callable[[Sequence[int]], object]
    cut: Callable[[datetime], datetime]
    least: Callable[[datetime], datetime] | None = None


def _delete(table: str, ids: Sequence[int]) -> None:
    _run(f"DELETE FROM {table} WHERE id = ANY (%s)", ids)


def _delete_messages(ids: Sequence[int]) -> None:
    _run("DELETE FROM notices_read WHERE message_id = ANY (%s)", ids)
    _delete("notices_message", ids)


def _delete_documents(ids: Sequence[int]) -> None:
    _run(
        "INSERT INTO retention_removedcontent (sha256, at) SELECT DISTINCT sha256, now() FROM documents_document"
        " WHERE id = ANY (%s) ON CONFLICT DO NOTHING",
        ids,
    )
    _delete("documents_document", ids)


def _anonymise_cases(ids: Sequence[int]) -> None:
    """Take out what people wrote; the course of the matter, its clocks and its outcome stay for counting."""
    for row in every_keeping():
        if row.case and row.blanks:
            meta = apps.get_model(row.model)._meta
            table = meta.db_table
            emptied = ", ".join(
                f"{column} = NULL" if meta.get_field(column).null else f"{column} = ''"
                for column in row.blanks
            )
            _run(f"UPDATE {table} SET {emptied} WHERE {row.case} = ANY (%s)", ids)
    _run("SELECT retention_blank_steps(%s)", ids)
    _run(f"UPDATE cases_case SET title = '{TITLE}' WHERE id = ANY (%s)", ids)


def _run(statement: str, ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])


def _kept(kind: str) -> Callable[[datetime], datetime]:
    return partial(cut, kind)


def sweeps() -> list[Sweep]:
    """Return every kind that goes row by row, cases before what goes with them."""
    free = f"NOT {held_case('t.case_id')}"
    asked = asks_to_be_forgotten("t")
    of_cases = [_sweep_of_cases(key) for key in sorted(DOMAINS)]
    return [
        *of_cases,
        Sweep(
            DOCUMENTS,
            "documents_document",
            f"{free} AND (t.retention_until < %(today)s OR (t.retention_until IS NULL AND EXISTS"
            f" (SELECT FROM cases_case c WHERE c.id = t.case_id AND c.title = '{TITLE}')))",
            _delete_documents,
            _kept(CASES),
        ),
        Sweep(
            "notices.message",
            "notices_message",
            f"(t.written_at < %(cut)s OR {to_erase('t.person_id')}) AND {free} AND NOT {held_person('t.person_id')}",
            _delete_messages,
            _kept("notices.message"),
        ),
        _deleted(
            "notices.incoming",
            "notices_incoming",
            f"(t.received_at < %(cut)s OR {to_erase('t.person_id')}) AND {free} AND NOT {held_person('t.person_id')}",
        ),
        _deleted(
            "events.outbox", "events_outbox", f"coalesce(t.delivered_at, t.dead_at) < %(cut)s AND {free}"
        ),
        _deleted("admin.log", "django_admin_log", "t.action_time < %(cut)s"),
        _deleted(
            "access.look", "access_look", f"t.at < %(cut)s AND {free} AND NOT {held_person('t.person_id')}"
        ),
        _deleted(
            "access.export",
            "access_export",
            "t.asked_at < %(cut)s AND NOT EXISTS"
            f" (SELECT FROM cases_case c WHERE c.id = ANY (t.case_ids) AND {HELD_CASE})",
        ),
        _deleted(
            "access.delay",
            "access_delayorder",
            f"t.release_on < (%(cut)s)::date AND {free} AND NOT {held_person('t.person_id')}",
        ),
        Sweep(
            "people.person",
            "people_person",
            f"(t.created_at < %(cut)s OR {asked}) AND {STILL_KNOWN} AND NOT {held_person('t.id')} AND NOT EXISTS (SELECT FROM"
            " people_account a WHERE a.person_id = t.id AND a.is_active) AND NOT EXISTS (SELECT FROM cases_case c"
            " WHERE c.opened_by_id = t.id AND (c.closed_at IS NULL"
            f" OR (c.closed_at >= %(cut)s AND NOT {asked}) OR {HELD_CASE}))",
            anonymise,
            _kept("people.person"),
        ),
        _deleted("retention.hold", "retention_legalhold", "t.lifted_at < %(cut)s"),
    ]


def _deleted(kind: str, table: str, due: str) -> Sweep:
    return Sweep(kind, table, due, partial(_delete, table), _kept(kind))


def _sweep_of_cases(domain: str) -> Sweep:
    due = (
        f"t.procedure LIKE '{domain}.%%' AND t.title <> '{TITLE}'"
        f" AND (t.closed_at < %(cut)s OR (t.closed_at < %(least)s AND {to_erase('t.opened_by_id')}))"
        f" AND NOT {held_case('t.id')}"
    )
    least = partial(least_for_cases, domain)
    return Sweep(
        f"{CASES}.{domain}", "cases_case", due, _anonymise_cases, partial(cut_for_cases, domain), least
    )


def forget_due(now: datetime, gone: dict[str, int] | None = None, limit: int = BATCH) -> int:
    """Forget one batch of each kind that is not finished today; return how many rows went, and add them to *gone*."""
    counts = gone if gone is not None else {}
    total, more_cases = 0, False
    for sweep in sweeps():
        if sweep.kind == DOCUMENTS and more_cases:
            continue  # or their walk would be over for the day before the cases they go with are
        batch = _batch(sweep, now, limit)
        more_cases = more_cases or (sweep.table == "cases_case" and batch == limit)
        total += _count(counts, sweep.kind, batch)
    total += _count(counts, "sessions.session", _forget_sessions(now, limit))
    total += _count(counts, CONTENTS, remove_contents(now, limit))
    return total


def forget_log(now: datetime, limit: int = BATCH) -> int:
    """Forget rows of the log that were signed before their period; the owner of the database alone may.

    The role of web and worker cannot, so whoever breaks into them cannot shorten the log. Leaves stay, and a row
    `audit.forgotten` names which lost their row: every proof still holds.
    """
    return _forget_audit(now, limit)


def _count(counts: dict[str, int], kind: str, batch: int) -> int:
    if batch:
        counts[kind] = counts.get(kind, 0) + batch
        log.info("Forgotten of %s: %s", kind, batch)
    return batch


def planned(now: datetime) -> dict[str, int]:
    """Return how many rows of each kind are due; change nothing."""
    found = {}
    for sweep in sweeps():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {sweep.table} t WHERE {sweep.due}", _moments(sweep, now))
            found[sweep.kind] = cursor.fetchone()[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_entry e JOIN audit_leaf l ON l.entry_id = e.id"
            " WHERE e.at < %(cut)s AND e.action <> 'audit.forgotten'"
            " AND l.index < (SELECT coalesce(max(size), 0) FROM audit_checkpoint WHERE at < %(cut)s)",
            {"cut": _audit_cut(now)},
        )
        found[AUDIT] = cursor.fetchone()[0]
    return found


def _moments(sweep: Sweep, now: datetime) -> dict[str, datetime | date | int | list[int]]:
    cut = sweep.cut(now)
    return {"cut": cut, "least": sweep.least(now) if sweep.least else cut, "today": timezone.localdate(now)}


@transaction.atomic
def _batch(sweep: Sweep, now: datetime, limit: int) -> int:
    """Forget up to *limit* rows of a kind from where the day's walk stands; nothing while another worker walks."""
    today = timezone.localdate(now)
    Walk.objects.get_or_create(kind=sweep.kind)
    walk = Walk.objects.select_for_update(skip_locked=True).filter(kind=sweep.kind).first()
    if walk is None or walk.finished_on == today:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [HOLDS_LOCK])
        cursor.execute(
            f"SELECT t.id FROM {sweep.table} t WHERE t.id > %(after)s AND {sweep.due} ORDER BY t.id LIMIT %(limit)s",
            _moments(sweep, now) | {"after": walk.after, "limit": limit},
        )
        ids = [row[0] for row in cursor.fetchall()]
    full = len(ids) == limit
    last = ids[-1] if ids else 0
    ids = _still_due(sweep, ids, now)
    if ids:
        sweep.forget(ids)
    walk.after = last if full else 0
    walk.finished_on = walk.finished_on if full else today
    walk.save()
    return len(ids)


def _still_due(sweep: Sweep, ids: list[int], now: datetime) -> list[int]:
    """Hold persons before they are forgotten and ask once more: they may have changed their mind, or come back."""
    if sweep.kind != "people.person" or not ids:
        return ids
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_person WHERE id = ANY (%s) ORDER BY id FOR UPDATE", [ids])
        cursor.execute(
            f"SELECT t.id FROM {sweep.table} t WHERE t.id = ANY (%(ids)s) AND {sweep.due} ORDER BY t.id",
            _moments(sweep, now) | {"ids": ids},
        )
        return [row[0] for row in cursor.fetchall()]


def _audit_cut(now: datetime) -> datetime:
    """Return before which moment rows of the log go: over their period, and before anything under a hold began."""
    held = earliest_held()
    over = cut(AUDIT, now)
    return min(over, held) if held else over


@transaction.atomic
def _forget_audit(now: datetime, limit: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [HOLDS_LOCK])
        cursor.execute("SELECT audit_forget(%s, NULL, %s)", [_audit_cut(now), limit])
        return int(cursor.fetchone()[0])


def _forget_sessions(now: datetime, limit: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_session WHERE session_key IN"
            " (SELECT session_key FROM django_session WHERE expire_date < %s LIMIT %s)",
            [now, limit],
        )
        return int(cursor.rowcount)
