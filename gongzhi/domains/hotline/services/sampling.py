"""The call-back sample: drawn by a seed whose hash was published before, so that nobody can choose whom to call."""

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.hotline.models import Draw, Drawn, Request
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.keys import key_of
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def announce_draw(
    *, actor: Actor, replied_from: date, replied_to: date, size: int, now: datetime, key: str
) -> Draw:
    """Fix period and size of a sample and publish the hash of its seed, before anyone knows whom it meets."""
    authorise(actor, "hotline.draw")
    if not actor.region_code:
        raise NotAllowed("您的岗位没有对应的地区，不能抽样。请换用热线中心岗位。")
    if replied_from > replied_to or size < 1:
        raise NotPossible("请填写正确的起止日期，数量至少为 1。")
    seed = secrets.token_hex(32)
    draw, made = Draw.objects.get_or_create(
        key=key_of(key),
        defaults={
            "region_code": actor.region_code,
            "replied_from": replied_from,
            "replied_to": replied_to,
            "size": size,
            "seed": seed,
            "seed_hash": hashlib.sha256(seed.encode()).hexdigest(),
            "announced_at": now,
        },
    )
    asked = (actor.region_code, replied_from, replied_to, size)
    if (draw.region_code, draw.replied_from, draw.replied_to, draw.size) != asked:
        raise Conflict("这个提交编号已经用于另一次抽样。请刷新页面后再试。")
    if made:
        record(actor=actor, action="hotline.draw.announced", now=now, subject=f"draw:{draw.pk}")
    return draw


@transaction.atomic
def draw_sample(*, actor: Actor, draw_id: int, now: datetime) -> Draw:
    """Draw the sample and publish the seed: the requests with the smallest SHA-256 of seed and number."""
    authorise(actor, "hotline.draw")
    draw = Draw.objects.select_for_update().get(pk=draw_id)
    if not draw.region_code.startswith(actor.region_code or "-"):
        raise NotAllowed("这次抽样不在您的辖区。")
    if draw.drawn_at is not None:
        return draw
    if localdate(now) <= draw.replied_to:
        raise NotPossible("答复区间还没有结束，请在最后一天之后再抽样。")
    answered = _answered(draw)
    chosen = sorted(answered, key=lambda case_id: ticket(draw.seed, case_id))[: draw.size]
    Drawn.objects.bulk_create(
        Drawn(draw=draw, case_id=case_id, position=place) for place, case_id in enumerate(chosen, start=1)
    )
    draw.drawn_at, draw.population = now, len(answered)
    draw.save(update_fields=["drawn_at", "population"])
    record(actor=actor, action="hotline.draw.drawn", now=now, subject=f"draw:{draw.pk}")
    return draw


def ticket(seed: str, case_id: int) -> str:
    """Return the lot of one request: anyone with the seed can compute it again."""
    return hashlib.sha256(f"{seed}:{case_id}".encode()).hexdigest()


def _answered(draw: Draw) -> list[int]:
    """Complaints about a unit or an official are left out: the numbers drawn are public (信访工作条例 art. 30)."""
    low, high = prefix_range(draw.region_code)
    answered = Request.objects.filter(
        case__region_code__gte=low,
        case__region_code__lt=high,
        case__against_unit=None,
        case__against_account=None,
        replied_at__date__gte=draw.replied_from,
        replied_at__date__lte=draw.replied_to,
    )
    return list(answered.values_list("pk", flat=True))
