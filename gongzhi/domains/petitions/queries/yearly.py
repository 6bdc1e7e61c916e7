"""The yearly report of the petition office (信访工作条例 art. 41): what came in, where, how it was passed on and taken up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.calendar import ZONE
from gongzhi.domains.petitions.models import Channel, Kind, Petition, Recommendation, TakeUp
from gongzhi.insight.statistics.hiding import hidden
from gongzhi.insight.statistics.measures import FEW, Measure
from gongzhi.kernel.access.decide import authorise, reach
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor

PETITIONS: Final = Measure(
    key="petitions",
    label=_("信访事项"),
    unit=_("件"),
    formula=_("这一年登记的件数；反映单位或个人的不计入"),
    source="信访工作条例（2022）第四十一条",
    top=("number",),
)
#: The least of each band in which complaints about a unit are shown, and how many units are listed.
BANDS: Final = (FEW, 10, 20, 50, 100)
MOST_LISTED: Final = 20
COUNTED: Final = {
    "forward": pgettext_lazy("counted", "转送"),
    "assign": pgettext_lazy("counted", "交办"),
    "pass_accusation": _("转送有权机关"),
    "supervise": pgettext_lazy("counted", "督办"),
    "extend": pgettext_lazy("counted", "延期"),
    "object": _("异议"),
}


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the report: what is counted by what, each cell as it is shown, and the sum."""

    title: Words
    rows: tuple[tuple[Words, Words], ...]
    total: str


def yearly_report(actor: Actor, year: int) -> list[Table]:
    """Count the petitions of a year in the actor's region; counts below five are hidden.

    Complaints about units and officials are in none of these counts, nor what names somebody nobody has looked into: a
    number that grows by one would tell the unit (art. 30, decision 17). See `most_complained_of` for those.
    """
    authorise(actor, "petitions.report")
    begin, end = (datetime(each, 1, 1, tzinfo=ZONE) for each in (year, year + 1))
    cases = Case.objects.filter(
        reach(actor, "petitions.report"),
        procedure="petitions.petition",
        opened_at__gte=begin,
        opened_at__lt=end,
        against_unit=None,
        against_account=None,
    ).exclude(flags__contains=[NAMES_SOMEBODY])
    petitions = Petition.objects.filter(case__in=cases)
    made = Recommendation.objects.filter(case__in=cases)
    steps = Step.objects.filter(case__in=cases, move__in=COUNTED)
    return [
        _table(_("按类别"), dict(Kind.choices), _counts(petitions, "kind")),
        _table(_("按来的方式"), dict(Channel.choices), _counts(cases, "channel")),
        _by_field(_counts(cases, "category_id")),
        _by_unit(_counts(cases.exclude(unit=None), "unit_id")),
        _table(_("转送、交办、督办（次）"), COUNTED, _counts(steps, "move")),
        _table(_("督办建议的采纳"), {**dict(TakeUp.choices), "": _("尚未答复")}, _counts(made, "take_up")),
    ]


def most_complained_of(actor: Actor, year: int, today: date) -> Table | None:
    """Return the units most complained of in a year that is over, as art. 41 asks; None while it still runs.

    In bands and from five on alone: a list of the running year would grow by one on the day of a complaint and tell the
    unit (art. 30, decision 17). Nobody sees their own unit in it, nor one above theirs. What several complain of in one
    matter counts once; a complaint about an official is about no unit and is in no list.
    """
    authorise(actor, "petitions.report")
    if year >= today.year:
        return None
    begin, end = (datetime(each, 1, 1, tzinfo=ZONE) for each in (year, year + 1))
    cases = Case.objects.filter(
        reach(actor, "petitions.report"),
        procedure="petitions.petition",
        opened_at__gte=begin,
        opened_at__lt=end,
        against_unit__isnull=False,
    )
    counts = {unit: number for unit, number in _counts(cases, "against_unit_id").items() if number >= FEW}
    names = {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=counts)}
    first = sorted(counts, key=lambda unit: (-_band(counts[unit]), names[unit]))[:MOST_LISTED]
    rows = tuple((names[unit], _banded(counts[unit])) for unit in first)
    return Table(title=_("反映较多的单位（件数分档，不足五件的不列）"), rows=rows, total="—")


def _band(number: int) -> int:
    return max(place for place, least in enumerate(BANDS) if number >= least)


def _banded(number: int) -> str:
    """Return the band of a number, as 10-19: the exact number tells who counts along."""
    place = _band(number)
    return f"{BANDS[place]}-{BANDS[place + 1] - 1}" if place + 1 < len(BANDS) else f"≥{BANDS[place]}"


def _counts(rows: Any, name: str) -> dict[Any, int]:
    found = rows.order_by().values_list(name).annotate(number=Count("pk"))
    return dict(found)


def _by_field(counts: Mapping[Any, int]) -> Table:
    """Add the exact categories up to the broad fields above them."""
    fields: Counter[Any] = Counter()
    labels: dict[Any, Words] = {"": _("未分类")}
    for category_id, number in counts.items():
        if category_id is None:
            fields[""] += number
            continue
        broad = catalogue().way_up(category_id)[-1]
        fields[broad] += number
        labels[broad] = catalogue().by_id[broad].shown
    return _table(_("按领域"), labels, fields)


def _by_unit(counts: Mapping[Any, int]) -> Table:
    names: dict[Any, Words] = {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=counts)}
    return _table(_("按承办单位"), names, counts)


def _table(title: Words, labels: Mapping[Any, Words], counts: Mapping[Any, int]) -> Table:
    """Return the cells as they are shown: with a sum beside them, one small count would be found by subtraction."""
    cells = {key: {"number": counts.get(key, 0)} for key in labels}
    out = hidden(cells, PETITIONS)
    rows = tuple(
        (labels[key], _("不显示") if key in out else str(cells[key]["number"]))
        for key in sorted(labels, key=lambda key: (-cells[key]["number"], str(labels[key])))
    )
    total = sum(cell["number"] for cell in cells.values())
    return Table(title=title, rows=rows, total=f"<{FEW}" if 0 < total < FEW else str(total))
