"""Whether somebody who came in person came to the right level: the competent one or one above (信访工作条例 art. 20 para. 1)."""

from typing import Any, Final

from gongzhi.base.declined import NotPossible
from gongzhi.base.regioncodes import level_of
from gongzhi.domains.petitions.models import Channel
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor

ONLY_VISITS: Final = "只有走访才看级别（信访工作条例第二十条）。来信、网上和来电不能因此不受理。"
WHO_DECIDES: Final = "请选择有权处理的机关、单位：级别由系统按它核对，告知书会写明该去哪里。"
RIGHT_LEVEL: Final = "按所选单位核对，您这里就是有权处理的本级或者上一级，走访没有走错（信访工作条例第二十条第一款）。请转送或受理。"


def wrong_level(actor: Actor, case: Case, competent_id: int | None) -> dict[str, Any]:
    """Refuse to turn a visitor away who stands where art. 20 sends them; the level is counted, not judged.

    The competent unit says the level: its region, and the one above. A place below it, or two and more above, is wrong.
    """
    if case.channel != Channel.VISIT:
        raise NotPossible(ONLY_VISITS)
    competent = Unit.objects.filter(pk=competent_id).first() if competent_id else None
    if competent is None:
        raise NotPossible(WHO_DECIDES)
    office = Unit.objects.filter(pk=actor.unit_id or 0).values_list("region_id", flat=True).first()
    here = str(office or actor.region_code)
    if competent.region_id.startswith(here) and level_of(competent.region_id) - level_of(here) <= 1:
        raise NotPossible(RIGHT_LEVEL)
    return {}
