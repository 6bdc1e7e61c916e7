"""What a unit makes public about petitions, set by its head or by the petition office of the region."""

from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.petitions.models import Openness
from gongzhi.insight.triage.leaks import Kind
from gongzhi.insight.triage.open_words import particulars_in
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor, Role


@transaction.atomic
def publish_openness(
    *,
    actor: Actor,
    unit_id: int,
    address: str,
    phone: str,
    place: str,
    hours: str,
    now: datetime,
    web: str = "",
) -> Openness:
    """Make public where, when and how one petitions a unit (信访工作条例 art. 18); the same again changes nothing.

    They are an office's: what tells where somebody lives or how to reach a person stays out (政府信息公开条例 art. 15).
    """
    authorise(actor, "petitions.publish_openness")
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotPossible(NOT_FOUND)
    if not may_publish(actor, unit):
        raise NotAllowed("只能公开本单位的信息，或由所在地区的信访部门代为公开。")
    found = [*particulars_in(address, place, hours, web), *particulars_in(phone, allowed={Kind.LANDLINE})]
    if found:
        raise NotPossible(
            "这些内容人人可见，里面有：%(passages)s。请只写办公电话（固定电话或服务号码，写在电话一栏）和办公地点，"
            "地点写到门牌或楼层，不写单元和房号。",
            passages="、".join(found),
        )
    said = {"address": address, "phone": phone, "place": place, "hours": hours, "web": web}
    kept = Openness.objects.select_for_update().filter(pk=unit.pk).first()
    if kept is not None and all(getattr(kept, name) == words for name, words in said.items()):
        return kept
    values = {**said, "region_code": unit.region_id, "updated_at": now}
    made, _new = Openness.objects.update_or_create(unit=unit, defaults=values)
    record(
        actor=actor, action="petitions.openness_published", now=now, subject=f"unit:{unit.pk}", details=said
    )
    return made


def may_publish(actor: Actor, unit: Unit) -> bool:
    """Say whether the actor speaks for the unit: as its head, or as the petition office of the region."""
    if actor.role is Role.HEAD:
        return actor.unit_id == unit.pk
    in_region = actor.region_code != "" and unit.region_id.startswith(actor.region_code)
    return actor.role is Role.DISPATCHER and in_region
