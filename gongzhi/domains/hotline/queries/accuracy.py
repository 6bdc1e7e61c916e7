"""How often suggestions were what people chose, in the reach of whoever asks."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from gongzhi.insight.triage.models import SuggestionCount
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.declare.rule import Rule, Within
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import rules_for


def suggestions(actor: Actor) -> QuerySet[SuggestionCount]:
    """Return the counts of suggestions, and of answers read before they went out, for matters of every domain in the actor's reach: a unit, a county, a city or the province.

    Those on complaints about somebody are not counted.
    """
    authorise(actor, "hotline.see_suggestions")
    rules = rules_for("hotline.see_suggestions", actor.role)
    return SuggestionCount.objects.filter(reduce(or_, (_within(rule, actor) for rule in rules)))


def _within(rule: Rule, actor: Actor) -> Q:
    if rule.within is Within.UNIT and actor.unit_id is not None:
        return Q(unit_id=actor.unit_id)
    if rule.within is Within.REGION and actor.region_code:
        return Q(region_code=actor.region_code)
    return Q(pk=None)


def label_of_category(key: str) -> str:
    """Return the name of a category, or the key of one that is no more."""
    found = catalogue().by_key.get(key)
    return found.shown if found else key or "—"


def names_of_units(numbers: list[str]) -> dict[str, str]:
    """Return the names of units by their numbers as text."""
    found = Unit.objects.filter(pk__in=[int(one) for one in numbers if one.isdigit()])
    return {str(pk): name for pk, name in found.values_list("pk", "name")}
