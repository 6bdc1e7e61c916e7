"""Messages of citizens kept in a table file become requests: with their own times, each once, bad rows reported."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils.timezone import get_current_timezone, make_aware, now
from django.utils.translation import gettext as _

from gongzhi.base.declined import Declined, NotPossible
from gongzhi.domains.hotline.api import Submission, is_registered, register_request
from gongzhi.kernel.organisations.loading.report import Progress, RefusedRow, silent
from gongzhi.kernel.organisations.loading.tables import Row, rows_of

KNOWN = ("reference", "title", "text", "time", "kind", "category", "place", "region", "name", "phone")
NEEDED = ("reference", "text", "time")
TIMES = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")
LONGEST_TITLE, LONGEST_TEXT = 60, 20_000


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where messages come from, which column holds what, and where a matter lies when its row does not say."""

    name: str
    columns: Mapping[str, str]
    region_code: str
    kind: str = "help"


@dataclass
class Imported:
    """What came of a file: requests opened, messages that had been imported before, rows left out and why."""

    opened: int = 0
    known: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def import_messages(path: Path, source: Source, progress: Progress = silent) -> Imported:
    """Open a request for each message of a CSV (also .gz) or xlsx file; running it again adds nothing.

    Each row is its own transaction: a bad one is reported by its line and left out, the others stay.
    Raises NotPossible when the file or the mapping of columns cannot be used at all.
    """
    unknown = sorted(set(source.columns) - set(KNOWN))
    missing = [name for name in NEEDED if name not in source.columns]
    if unknown or missing:
        raise NotPossible(
            _("列的对应关系有误。缺少：%(missing)s；不认识：%(unknown)s。可用的有：%(known)s。"),
            missing="、".join(missing) or "—",
            unknown="、".join(unknown) or "—",
            known="、".join(KNOWN),
        )
    rows = rows_of(path, list(source.columns.values()))
    imported = Imported()
    for done, (line, row) in enumerate(rows, start=1):
        _take(line, row, source, imported)
        progress(done, len(rows), source.name)
    return imported


def _take(line: int, row: Row, source: Source, imported: Imported) -> None:
    try:
        submission, received_at = _read(row, source)
        assert submission.source_reference is not None  # noqa: S101 - _read() has set it
        if is_registered(submission.source_reference):
            imported.known += 1
            return
        key = uuid.uuid5(uuid.NAMESPACE_URL, submission.source_reference)
        register_request(submission=submission, received_at=received_at, now=now(), key=str(key))
        imported.opened += 1
    except Declined as refusal:
        imported.refused.append(RefusedRow(line, str(refusal)))


def _read(row: Row, source: Source) -> tuple[Submission, datetime]:
    """Read one row; raise NotPossible with what to do when it cannot become a request."""
    value = {name: row.get(column, "").strip() for name, column in source.columns.items()}
    text = value["text"]
    if not value["reference"]:
        raise NotPossible(_("没有编号，无法防止重复导入。请补上编号。"))
    if not text:
        raise NotPossible(_("没有内容。请补上群众反映的内容。"))
    if len(text) > LONGEST_TEXT:
        raise NotPossible(_("内容超过 %(most)d 字。请核对是否多行并成了一行。"), most=LONGEST_TEXT)
    submission = Submission(
        kind=value.get("kind") or source.kind,
        category=value.get("category", ""),
        title=shortened(value.get("title") or text),
        text=text,
        region_code=value.get("region") or source.region_code,
        place=value.get("place", "")[:120],
        name=value.get("name", "") if value.get("phone") else "",
        phone=value.get("phone", ""),
        channel="import",
        source_reference=f"{source.name}:{value['reference']}",
    )
    return submission, _moment(value["time"])


def shortened(words: str) -> str:
    """Return what a message begins with, short enough for a title."""
    title = " ".join(words.split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _moment(words: str) -> datetime:
    for pattern in TIMES:
        try:
            return make_aware(datetime.strptime(words, pattern), get_current_timezone())  # noqa: DTZ007 - made aware
        except ValueError:
            continue
    raise NotPossible(_("时间「%(words)s」看不懂。请写成 2026-03-02 09:30 的样子。"), words=words[:30])
