"""Every door of the petitions, tried twice under one key: the second time nothing changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongzhi.domains.petitions.models import JointPetitioner, Petition, Protection
from gongzhi.domains.petitions.tests.factories import County
from gongzhi.domains.petitions.views.official import WAYS
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.organisations.tests.factories import a_category
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.project.tests.asking import browser_of
from gongzhi.project.tests.doors import a_key
from gongzhi.project.tests.once import Way, done_once, refused, sent_twice, step_taken_once
from gongzhi.web.tests.browsers import shown_code

pytestmark = pytest.mark.django_db
NOTE = {"note": "说明"}
REPLY = {"reply": "已答复。", "outcome": "solved"}
OPINION = {"outcome": "rejected", "facts": "查明", "decision": "不予支持", "basis": "土地管理法第四十八条"}


class Town(County):
    """A county with matters at every stage, and helpers beside."""

    def __init__(self):
        super().__init__()
        self.now = timezone.now()
        self.arbiter = an_official(Role.ARBITER, self.government)
        self.helper = an_official(Role.HANDLER, self.other)
        self.persons = 0

    def a_person(self):
        self.persons += 1
        return self.person(f"1380000{self.persons:04d}", f"群众{self.persons}")

    def at(self, stage):
        made = getattr(self, f"at_{stage}", None)
        if made is not None:
            return made()
        return getattr(self, stage)(self.now, actor=self.a_person())

    def at_registered(self):
        return self.submit(self.now, actor=self.a_person())

    def at_accusation(self):
        return self.submit(self.now, actor=self.a_person(), kind="accusation")

    def at_direct(self):
        return self.submit(
            self.now, actor=self.handler, channel="letter", name="钱二", phone=f"1390000{a_number():04d}"
        )

    def at_objected(self):
        case = self.at("sent")
        self.do("object_to_petition", case, self.now, self.handler, note="不是本局的事权。")
        Case.objects.filter(pk=case.pk).update(arbiter_unit=self.government)
        return case

    def at_suggestion(self):
        return self.sent(self.now, actor=self.a_person(), kind="suggestion")

    def at_studying(self):
        return self.do("study_suggestion", self.at_suggestion(), self.now, self.handler)

    def at_performing(self):
        return self.do("perform_duty", self.at("sent"), self.now, self.handler)

    def at_investigating(self):
        return self.do(
            "pass_accusation", self.at_accusation(), self.now, self.dispatcher, unit_id=self.bureau.pk
        )

    def at_assigned(self):
        day = self.now.date().replace(year=self.now.year + 1, day=1)
        case = self.at_registered()
        self.do("assign_petition", case, self.now, self.dispatcher, unit_id=self.bureau.pk, report_by=day)
        return self.do("accept_petition", case, self.now, self.handler)

    def at_recommended(self):
        return self.do("recommend_to_unit", self.at("handling"), self.now, self.supervisor, note="建议")

    def at_joint(self):
        case = self.at("handling")
        self.do("invite_units", case, self.now, self.handler, units=[self.other.pk])
        return case.children.get()

    def at_heard(self):
        return self.do("open_hearing", self.at("rereviewed"), self.now, self.province_handler)

    def at_finished(self):
        last = self.at("rereviewed")
        self.review_served(last, self.now, self.province_handler, self.province_head)
        return self.submit(self.now, actor=self.asker(last))

    def at_repeated(self):
        live = self.at("handling")
        return self.submit(self.now, actor=self.asker(live), channel="visit")


_numbers = iter(range(10_000))


def a_number():
    return next(_numbers)


STEPS = {
    "forward": Way("dispatcher", "registered", {"unit_id": "bureau"}),
    "assign": Way("dispatcher", "registered", {"unit_id": "bureau", "report_by": "2099-03-02"}),
    "pass_accusation": Way("dispatcher", "accusation", {"unit_id": "bureau"}),
    "take_up": Way("handler", "direct"),
    "divert": Way("handler", "sent", {"reason": "party", **NOTE}),
    "not_accept": Way("dispatcher", "repeated", {"reason": "wrong_level", "competent_id": "city", **NOTE}),
    "no_longer_accept": Way("dispatcher", "finished", {"reason": "finished", **NOTE}),
    "classify": Way("dispatcher", "registered", {"kind": "suggestion"}),
    "hand_to_hotline": Way("dispatcher", "registered"),
    "name": Way("dispatcher", "registered", {"against_unit_id": "township"}),
    "supervise": Way("supervisor", "handling", {"reason": "shirking", **NOTE}),
    "report_urgent": Way("dispatcher", "registered", {"told": "县委值班室 9:10 电话", **NOTE}),
    "record_incident": Way("handler", "handling", {"reason": "staying", **NOTE}),
    "recommend": Way("supervisor", "handling", NOTE),
    "answer_recommendation": Way("head", "recommended", {"take_up": "adopted", **NOTE}),
    "accept": Way("handler", "sent"),
    "perform": Way("handler", "sent"),
    "study": Way("handler", "suggestion"),
    "object": Way("handler", "sent", NOTE),
    "agree": Way("dispatcher", "objected", NOTE),
    "refuse_objection": Way("dispatcher", "objected", NOTE),
    "settle": Way("arbiter", "objected", {"unit_id": "other", **NOTE}),
    "draft_opinion": Way("handler", "handling", OPINION),
    "issue_opinion": Way("head", "drafted"),
    "send_back": Way("head", "drafted", NOTE),
    "serve": Way("handler", "issued", NOTE),
    "mediate": Way("handler", "handling", NOTE),
    "extend": Way("head", "handling", NOTE),
    "hold_hearing": Way("handler", "handling", NOTE),
    "report_progress": Way("handler", "handling", NOTE),
    "report_back": Way("handler", "assigned", NOTE),
    "invite": Way("handler", "handling", {"units": "other"}),
    "contribute": Way("helper", "joint", NOTE),
    "answer_duty": Way("handler", "performing", REPLY),
    "answer_suggestion": Way("handler", "studying", REPLY),
    "conclude": Way("handler", "investigating", REPLY),
    "recuse": Way("handler", "handling", NOTE),
    "open_hearing": Way("province_handler", "rereviewed"),
    "close_hearing": Way("province_handler", "heard"),
}
OWN = {
    "add": ("handling", NOTE),
    "withdraw": ("handling", {}),
    "receive": ("issued", {}),
    "ask-review": ("served", NOTE),
    "rate": ("served", {"grade_office": "3", "grade_unit": "2"}),
}


@pytest.fixture
def town():
    return Town()


@pytest.mark.parametrize("move", STEPS)
def test_a_step_of_an_official_is_taken_once(town, move):
    assert set(STEPS) == set(WAYS)
    way = STEPS[move]
    step_taken_once(town, town.at(way.stage), move, way)


@pytest.mark.parametrize("door", OWN)
def test_what_a_person_does_about_their_petition_happens_once(town, door):
    stage, answers = OWN[door]
    case = town.at(stage)
    done_once(shown_code(case), reverse(f"petitions:{door}", args=[case.pk]), answers)


def test_a_re_review_is_asked_for_once(town):
    review = town.review_served(town.at("reviewed"), town.now, town.city_handler, town.city_head)
    review.refresh_from_db()
    sent = {"key": a_key(), **NOTE}
    address = reverse("petitions:ask-rereview", args=[review.pk])

    sent_twice(shown_code(review), address, sent)
    assert Case.objects.filter(procedure="petitions.rereview").count() == 1


def test_retaliation_is_said_and_answered_once(town):
    case = town.at("handling")
    client, said = shown_code(case), {"key": a_key(), "words": "昨晚有人上门威胁我撤回。"}
    address = reverse("petitions:protection", args=[case.pk])
    sent_twice(client, address, said)
    refused(client, address, {**said, "words": "换一种说法再说一遍。"})
    head = browser_of(town.city_head)
    answer, door = {"key": a_key(), "answer": "已约谈。"}, Protection.objects.get().pk
    sent_twice(head, reverse("petitions:answer-protection", args=[door]), answer)
    refused(head, reverse("petitions:answer-protection", args=[door]), {**answer, "answer": "未约谈。"})


def test_a_paper_is_kept_once_for_each_content(town):
    case = town.at("handling")
    for client, address in (
        (shown_code(case), reverse("petitions:attach-own", args=[case.pk])),
        (browser_of(town.handler), reverse("petitions:attach", args=[case.pk])),
    ):
        before = Document.objects.count()
        for _ in range(2):
            content = SimpleUploadedFile(f"{before}.txt", f"证明{before}".encode(), "text/plain")
            assert client.post(address, {"key": a_key(), "papers": content}).status_code == 303
        assert Document.objects.count() == before + 1


def test_what_a_unit_makes_public_is_set_once(town):
    said = dict.fromkeys(("address", "phone", "place", "hours"), "一楼")
    address = reverse("petitions:edit-unit", args=[town.bureau.pk])
    sent_twice(browser_of(town.head), address, {"key": a_key(), **said})


def test_what_is_written_down_in_the_reception_room_is_registered_once(town):
    client = browser_of(town.reception)
    address = reverse("petitions:reception")
    sent = {
        "key": a_key(),
        "channel": "visit",
        "name": "赵大爷",
        "phone": "13800001111",
        "people": "7",
        "kind": "appeal",
        "title": "补偿款",
        "demand": "请补发补偿款。",
        "region-county": town.region.code,
        "privacy": "ordinary",
        "read_back": "on",
        "representatives": "\n".join("一二三四五六七"),
    }

    asked = client.post(address, sent)
    assert asked.status_code == 422
    assert "不超过五名代表" in asked.content.decode()
    assert not Petition.objects.exists()
    sent |= {"representatives": "\n".join("一二三四五"), "joint": "六\n七"}
    sent_twice(client, address, sent)
    refused(client, address, {**sent, "demand": "换一个请求。"})
    assert (Petition.objects.count(), JointPetitioner.objects.count()) == (1, 7)


def test_a_petition_written_in_four_steps_is_sent_once(town):
    client, key = Client(), a_key()
    first = client.post("/petitions/new/", {"key": key, "kind": "appeal"})
    what = {
        "demand": "请补发补偿款。",
        "facts": "公告上有我家，钱一直没有到账。",
        "category": a_category("agriculture", "农业农村").key,
        "region-county": town.region.code,
    }
    assert first.headers["Location"] == f"/petitions/new/{key}/what/"
    assert client.get(f"/petitions/new/{key}/check/").headers["Location"] == first.headers["Location"]
    second = client.post(first.headers["Location"], {"key": key, **what})
    contact = {"key": key, "name": "赵大爷", "phone": "13800001111", "privacy": "ordinary"}
    third = client.post(second.headers["Location"], contact)
    check = client.get(third.headers["Location"])
    assert all(one in check.content.decode() for one in ("公告上有我家", "农业农村"))

    sent_twice(client, third.headers["Location"], {"key": key, "title": "补偿款没有到账"})
    case = Case.objects.get()
    confirmed = client.get(f"/petitions/new/{key}/received/").content.decode()
    assert (case.title, case.region_code) == ("补偿款没有到账", town.region.code)
    assert case.category.key == "agriculture"
    assert "第二十二条" in confirmed
