"""Call-back samples of an area."""

from collections.abc import Sequence

from django.db.models import QuerySet

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.hotline.models import Draw, Drawn
from gongzhi.kernel.access.decide import authorise, may, told_to
from gongzhi.kernel.people.actor import Actor


def draws_for(actor: Actor) -> QuerySet[Draw]:
    """Return the call-back samples of the actor's area, newest first."""
    authorise(actor, "hotline.draw")
    low, high = prefix_range(actor.region_code) if actor.region_code else ("", "")
    return Draw.objects.filter(region_code__gte=low, region_code__lt=high).order_by("-announced_at")


def drawn_in(actor: Actor, draw_id: int) -> tuple[Draw, Sequence[Drawn]]:
    """Return one call-back sample of the actor's area and the lots in the order of the draw."""
    if not (may(actor, "hotline.draw") or may(actor, "hotline.call_back")) or not actor.region_code:
        raise NotAllowed("您的岗位不能查看回访抽样。请换用热线中心岗位。")
    low, high = prefix_range(actor.region_code)
    draw = Draw.objects.filter(region_code__gte=low, region_code__lt=high, pk=draw_id).first()
    if draw is None:
        raise NotPossible("没有找到这次抽样。请从抽样列表打开。")
    told = told_to(actor, "case__against_unit_id", "case__against_account_id")
    return draw, list(draw.drawn.filter(told).select_related("case__unit").order_by("position"))
