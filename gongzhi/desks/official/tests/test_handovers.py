"""工作交接 on its pages: offered by one, accepted by the other, behind the second lock, and shown to nobody else."""

import re
import uuid

import pytest
from django.utils import timezone

from gongzhi.domains.hotline import services as hotline
from gongzhi.domains.hotline.tests.factories import County
from gongzhi.domains.petitions.tests.factories import County as Petitions
from gongzhi.kernel.cases.handover import offer_desk
from gongzhi.kernel.cases.models import Case, Charge, HandOver
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.kernel.registry.api import DOMAINS
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db


def test_one_offers_the_other_accepts_and_a_third_sees_nothing():
    county, now = County(), timezone.now()
    comer, third = (an_official(Role.HANDLER, county.bureau) for _ in range(2))
    case = Case.objects.get(pk=county.handling(now, title="桂花路灯不亮").pk)
    leaver = signed_in(county.handler)
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

    theirs = signed_in(comer)
    assert f"/desk/handovers/{made.pk}/" in theirs.get("/desk/handovers/").content.decode()
    sheet = theirs.get(f"/desk/handovers/{made.pk}/").content.decode()
    assert all(words in sheet for words in ("桂花路灯不亮", "下周有约谈", case.number))
    accepted = {"key": str(uuid.uuid4()), "decision": "approve"}
    other = signed_in(third)
    assert other.post(f"/desk/handovers/{made.pk}/", accepted).status_code != 303
    assert f"/desk/handovers/{made.pk}/" not in other.get("/desk/handovers/").content.decode()

    assert theirs.post(f"/desk/handovers/{made.pk}/", accepted).status_code == 303
    assert Charge.objects.get().post_id == comer.post_id
    assert "桂花路灯不亮" in theirs.get("/desk/handovers/").content.decode()
    assert "桂花路灯不亮" not in leaver.get("/desk/handovers/").content.decode()


def test_a_dispatcher_hands_over_what_their_own_hand_began_and_the_area_keeps_the_rest():
    county, now = Petitions(), timezone.now()
    comer = an_official(Role.DISPATCHER, county.office)
    elsewhere = an_official(Role.DISPATCHER, county.office, region_code="410526")
    begun = county.submit(now, title="补偿款没有到手")
    county.submit(now, title="没有人看过的信", actor=county.person(phone="13800002222"))
    county.do("record_incident", begun, now, county.dispatcher, reason="staying", note="在大厅躺倒，已劝离。")
    leaver = signed_in(county.dispatcher)
    page = leaver.get("/desk/handovers/").content.decode()
    assert "补偿款没有到手" in page
    assert "没有人看过的信" not in page
    assert "本地区待办共 2 件" in page
    offered = {"from_post_id": county.dispatcher.post_id, "words": ""}
    for post, status in ((elsewhere.post_id, 422), (comer.post_id, 303)):
        sent = {**offered, "to_post_id": post, "key": str(uuid.uuid4())}
        assert leaver.post("/desk/handovers/new/", sent).status_code == status

    made, theirs = HandOver.objects.get(), signed_in(comer)
    accepted = {"key": str(uuid.uuid4()), "decision": "approve"}
    assert theirs.post(f"/desk/handovers/{made.pk}/", accepted).status_code == 303
    made.refresh_from_db()
    assert made.cases == [begun.pk]
    county.do("forward_petition", begun, now, comer, unit_id=county.bureau.pk)
    assert "补偿款没有到手" not in theirs.get("/desk/handovers/").content.decode(), "it left the office"


def test_a_reviewers_successor_serves_the_same_area_and_hears_its_objections():
    county, now = County(), timezone.now()
    comer = an_official(Role.REVIEWER, county.centre)
    elsewhere = an_official(Role.REVIEWER, county.centre, region_code="410526")
    contested = county.replied(now, title="桂花路灯不亮")
    hotline.contest_reply(
        actor=county.asker(contested), case_id=contested.pk, note="还是不亮", now=now, key=str(uuid.uuid4())
    )
    leaver = signed_in(county.reviewer)
    assert "本地区待办共 1 件" in leaver.get("/desk/handovers/").content.decode()
    offered = {"from_post_id": county.reviewer.post_id, "words": ""}
    for post, status in ((elsewhere.post_id, 422), (comer.post_id, 303)):
        sent = {**offered, "to_post_id": post, "key": str(uuid.uuid4())}
        assert leaver.post("/desk/handovers/new/", sent).status_code == status
    theirs = signed_in(comer)
    accepted = {"key": str(uuid.uuid4()), "decision": "approve"}
    assert theirs.post(f"/desk/handovers/{HandOver.objects.get().pk}/", accepted).status_code == 303
    assert "桂花路灯不亮" in theirs.get("/desk/").content.decode()
    hotline.uphold_reply(
        actor=comer, case_id=contested.pk, note="灯已亮，照片为证", now=now, key=str(uuid.uuid4())
    )
    contested.case.refresh_from_db()
    assert contested.case.stage == "closed"


def test_an_objection_leaves_its_stage_with_the_reviewers_own_step():
    """Else it would lie on a desk by area, which `inhand.in_hand` knows of call takers and dispatchers alone."""
    stages = [
        stage
        for domain in DOMAINS.values()
        for procedure in domain.procedures
        for stage in procedure.stages
        if stage.responsible is Role.REVIEWER
    ]
    assert stages
    theirs = [move for stage in stages for move in stage.moves if Role.REVIEWER in move.rule.roles]
    assert theirs
    assert all(move.to not in ("", stage.key) for stage in stages for move in theirs)


def test_the_navigation_tells_who_is_offered_a_desk_and_who_offered_it():
    county, now = County(), timezone.now()
    comer = an_official(Role.HANDLER, county.bureau)
    county.handling(now, title="桂花路灯不亮")
    leaver, theirs = signed_in(county.handler), signed_in(comer)
    told = re.compile(r'工作交接<span class="c-count c-count--bad">1<')

    def is_told(client):
        return bool(told.search(client.get("/desk/").content.decode()))

    made = offer_desk(
        actor=county.handler,
        from_post_id=county.handler.post_id,
        to_post_id=comer.post_id,
        words="",
        now=now,
        key=str(uuid.uuid4()),
    )
    assert (is_told(theirs), is_told(leaver)) == (True, False)
    refused = {"key": str(uuid.uuid4()), "decision": "refuse", "words": "我也要调走"}
    assert theirs.post(f"/desk/handovers/{made.pk}/", refused).status_code == 303
    assert (is_told(theirs), is_told(leaver)) == (False, True)
    page = leaver.get("/desk/handovers/").content.decode()
    assert "我也要调走" in page
    assert not is_told(leaver), "read"
