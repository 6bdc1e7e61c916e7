"""工作交接 on its pages: offered by one, accepted by the other, behind the second lock, and shown to nobody else."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.desks.official.tests.test_inbox import signed_in
from gongzhi.domains.hotline.tests.factories import County
from gongzhi.kernel.cases.models import Case, Charge, HandOver
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db


def test_one_offers_the_other_accepts_and_a_third_sees_nothing():
    county, now = County(), timezone.now()
    comer, third = (an_official(Role.HANDLER, county.bureau) for _ in range(2))
    case = Case.objects.get(pk=county.handling(now, title="桂花路灯不亮").pk)
    leaver = signed_in(Client(), county.handler)
    page = leaver.get("/desk/handovers/").content.decode()
    assert "桂花路灯不亮" in page
    offered = {
        "key": str(uuid.uuid4()),
        "from_post_id": county.handler.post_id,
        "to_post_id": comer.post_id,
        "words": "下周有约谈",
    }
    assert leaver.post("/desk/handovers/new/", offered).status_code == 303
    made = HandOver.objects.get()

    theirs = signed_in(Client(), comer)
    assert f"/desk/handovers/{made.pk}/" in theirs.get("/desk/handovers/").content.decode()
    sheet = theirs.get(f"/desk/handovers/{made.pk}/").content.decode()
    assert all(words in sheet for words in ("桂花路灯不亮", "下周有约谈", case.number))
    accepted = {"key": str(uuid.uuid4()), "decision": "approve"}
    other = signed_in(Client(), third)
    assert other.post(f"/desk/handovers/{made.pk}/", accepted).status_code != 303
    assert f"/desk/handovers/{made.pk}/" not in other.get("/desk/handovers/").content.decode()

    assert theirs.post(f"/desk/handovers/{made.pk}/", accepted).status_code == 303
    assert Charge.objects.get().post_id == comer.post_id
    assert "桂花路灯不亮" in theirs.get("/desk/handovers/").content.decode()
    assert "桂花路灯不亮" not in leaver.get("/desk/handovers/").content.decode()
