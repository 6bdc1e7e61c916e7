"""The figures for machines: the same as on the page, with what each measures, for an official who is signed in."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext
from ninja import Query, Router, Schema, Status
from pydantic import Field

from gongzhi.base.declined import NotAllowed
from gongzhi.desks.cockpit.cells import Cell
from gongzhi.desks.cockpit.figures_shown import Figure
from gongzhi.desks.cockpit.gathered import Overview, gather
from gongzhi.desks.cockpit.looking import USUAL, area_of, own_area, period_of
from gongzhi.desks.cockpit.tables import Table, tables_of
from gongzhi.kernel.organisations.regions import path_name, region_name
from gongzhi.web.machine import REFUSALS, Refusal
from gongzhi.web.views import actor_of

router = Router(tags=["cockpit"])


class Asked(Schema):
    """Of which area and how many days before today."""

    area: Annotated[str, Field(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})?$")] = ""
    period: Literal["7", "30", "90", "365"] = USUAL


class Number(Schema):
    """A figure. No value: nothing happened of which it could speak, or (`hidden`) it would tell of few."""

    value: float | None
    hidden: bool


class Measured(Schema):
    """A measure with what it says of the area, and of town and country in it."""

    key: str
    label: str
    unit: str
    formula: str
    source: str
    whole: Number
    urban: Number
    rural: Number


class Line(Schema):
    """A line of a table; words stand as they are on the page."""

    name: str
    cells: list[Number | str]


class Lines(Schema):
    """A table: what its columns are called, and its lines."""

    key: str
    title: str
    heads: list[str]
    lines: list[Line]


class Figures(Schema):
    """What the cockpit shows of an area and a period. `counted_at`: when what is open was counted."""

    area: str
    name: str
    first: date
    last: date
    counted_at: datetime | None
    measures: list[Measured]
    tables: list[Lines]


@router.get(
    "figures",
    response={200: Figures, 401: Refusal, 403: Refusal, **REFUSALS},
    summary="辖区指标（需登录工作台）",
)
def figures(request: HttpRequest, asked: Query[Asked]) -> Figures | Status[Refusal]:
    """Return the figures of an area of the official's own: what the page hides is hidden here too."""
    actor = actor_of(request)
    if not request.user.is_authenticated or actor.post_id is None:
        return Status(401, Refusal(message=gettext("请先登录工作台并选择岗位，再用同一会话请求。")))
    area, now = area_of(actor, asked.area), timezone.now()
    if asked.area and area.region_code != asked.area:
        raise NotAllowed("这个地区不在您的辖区内。请改用辖区内的区划代码，或留空。")
    _name, period = period_of(asked.period, localdate(now))
    return _told(gather(own_area(actor), area, period, now))


def _told(found: Overview) -> Figures:
    code = found.area.region_code
    return Figures(
        area=code,
        name=path_name(code) or region_name(code),
        first=found.period.first,
        last=found.period.last,
        counted_at=found.counted_at,
        measures=[_measured(one) for one in (*found.figures, *found.standing)],
        tables=[_lines(table) for table in tables_of(found)],
    )


def _measured(one: Figure) -> Measured:
    measure = one.measure
    return Measured(
        key=measure.key,
        label=str(measure.label),
        unit=str(measure.unit),
        formula=str(measure.formula),
        source=str(measure.source),
        whole=_number(one.value),
        urban=_number(one.town),
        rural=_number(one.country),
    )


def _lines(table: Table) -> Lines:
    return Lines(
        key=table.key,
        title=table.title,
        heads=[str(head) for head in table.heads],
        lines=[
            Line(name=name, cells=[one if isinstance(one, str) else _number(one) for one in cells])
            for name, cells in table.rows
        ],
    )


def _number(one: Cell) -> Number:
    return Number(value=one.value, hidden=one.is_hidden)
