"""Which unit answers for a suggested category at a place, by the responsibility list, and why it is that one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.models import MatterCategory, Region, Unit
from gongzhi.kernel.organisations.responsibilities import Responsible, responsible_for


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is suggested: a sentence and what is put into it."""

    words: Words
    values: Mapping[str, str]

    def __str__(self) -> str:
        return str(self.words) % self.values


@dataclass(frozen=True, slots=True)
class Routed:
    """The unit suggested, with those that help; none where the list is silent or the matter complains of it."""

    unit_id: int | None
    co_unit_ids: tuple[int, ...]
    reasons: tuple[Reason, ...]


def unit_for(
    category: str, region: str | None, *, area: str, on: date, not_to: frozenset[int] = frozenset()
) -> Routed:
    """Return the unit that the responsibility list names for a category (by key) at a place on a day.

    Without a place the area of whoever asks stands in for it. Units of `not_to`, those complained of and what
    is under them (信访工作条例 art. 30), are never suggested.
    """
    found = responsible_for(category, region or area, on)
    if found is None:
        return routed(None, None, {}, place_is_known=bool(region), not_to=not_to)
    names = {
        "unit": Unit.objects.values_list("name", flat=True).get(pk=found.lead_unit_id),
        "category": MatterCategory.objects.values_list("label", flat=True).get(pk=found.category_id),
        "region": Region.objects.values_list("name", flat=True).get(pk=found.region_code),
    }
    return routed(found, category, names, place_is_known=bool(region), not_to=not_to)


def routed(
    found: Responsible | None,
    category: str | None,
    names: Mapping[str, str],
    *,
    place_is_known: bool,
    not_to: frozenset[int],
) -> Routed:
    """Turn a line of the list into a suggestion with its reasons; `names` are those of unit, category and region."""
    if found is None or category is None:
        return Routed(None, (), (Reason(_("职责清单中没有这一类别和地区，请人工选择单位。"), {}),))
    if found.lead_unit_id in not_to:
        words = _("诉求反映的正是清单上的单位或其上级下属，不能交其办理，请人工选择上一级单位。")
        return Routed(None, (), (Reason(words, {}),))
    reasons = [Reason(_("职责清单：%(region)s「%(category)s」由%(unit)s牵头。"), names)]
    if found.category_id != found.asked_category_id:
        reasons.append(Reason(_("清单没有单列这一小类，按上级类别「%(category)s」确定。"), names))
    if not place_is_known:
        reasons.append(Reason(_("诉求中没有读出地点，按受理地区确定，请核对地点。"), {}))
    elif found.region_code != found.asked_region_code:
        reasons.append(Reason(_("清单没有更具体的地区，按%(region)s确定。"), names))
    if found.basis:
        reasons.append(Reason(_("依据：%(basis)s。"), {"basis": found.basis}))
    return Routed(
        found.lead_unit_id, tuple(unit for unit in found.co_unit_ids if unit not in not_to), tuple(reasons)
    )
