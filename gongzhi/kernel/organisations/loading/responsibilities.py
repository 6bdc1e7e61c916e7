"""Loads a responsibility list from CSV or xlsx: bad rows are reported by line, the others kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.loading.report import Loaded, Progress, silent
from gongzhi.kernel.organisations.loading.tables import Row, rows_of
from gongzhi.kernel.organisations.models import MatterCategory, Region, Responsibility, Unit
from gongzhi.kernel.organisations.remembered import forget_everything

REQUIRED = ("category", "region", "lead_unit", "valid_from")  # also: co_units, standard, basis, arbiter
_Place = tuple[int, str, date]


@dataclass(frozen=True, slots=True)
class _Names:
    """What the words of a list stand for: units by key, and by full name where it is unique."""

    categories: dict[str, int]
    regions: frozenset[str]
    units: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row understood: where it belongs, its values, its co-handling units."""

    place: _Place
    values: dict[str, object]
    co_units: tuple[int, ...]


@transaction.atomic
def load_responsibilities(path: Path | str, progress: Progress = silent) -> Loaded:
    """Add and correct lines of the responsibility list; running it twice adds nothing.

    Columns: category (key), region (code), lead_unit and co_units (key or full name; several separated by |),
    standard, basis, arbiter, valid_from (2026-01-01). A line is the same when category, region and first day are.
    """
    rows = rows_of(Path(path), REQUIRED)
    names = _names(rows)
    known = _known(rows)
    outcome, seen = Loaded(), dict[_Place, int]()
    for done, (number, row) in enumerate(rows):
        if done % 200 == 0:
            progress(done, len(rows), _("导入责任清单"))
        try:
            line = _understood(row, names)
        except NotPossible as refusal:
            outcome.refuse(number, refusal)
            continue
        if line.place in seen:
            outcome.refuse(
                number,
                _("与第 %(line)d 行的类别、地区和起始日相同。请只保留一行。") % {"line": seen[line.place]},
            )
            continue
        seen[line.place] = number
        _keep(line, known, outcome)
    progress(len(rows), len(rows), _("导入责任清单"))
    forget_everything()
    return outcome


def _names(rows: list[tuple[int, Row]]) -> _Names:
    names: dict[str, list[int]] = {}
    for pk, name in Unit.objects.values_list("pk", "name"):
        names.setdefault(name, []).append(pk)
    units = {name: pks[0] for name, pks in names.items() if len(pks) == 1}
    units |= dict(Unit.objects.values_list("key", "pk"))
    mentioned = {row["region"] for _number, row in rows}
    return _Names(
        categories=dict(MatterCategory.objects.values_list("key", "pk")),
        regions=frozenset(Region.objects.filter(code__in=mentioned).values_list("code", flat=True)),
        units=units,
    )


def _known(rows: list[tuple[int, Row]]) -> dict[_Place, Responsibility]:
    mentioned = {row["region"] for _number, row in rows}
    lines = Responsibility.objects.filter(region_id__in=mentioned).prefetch_related("co_units")
    return {(line.category_id, line.region_id, line.valid_from): line for line in lines}


def _understood(row: Row, names: _Names) -> _Line:
    """Read a row, or decline it with the next step."""
    category = names.categories.get(row["category"])
    if category is None:
        raise NotPossible(
            _("没有「%(word)s」这个事项类别。请先导入类别，或改用已有的类别标识。"), word=row["category"]
        )
    if row["region"] not in names.regions:
        raise NotPossible(_("没有代码为「%(word)s」的地区。请核对区划代码。"), word=row["region"])
    arbiter = row.get("arbiter") or row.get("arbiter_unit") or ""
    co_units = [word.strip() for word in row.get("co_units", "").split("|") if word.strip()]
    lead = _unit(row["lead_unit"], names)
    basis = row.get("basis", "")
    if len(basis) > 200:
        raise NotPossible(_("依据超过 200 字。请只写文件名称和条款。"))
    return _Line(
        place=(category, row["region"], _day(row["valid_from"])),
        values={
            "lead_unit_id": lead,
            "arbiter_id": _unit(arbiter, names) if arbiter else None,
            "standard": row.get("standard", ""),
            "basis": basis,
        },
        co_units=tuple(dict.fromkeys(_unit(word, names) for word in co_units)),
    )


def _unit(word: str, names: _Names) -> int:
    if not word:
        raise NotPossible(_("没有填写牵头单位。请填写单位标识或全称。"))
    if word not in names.units:
        raise NotPossible(
            _("没有「%(word)s」这个单位，或有几个单位同名。请先建立单位，或改用单位标识。"), word=word
        )
    return names.units[word]


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word.replace("/", "-"))
    except ValueError as error:
        raise NotPossible(_("起始日「%(word)s」不是日期。请按 2026-01-01 的样子填写。"), word=word) from error


def _keep(line: _Line, known: dict[_Place, Responsibility], outcome: Loaded) -> None:
    category_id, region_code, valid_from = line.place
    row = known.get(line.place)
    if row is None:
        row = Responsibility.objects.create(
            category_id=category_id, region_id=region_code, valid_from=valid_from, **line.values
        )
        row.co_units.set(line.co_units)
        outcome.added += 1
        return
    same = all(getattr(row, name) == value for name, value in line.values.items())
    if same and {unit.pk for unit in row.co_units.all()} == set(line.co_units):
        outcome.unchanged += 1
        return
    for name, value in line.values.items():
        setattr(row, name, value)
    row.save(update_fields=[name.removesuffix("_id") for name in line.values])
    row.co_units.set(line.co_units)
    outcome.changed += 1
