"""Loads the divisions of Henan, five levels down to the village, from the file that comes with the package."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongzhi.base.declined import NotPossible
from gongzhi.base.regioncodes import LENGTHS, level_of, parent_of, prefix_range
from gongzhi.kernel.organisations.loading.report import Progress, silent
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.organisations.remembered import forget_everything

AS_OF = date(2023, 6, 30)  # the day the file in the package describes
COLUMNS = ("code", "name", "level", "parent", "kind")
BATCH = 5_000
_FILE = files("gongzhi.kernel.organisations") / "data" / "henan_divisions.csv.gz"
_KINDS = {
    "province": Region.Kind.PROVINCE,
    "city": Region.Kind.CITY,
    "functional-zone": Region.Kind.ZONE,
    "镇": Region.Kind.TOWN,
    "乡": Region.Kind.TOWNSHIP,
    "街道": Region.Kind.STREET,
    "村委会": Region.Kind.VILLAGE,
    "居委会": Region.Kind.NEIGHBOURHOOD,
}
_COUNTY_KINDS = {"区": Region.Kind.DISTRICT, "县": Region.Kind.COUNTY, "市": Region.Kind.COUNTY_CITY}
_URBAN = {
    Region.Kind.STREET: Region.Urban.URBAN,
    Region.Kind.NEIGHBOURHOOD: Region.Urban.URBAN,
    Region.Kind.TOWNSHIP: Region.Urban.RURAL,
    Region.Kind.VILLAGE: Region.Urban.RURAL,
    Region.Kind.TOWN: Region.Urban.MIXED,
}


@dataclass(slots=True)
class RegionsLoaded:
    """What a load of divisions did; ``levels`` counts the regions of the file by level, 1 to 5."""

    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    levels: Counter[int] = field(default_factory=Counter)


@transaction.atomic
def load_regions(
    progress: Progress = silent, *, path: Path | None = None, as_of: date = AS_OF
) -> RegionsLoaded:
    """Bring the regions of a province to the state of a divisions file; a second run changes nothing.

    A new name is taken over and the old one kept among the former names; a code the file no longer has ends the
    day before ``as_of``, with the region of the same name and level in the same city as its successor when there
    is exactly one. Regions of the first load are valid from no particular day.
    """
    wanted = {region.code: region for region in divisions(path)}
    known = {region.code: region for region in _known(wanted)}
    outcome = RegionsLoaded(levels=Counter(region.level for region in wanted.values()))
    added = [region for code, region in wanted.items() if code not in known]
    for region in added:
        region.valid_from = as_of if known else None
    _copy(added, progress)
    changed = [
        known[code] for code in wanted.keys() & known.keys() if _take_over(known[code], wanted[code], as_of)
    ]
    ended = [region for code, region in known.items() if code not in wanted and region.valid_to is None]
    _end(ended, added, as_of)
    fields = ["name", "kind", "urban", "sort_key", "former_names", "valid_to", "successor"]
    Region.objects.bulk_update([*changed, *ended], fields, batch_size=BATCH)
    outcome.added, outcome.changed, outcome.ended = len(added), len(changed), len(ended)
    outcome.unchanged = len(wanted) - len(added) - len(changed)
    progress(len(wanted), len(wanted), _("导入地区"))
    forget_everything()
    return outcome


def divisions(path: Path | None = None) -> Iterator[Region]:
    """Yield the regions of a divisions file, that of the package unless given, as rows that are not saved."""
    return _regions(_rows(path))


def _rows(path: Path | None) -> Iterator[dict[str, str]]:
    source = path or _FILE
    try:
        with source.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8", newline="") as text:
            reader = csv.DictReader(text)
            if missing := set(COLUMNS) - set(reader.fieldnames or ()):
                raise NotPossible(
                    _("区划文件缺少这些列：%(columns)s。请补上后再导入。"),
                    columns="、".join(sorted(missing)),
                )
            yield from reader
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise NotPossible(
            _("区划文件不能读取。请检查路径，文件应为 gzip 压缩、UTF-8 编码的 CSV。")
        ) from error


def _regions(rows: Iterable[dict[str, str]]) -> Iterator[Region]:
    for line, row in enumerate(rows, start=2):
        try:
            yield _region(row)
        except (ValueError, IndexError, KeyError, TypeError, NotPossible) as error:
            raise NotPossible(
                _("区划文件第 %(line)d 行的代码、级别或类型不对。请改正后再导入。"), line=line
            ) from error


def _region(row: dict[str, str]) -> Region:
    level = int(row["level"])
    code = row["code"][: LENGTHS[level - 1]]
    if level_of(code) != level:
        raise ValueError(row["code"])
    kind = _kind(row["kind"], row["name"])
    return Region(
        code=code,
        name=row["name"],
        level=level,
        kind=kind,
        parent_id=parent_of(code),
        urban=_urban(kind, level, code),
        sort_key=f"{9 if kind in (Region.Kind.ZONE, Region.Kind.DIRECT) else 0}{code}",
    )


def _kind(word: str, name: str) -> Region.Kind:
    if word.startswith("pseudo-city"):
        return Region.Kind.DIRECT
    if word == "county":
        return _COUNTY_KINDS[name[-1]]
    return _KINDS.get(word, Region.Kind.OTHER)


def _urban(kind: Region.Kind, level: int, code: str) -> Region.Urban:
    """Derive town or country from the kind, and for odd names from the last digits; see data/SOURCES.md."""
    if level <= Region.Level.COUNTY:
        return Region.Urban.MIXED
    if kind in _URBAN:
        return _URBAN[kind]
    if level != Region.Level.VILLAGE:
        return Region.Urban.UNKNOWN
    number = int(code[9:])
    if 1 <= number < 200 or 400 <= number < 500:
        return Region.Urban.URBAN
    if 200 <= number < 400 or 500 <= number < 600:
        return Region.Urban.RURAL
    return Region.Urban.UNKNOWN


def _known(wanted: dict[str, Region]) -> Iterator[Region]:
    provinces = [code for code, region in wanted.items() if region.level == Region.Level.PROVINCE]
    for province in provinces:
        low, high = prefix_range(province)
        yield from Region.objects.filter(code__gte=low, code__lt=high, level__lte=Region.Level.VILLAGE)


def _copy(regions: list[Region], progress: Progress) -> None:
    """Write new regions with COPY, some fifty thousand rows a second."""
    if not regions:
        return
    columns = "code, name, level, kind, parent_id, urban, sort_key, former_names, valid_from"
    label = _("导入地区")
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY organisations_region ({columns}) FROM STDIN") as copy:
            for done, r in enumerate(regions):
                if done % BATCH == 0:
                    progress(done, len(regions), label)
                kind, urban = str(r.kind), str(r.urban)
                copy.write_row(
                    (r.code, r.name, r.level, kind, r.parent_id, urban, r.sort_key, "[]", r.valid_from)
                )
        cursor.execute("ANALYZE organisations_region")


def _take_over(known: Region, wanted: Region, as_of: date) -> bool:
    """Bring a known region to the state of the file; say whether anything changed."""
    same = ("name", "kind", "urban", "sort_key")
    if known.valid_to is None and all(getattr(known, one) == getattr(wanted, one) for one in same):
        return False
    if known.name != wanted.name:
        until = (as_of - timedelta(days=1)).isoformat()
        known.former_names = [*known.former_names, {"name": known.name, "until": until}]
    for one in same:
        setattr(known, one, getattr(wanted, one))
    known.valid_to = None
    known.successor = None
    return True


def _end(ended: list[Region], added: list[Region], as_of: date) -> None:
    candidates: dict[tuple[str, int, str], list[Region]] = defaultdict(list)
    for region in added:
        candidates[region.name, region.level, region.code[:4]].append(region)
    for region in ended:
        last_day = as_of - timedelta(days=1)
        region.valid_to = max(last_day, region.valid_from or last_day)
        alike = candidates[region.name, region.level, region.code[:4]]
        region.successor = alike[0] if len(alike) == 1 else None
