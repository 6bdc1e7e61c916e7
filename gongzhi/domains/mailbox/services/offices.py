"""Opening and closing a mailbox: what an administrator of the region does."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.mailbox.models import Office
from gongzhi.insight.triage.open_words import particulars_in
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def open_office(
    *, actor: Actor, key: str, title: str, unit_id: int, now: datetime, about: str = ""
) -> Office:
    """Open a mailbox of a unit under a title that is a post's, never a name's; the same again is the same.

    Everybody reads title, address and words: the post outlasts whoever holds it, and no person's particulars stand in them.
    """
    authorise(actor, "mailbox.keep_office")
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not actor.region_code or not unit.region_id.startswith(actor.region_code):
        raise NotAllowed("只能为本辖区的单位开设信箱。请换一个单位。")
    if found := particulars_in(title, key, about):
        raise NotPossible(
            "信箱的名称、网址和说明人人可见，里面有：%(passages)s。请写职务全称（例如：教育局局长信箱），不写姓名和个人电话。",
            passages="、".join(found),
        )
    values = {"title": title.strip(), "unit": unit, "region_code": unit.region_id, "about": about.strip()}
    office, is_new = Office.objects.get_or_create(key=key, defaults={**values, "opened_on": localdate(now)})
    if not is_new and (office.title, office.unit_id) != (title.strip(), unit_id):
        raise NotPossible("这个网址名称已经有信箱在用。请换一个。")
    if is_new:
        record(actor=actor, action="mailbox.office_opened", now=now, subject=key)
    return office


@transaction.atomic
def close_office(*, actor: Actor, key: str, now: datetime) -> Office:
    """Take no more letters from today; what was published stays, letters in hand are answered."""
    authorise(actor, "mailbox.keep_office")
    office = Office.objects.select_for_update().filter(key=key).first()
    if office is None or not actor.region_code or not office.region_code.startswith(actor.region_code):
        raise NotAllowed("只能停用本辖区单位的信箱。")
    if office.closed_on is None:
        office.closed_on = localdate(now)
        office.save(update_fields=["closed_on"])
        record(actor=actor, action="mailbox.office_closed", now=now, subject=key)
    return office
