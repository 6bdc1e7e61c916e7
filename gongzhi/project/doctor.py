"""Looks over an installation and says, for each thing that is wrong, what to do next."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongzhi.kernel.audit.logkey import NEXT_STEP, public_key_here, raw
from gongzhi.kernel.audit.models import Checkpoint, Entry, Leaf
from gongzhi.kernel.cases.calendars import calendar_in_force
from gongzhi.kernel.delivery.models import Heartbeat
from gongzhi.kernel.lock.coverage import unlocked_tables
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.replica import Unfit, check, is_set_up
from gongzhi.project.migrations_waiting import waiting_migrations

SILENT_AFTER = timedelta(seconds=60)
SEALED_WITHIN = timedelta(minutes=10)
NEXT_YEAR_KNOWN_BY = 12  # the State Council's notice comes out in November as a rule
LITTLE_SPACE = 2 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do when it is not well."""

    name: str
    state: str  # "well", "note" (look at it when you can) or "ill"
    words: str
    next_step: str = ""

    def plain(self) -> dict[str, str]:
        """Return the finding as plain data."""
        return asdict(self)


def examine(now: datetime) -> list[Finding]:
    """Look at everything; without a database, only at what needs none."""
    findings = [_database()]
    if findings[0].state == "well":
        findings.append(_migrations())
    if all(finding.state == "well" for finding in findings):
        findings += [look(now) for look in LOOKS]
    return [*findings, _documents(), _space(), _demonstration()]


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            (version,) = cursor.fetchone()
    except Error as error:
        return Finding(
            "database", "ill", str(error).strip(), "Start PostgreSQL, or correct DATABASE_URL and try again."
        )
    return Finding("database", "well", f"PostgreSQL {version} answers")


def _migrations() -> Finding:
    if waiting := waiting_migrations():
        return Finding(
            "migrations", "ill", f"{len(waiting)} not applied: {waiting[0]} ...", "Run: gongzhi migrate"
        )
    return Finding("migrations", "well", "all applied")


def _worker(now: datetime) -> Finding:
    last = Heartbeat.objects.order_by("-at").first()
    if last is None:
        return Finding(
            "worker", "ill", "no worker has ever run or all were stopped", "Start one: gongzhi worker"
        )
    silence = now - last.at
    if silence > SILENT_AFTER:
        words = f"silent for {silence.total_seconds():.0f} s: messages wait and clocks stand still"
        return Finding("worker", "ill", words, "Start one: gongzhi worker")
    return Finding("worker", "well", f"heard of {silence.total_seconds():.0f} s ago")


def _second_lock(now: datetime) -> Finding:
    """Say whether every table that names a person or a case is locked; the doctor itself comes as the owner."""
    if bare := unlocked_tables():
        return Finding(
            "second lock",
            "ill",
            f"not locked: {', '.join(bare)}",
            "Run: gongzhi migrate; if it stays, report it.",
        )
    return Finding("second lock", "well", "row-level security is forced")


def _sealed_log(now: datetime) -> Finding:
    """Say whether what was recorded is sealed and signed: a row that waits long could still be changed unseen."""
    waiting = (
        Entry.objects.filter(at__lt=now - SEALED_WITHIN)
        .exclude(Exists(Leaf.objects.filter(entry_id=OuterRef("pk"))))
        .count()
    )
    if waiting:
        return Finding(
            "sealed log", "ill", f"{waiting} records are not sealed yet", "Start a worker: gongzhi worker"
        )
    newest = Checkpoint.objects.order_by("-number").first()
    key = public_key_here() if newest else None
    if newest and key and raw(key) != bytes(newest.public_key):
        words = f"{settings.LOG_KEY} is not the key that signed the log: nothing more is signed"
        return Finding("sealed log", "ill", words, NEXT_STEP)
    unsigned = Leaf.objects.filter(index__gte=newest.size if newest else 0).exists()
    if unsigned and (newest is None or newest.at < now - SEALED_WITHIN):
        words = "what is sealed has not been signed for a while"
        next_step = "Look at the worker's log; then: gongzhi log check"
        return Finding("sealed log", "ill", words, NEXT_STEP if newest and not key else next_step)
    if newest and not key:
        words = f"the key of the log, {settings.LOG_KEY}, cannot be read here: well only if the worker runs elsewhere"
        return Finding("sealed log", "note", words, NEXT_STEP)
    return Finding(
        "sealed log", "well", f"{newest.size} records signed" if newest else "nothing recorded yet"
    )


def _replica(now: datetime) -> Finding:
    """Say whether pages that add up much are read from the replica; without it the primary answers them as well."""
    if not is_set_up():
        return Finding("replica", "well", "none is set up")
    try:
        behind = check(now)
    except Unfit as reason:
        words = f"not read from: {reason}; the primary answers in its place"
        next_step = "Look at the replica's log and at pg_stat_replication (docs/handbook/growing.md)."
        return Finding("replica", "ill", words, next_step)
    return Finding("replica", "well", f"at most {behind.total_seconds():.0f} s behind")


def _regions(now: datetime) -> Finding:
    if count := Region.objects.count():
        return Finding("regions", "well", f"{count} regions")
    return Finding(
        "regions", "ill", "no regions: nobody can say where a matter lies", "Run: gongzhi load-regions"
    )


def _calendar(now: datetime) -> Finding:
    today = timezone.localdate(now)
    calendar = calendar_in_force()
    if not calendar.is_announced(today.year):
        words = f"the holidays of {today.year} are guessed, so deadlines in working days may be wrong"
        return Finding(
            "calendar", "ill", words, "Enter the State Council's notice on the administrator's pages."
        )
    if today.month >= NEXT_YEAR_KNOWN_BY and not calendar.is_announced(today.year + 1):
        words = f"the holidays of {today.year + 1} are not entered yet"
        return Finding("calendar", "note", words, "Enter the State Council's notice once it is published.")
    return Finding("calendar", "well", f"the holidays of {today.year} are known")


def _documents() -> Finding:
    folder = settings.DOCUMENTS_ROOT
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"1")
    except OSError as error:
        words = f"{folder} cannot be written: {error.strerror}"
        return Finding("documents", "ill", words, f"Give the user {os.geteuid()} the right to write there.")
    return Finding("documents", "well", f"{folder} can be written")


def _space() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    words = f"{free / 1024**3:.1f} GiB free in {settings.HOME}"
    if free < LITTLE_SPACE:
        return Finding("space", "ill", words, "Free or add disk space; the database stops when it is full.")
    return Finding("space", "well", words)


def _demonstration() -> Finding:
    if settings.GONGZHI_DEMO:
        return Finding(
            "demonstration", "note", "every page says that its data is fictional", "Unset GONGZHI_DEMO."
        )
    return Finding("demonstration", "well", "off")


LOOKS: tuple[Callable[[datetime], Finding], ...] = (
    _second_lock,
    _sealed_log,
    _worker,
    _replica,
    _regions,
    _calendar,
)
