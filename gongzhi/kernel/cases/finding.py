"""Find cases across domains by words of their title, place and unit, as far as an actor may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from gongzhi.base.regioncodes import TOWNSHIP
from gongzhi.kernel.access.decide import reach
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import exact_places_told
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS, rules_for

#: How many cases that fit by words and area are looked at before a search gives up: a quarter of a second.
FURTHEST: Final = 5_000


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the newest first; `cut_off` when it was not looked through to the end."""

    cases: QuerySet[Case]
    cut_off: bool


def newest_found(
    actor: Actor, *, words: Sequence[str], places: Sequence[str], units: Sequence[int], most: int
) -> Found:
    """Find the *most* newest cases that *actor* may read and that fit everything asked.

    All *words*, each of two signs or more, stand in the title; the region begins with one of the codes *places*; one of
    *units* has it. An empty list asks nothing. The database looks past the second lock and asks its policy of each
    case that fits by words and area, of `FURTHEST` at most (migration 0007); rules and lock then judge again. Of who has
    no area, only what arose in that of their unit is found. By a place below the township whoever must not learn who asked
    finds nothing confidential: it would tell them where that is.
    """
    domains = [key for key in DOMAINS if rules_for(f"{key}.read", actor.role)]
    asked = [list(words), domains, list(places) or None, list(units) or None, most, FURTHEST]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_found(%s, %s, %s, %s::bigint[], %s, %s)", asked)
        numbers = [number for (number,) in cursor.fetchall()]
    cases = readable(actor).filter(pk__in=[number for number in numbers if number is not None])
    if any(len(place) > TOWNSHIP for place in places):
        cases = cases.filter(exact_places_told(actor))
    return Found(cases.order_by("-opened_at", "-pk"), None in numbers)


def readable(actor: Actor) -> QuerySet[Case]:
    """Return the cases of every domain that *actor* may read."""
    return Case.objects.filter(reduce(or_, (reach(actor, f"{key}.read") for key in DOMAINS)))
