"""Who may look at the figures of which area, and for which days."""

from datetime import date, timedelta
from typing import Final

from gongzhi.base.declined import NotAllowed
from gongzhi.base.regioncodes import COUNTY, LENGTHS, TOWNSHIP, contains
from gongzhi.insight.statistics.figures import Area, Period
from gongzhi.kernel.declare.rule import Within
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS, rules_for

#: The periods that the address names, in days.
PERIODS: Final = {"7": 7, "30": 30, "90": 90, "365": 365}
USUAL: Final = "30"


def own_area(actor: Actor) -> Area:
    """Return the area of which the actor may see figures.

    Raises NotAllowed for who may see the scorecards of no domain for a whole region.
    """
    domains = _domains(actor, "see_scorecard")
    own = actor.region_code
    if not domains or not own or len(own) > TOWNSHIP:
        raise NotAllowed("您的岗位没有可以看的辖区统计（统计到乡镇一级）。需要时请联系管理员换用相应岗位。")
    return Area(own, domains)


def area_of(actor: Actor, asked: str) -> Area:
    """Return the area asked for when it lies in the actor's own, else their own, down to a township."""
    own = own_area(actor)
    is_code = asked.isascii() and asked.isdigit() and len(asked) in LENGTHS and len(asked) <= TOWNSHIP
    fits = is_code and contains(own.region_code, asked)
    return Area(asked if fits else own.region_code, own.domains)


def period_of(asked: str, today: date) -> tuple[str, Period]:
    """Return the period that an address names, ending yesterday: today is not over."""
    name = asked if asked in PERIODS else USUAL
    return name, Period(today - timedelta(days=PERIODS[name]), today - timedelta(days=1))


def may_list(actor: Actor, area: Area) -> bool:
    """Say whether the matters behind the figures of an area can be listed: in one county, for who reads in a region."""
    return len(area.region_code) >= COUNTY and bool(_domains(actor, "read"))


def _domains(actor: Actor, action: str) -> tuple[str, ...]:
    return tuple(
        key
        for key in DOMAINS
        if any(rule.within is Within.REGION for rule in rules_for(f"{key}.{action}", actor.role))
    )
