"""How often suggestions for requests were what people chose, in the reach of whoever asks."""

from django.db.models import QuerySet

from gongzhi.insight.triage.models import Suggestion
from gongzhi.kernel.access.decide import authorise, reach
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor


def suggestions(actor: Actor) -> QuerySet[Suggestion]:
    """Return the suggestions on requests in the actor's reach; those on complaints about somebody are not counted."""
    authorise(actor, "hotline.see_suggestions")
    told = Case.objects.filter(reach(actor, "hotline.see_suggestions"))
    told = told.filter(against_unit=None, against_account=None)
    return Suggestion.objects.filter(case__in=told)


def label_of_category(key: str) -> str:
    """Return the name of a category, or the key of one that is no more."""
    found = catalogue().by_key.get(key)
    return found.label if found else key or "—"


def names_of_units(numbers: list[str]) -> dict[str, str]:
    """Return the names of units by their numbers as text."""
    found = Unit.objects.filter(pk__in=[int(one) for one in numbers if one.isdigit()])
    return {str(pk): name for pk, name in found.values_list("pk", "name")}
