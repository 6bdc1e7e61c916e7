"""Every door of the mailbox, tried twice under one key: the second time nothing changes."""

from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.tests.factories import County, a_key
from gongzhi.domains.mailbox.views.official import WAYS
from gongzhi.kernel.cases.models import Case
from gongzhi.project.tests.asking import browser_of
from gongzhi.project.tests.test_every_write_happens_once import refused, sent_twice

pytestmark = pytest.mark.django_db
NOTE = {"note": "说明"}
REPLY = {"reply": "已答复。", "outcome": "solved"}


@dataclass(frozen=True)
class Way:
    """How a step is tried: who takes it, from where, and with which answers."""

    who: str
    stage: str
    answers: dict = field(default_factory=dict)


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
}


@pytest.fixture
def town():
    return County()


def writer_of(case):
    """A browser in which the code of a letter was typed."""
    client = Client()
    tail = case.opened_by.masked_phone[-4:]
    sent = client.post("/track/", {"query_code": case.query_code, "last_four": tail, "key": a_key()})
    assert sent.status_code == 303
    return client


@pytest.mark.parametrize("move", STEPS)
def test_a_step_of_an_official_is_taken_once(town, move):
    assert set(STEPS) == set(WAYS)
    way = STEPS[move]
    case = getattr(town, way.stage)(timezone.now())
    answers = {
        name: getattr(town, str(said)).pk if hasattr(town, str(said)) else said
        for name, said in way.answers.items()
    }
    client, sent = browser_of(getattr(town, way.who)), {"key": a_key(), **answers}
    address = reverse("mailbox:move", args=[case.pk, move])

    assert client.get(address).status_code == 200
    sent_twice(client, address, sent)
    if "note" in sent:
        refused(client, address, {**sent, "note": "另一种说法"})


@pytest.mark.parametrize("door", OWN)
def test_what_a_writer_does_about_their_letter_happens_once(town, door):
    stage, answers = OWN[door]
    case = getattr(town, stage)(timezone.now())
    client, sent = writer_of(case), {"key": a_key(), **answers}
    address = reverse(f"mailbox:{door}", args=[case.pk])

    assert client.get(address).status_code == 200
    sent_twice(client, address, sent)
    if "note" in sent:
        refused(client, address, {**sent, "note": "另一种说法"})


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
