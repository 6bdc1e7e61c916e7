"""Every door of the mailbox, tried twice under one key: the second time nothing changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.tests.factories import County, a_key
from gongzhi.domains.mailbox.views.official import WAYS
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.documents.models import Document
from gongzhi.project.tests.asking import browser_of
from gongzhi.project.tests.once import Way, done_once, refused, sent_twice, step_taken_once
from gongzhi.web.tests.browsers import shown_code

pytestmark = pytest.mark.django_db
NOTE = {"note": "说明"}
ON_PAPER = {
    "title": "村口的桥",
    "text": "北关村口的小桥栏杆松了两个月。",
    "about": "nobody",
    "name": "赵大爷",
    "phone": "13800001111",
    "privacy": "ordinary",
    "read_through": "on",
}
REPLY = {"reply": "已答复。", "outcome": "solved"}


STEPS = {
    "take_in": Way("staff", "write"),
    "mark": Way("leader", "reading", NOTE),
    "assign": Way("staff", "reading", {"unit_id": "bureau", **NOTE}),
    "answer": Way("head", "handling", REPLY),
    "hand_to_petitions": Way("staff", "reading"),
    "hand_to_hotline": Way("staff", "reading"),
    "name": Way("staff", "reading", {"against_unit_id": "other"}),
    "supervise": Way("supervisor", "handling", NOTE),
    "draft_answer": Way("handler", "handling", REPLY),
    "approve_answer": Way("head", "approving"),
    "send_back": Way("head", "approving", NOTE),
    "report_progress": Way("handler", "handling", NOTE),
    "extend": Way("head", "handling", NOTE),
    "return": Way("handler", "handling", {"reason": "not_our_duty", **NOTE}),
}
OWN = {
    "add": ("handling", NOTE),
    "withdraw": ("handling", {}),
    "rate": ("answered", {"grade": "5"}),
    "onward": ("answered", {"way": "petition", "demand": "栏杆只刷了漆，请重新加固。"}),
}


@pytest.fixture
def town():
    return County()


@pytest.mark.parametrize("move", STEPS)
def test_a_step_of_an_official_is_taken_once(town, move):
    assert set(STEPS) == set(WAYS)
    way = STEPS[move]
    step_taken_once(town, getattr(town, way.stage)(timezone.now()), move, way)


@pytest.mark.parametrize("door", OWN)
def test_what_a_writer_does_about_their_letter_happens_once(town, door):
    stage, answers = OWN[door]
    case = getattr(town, stage)(timezone.now())
    done_once(shown_code(case), reverse(f"mailbox:{door}", args=[case.pk]), answers)


def test_a_letter_is_sent_once_and_its_confirmation_tells_the_days_that_are_owed(town):
    client = Client()
    address = reverse("mailbox:new", args=[town.mailbox.key])
    sent = {
        "key": a_key(),
        "title": "村口的桥",
        "text": "北关村口的小桥栏杆松了两个月。",
        "region-county": town.region.code,
        "about": "nobody",
        "name": "赵大爷",
        "phone": "13800001111",
        "privacy": "ordinary",
    }

    assert client.get(address).status_code == 200
    sent_twice(client, address, sent)
    refused(client, address, {**sent, "text": "换了一封完全不同的信，说别的事。"})
    assert Letter.objects.count() == 1
    page = client.get(f"/mailbox/received/{sent['key']}/").content.decode()
    assert "GB/T 33358-2016" in page
    assert Case.objects.get().query_code[:4] in page
    assert Client().get(f"/mailbox/received/{sent['key']}/").headers["Location"] == "/track/"


def test_a_letter_on_paper_is_typed_in_once_and_its_code_is_shown_to_whoever_typed_it(town):
    client = browser_of(town.staff)
    sent = {**ON_PAPER, "office": town.mailbox.key, "region-county": town.region.code, "key": a_key()}

    assert client.get("/mailbox/register/").status_code == 200
    answer = sent_twice(client, "/mailbox/register/", sent)
    refused(client, "/mailbox/register/", {**sent, "text": "换了一封完全不同的信，说别的事。"})
    case = Case.objects.get()
    assert (case.channel, case.unit_id) == ("letter", town.government.pk)
    assert case.query_code[:4] in client.get(answer.headers["Location"]).content.decode()
    assert browser_of(town.leader).get(answer.headers["Location"]).status_code == 403


def test_a_letter_on_paper_that_complains_of_its_office_goes_around_whoever_typed_it(town):
    client = browser_of(town.staff)
    sent = {**ON_PAPER, "office": town.mailbox.key, "region-county": town.region.code, "about": "office"}

    answer = sent_twice(client, "/mailbox/register/", {**sent, "key": a_key()})
    case = Case.objects.get()
    assert (case.stage, case.against_unit_id, case.unit_id) == ("around", town.government.pk, None)
    assert answer.headers["Location"] == "/desk/"
    assert client.get(f"/mailbox/cases/{case.pk}/").status_code == 422
    assert client.get(f"/mailbox/register/{case.pk}/").status_code == 422


def test_a_paper_is_kept_once_for_each_content(town):
    case = town.handling(timezone.now())
    for client, address in (
        (shown_code(case), reverse("mailbox:attach-own", args=[case.pk])),
        (browser_of(town.handler), reverse("mailbox:attach", args=[case.pk])),
    ):
        before = Document.objects.count()
        for _ in range(2):
            content = SimpleUploadedFile(f"{before}.txt", f"证明{before}".encode(), "text/plain")
            assert client.post(address, {"key": a_key(), "papers": content}).status_code == 303
        assert Document.objects.count() == before + 1
