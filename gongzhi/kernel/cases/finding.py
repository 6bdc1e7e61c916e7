"""Find cases across domains by words of their title, place and unit, as far as an actor may read them."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from gongzhi.kernel.access.decide import reach
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS, rules_for


def newest_found(
    actor: Actor, *, words: Sequence[str], places: Sequence[str], units: Sequence[int], most: int
) -> QuerySet[Case]:
    """Return the *most* newest cases that *actor* may read and that fit everything asked, the newest first.

    All *words*, each of two signs or more, stand in the title; the region begins with one of the codes *places*; one of
    *units* has it. An empty list asks nothing. The database looks past the second lock and asks its policy of each
    case (migration 0007); rules and lock then judge again. Of who has no area, only what arose in that of their unit
    is found.
    """
    domains = [key for key in DOMAINS if rules_for(f"{key}.read", actor.role)]
    asked = [list(words), domains, list(places) or None, list(units) or None, most]
    found = RawSQL("SELECT cases_found(%s, %s, %s, %s::bigint[], %s)", asked)
    return readable(actor).filter(pk__in=found).order_by("-opened_at", "-pk")


def readable(actor: Actor) -> QuerySet[Case]:
    """Return the cases of every domain that *actor* may read."""
    return Case.objects.filter(reduce(or_, (reach(actor, f"{key}.read") for key in DOMAINS)))
