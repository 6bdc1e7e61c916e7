"""Whatever is sent twice under one key is done once, at every door; the same key with other content is refused kindly."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import a_key
from gongzhi.domains.hotline.tests.test_texts import a_text
from gongzhi.domains.hotline.views.steps import WAYS
from gongzhi.domains.personal_information.tests.factories import County as RightsCounty
from gongzhi.domains.personal_information.views.official import WAYS as RIGHTS_WAYS
from gongzhi.kernel.access.models import DelayOrder, Export
from gongzhi.kernel.cases.models import Case, HandOver
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.notices.models import Wording
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.kernel.retention.models import LegalHold
from gongzhi.project.tests.asking import browser_of
from gongzhi.project.tests.doors import (
    LETTER_DOORS,
    PETITION_DOORS,
    Town,
    a_draft,
    a_finding,
    changed,
    interface_writes,
    photo,
    posting_routes,
    rows,
)
from gongzhi.project.tests.once import Way, refused, sent_twice
from gongzhi.web.tests.browsers import shown_code

pytestmark = pytest.mark.django_db

KEYLESS = {  # doors that need no key, and why
    "web:display": "sets two cookies; nothing is written",
    "web:gallery": "shows components; nothing is written",
    "web:favicon.ico": "hands out a picture",
    "accounts:sign-in": "begins a session; twice is one session in the same browser",
    "accounts:second-factor": "a code is accepted once by itself",
    "accounts:second-factor-setup": "binds the secret that this session was offered, once",
    "accounts:second-factor-skip": "goes on in the session",
    "accounts:new-password": "sets a value; the same again is the same",
    "accounts:password": "sets a value; the old password is wrong the second time",
    "accounts:posts": "chooses the post in the session",
    "accounts:sign-out": "ends the session; there is none the second time",
    "hotline:new-kind": "keeps the draft in the session",
    "hotline:new-what": "keeps the draft in the session",
    "hotline:new-contact": "keeps the draft in the session",
    "citizen:track": "looks a matter up",
    "personal_information:reveal": "shows a contact: each look is written down, on purpose",
    **{f"petitions:{step}": "keeps the draft in the session" for step in ("new", "new-what", "new-contact")},
    "mailbox:reveal": "shows a contact: each look is written down, on purpose",
    "petitions:reveal": "shows a contact: each look is written down, on purpose",
    "hotline:reveal": "shows a contact: each look is written down, on purpose",
    "official:export-file": "hands a file out: each time is counted and written down, on purpose",
    "track_request": "looks a request up",
    "wechat:door": "signed, and known by the platform's number: see channels/wechat/tests/test_door.py",
    "sms:receipts": "signed, and noted once for each message: see channels/sms/tests/test_door.py",
    "sms:incoming": "signed, and known by the provider's number: see channels/sms/tests/test_door.py",
}
BY_CONTENT = {  # doors where the write is its own key: tried below, without asking for a refusal
    "personal_information:wechat": "a code is sent once for each key: see channels/wechat/tests/test_binding.py",
    "personal_information:part": "parts; the same again is the same",
    "personal_information:stay": "takes the day of forgetting back; the same again is the same",
    "hotline:answer-finding": "a unit answers a finding once",
    "hotline:decide-finding": "a finding is decided once",
    "hotline:text-answer": "a text is answered once; the same again is the same",
    "hotline:link": "sets whom a request is linked to; the same again is the same",
    "hotline:take-down": "shown no longer; the same again is the same, see the tests of public pages",
    "hotline:clear": "shown from then on; the same again is the same, see the tests of public pages",
    "hotline:leave": "shown no longer; the same again is the same, see the tests of public pages",
    "hotline:apart": "says that nothing suggested is the same; the same again is the same",
    "hotline:attach": "a file is kept once for each content",
    "petitions:new-check": "the content lies in the session: what was sent leads to its confirmation",
    **{
        f"mailbox:{door}": "shows, hides, opens: the same again is the same, see the tests of the mailbox"
        for door in ("publish", "take-down", "leave", "kept", "close", "posted")
    },
    **{
        f"{key}:{door}": "a file is kept once for each content"
        for key in ("petitions", "mailbox")
        for door in ("attach", "attach-own")
    },
    **{
        f"{key}:posted": "notes what is in the post; the same again is the same, see the tests of the mailbox"
        for key in ("petitions", "hotline")
    },
    "petitions:edit-unit": "sets what a unit makes public; the same again is the same",
    "hotline:sample": "a sample is drawn once",
    "hotline:new-check": "the content lies in the session: what was sent leads to its confirmation",
}
NOTE, REPLY = {"note": "说明"}, {"reply": "已经修好。", "outcome": "solved"}


OTHER_NOTE = {"note": "另一种说法"}
STEPS = {
    "dispatch": Way("dispatcher", "received", {"unit_id": "bureau"}, {"unit_id": "other"}),
    "answer": Way("dispatcher", "received", REPLY, {"reply": "另一种答复"}),
    "divert": Way("dispatcher", "received", {"route": "litigation", **NOTE}, {"route": "petition"}),
    "name": Way("dispatcher", "received", {"against_unit_id": "other"}, {"against_unit_id": "arbitration"}),
    "hand_to_petitions": Way("dispatcher", "received"),
    "split": Way("dispatcher", "received", {"text": "村口的桥栏杆也松了。"}, {"text": "村口的井盖也丢了。"}),
    "accept": Way("handler", "dispatched"),
    "return": Way("handler", "dispatched", {"reason": "not_our_duty", **NOTE}, {"reason": "duplicate"}),
    "respond": Way("handler", "dispatched", NOTE, OTHER_NOTE),
    "assign": Way("arbiter", "disputed", {"unit_id": "bureau", **NOTE}, OTHER_NOTE),
    "reply": Way("handler", "handling", REPLY, {"outcome": "explained"}),
    "submit_reply": Way("handler", "handling", REPLY, {"outcome": "explained"}),
    "extend": Way("head", "handling", NOTE, OTHER_NOTE),
    "report_progress": Way("handler", "handling", NOTE, OTHER_NOTE),
    "invite": Way("handler", "handling", {"units": "other", **NOTE}, OTHER_NOTE),
    "approve": Way("head", "review"),
    "send_back": Way("head", "review", NOTE, OTHER_NOTE),
    "call_back": Way("call_taker", "replied", {"grade": "4"}, {"grade": "5"}),
    "revisit": Way("call_taker", "dissatisfied", NOTE, OTHER_NOTE),
    "rework": Way("dispatcher", "dissatisfied", {"unit_id": "bureau", **NOTE}, OTHER_NOTE),
    "reopen": Way("reviewer", "contested", {"unit_id": "bureau", **NOTE}, OTHER_NOTE),
    "uphold": Way("reviewer", "contested", NOTE, OTHER_NOTE),
    "supervise": Way("supervisor", "handling", NOTE, OTHER_NOTE),
    "join": Way("other_handler", "invited"),
    "excuse": Way("other_handler", "invited", NOTE, OTHER_NOTE),
    "contribute": Way("other_handler", "joined", NOTE, OTHER_NOTE),
}
OWN = {  # what a person does about their own request
    "rate": Way("", "replied", {"grade": "5"}, {"grade": "4"}),
    "contest": Way("", "replied", NOTE, OTHER_NOTE),
    "add": Way("", "handling", NOTE, OTHER_NOTE),
    "urge": Way("", "handling"),
    "withdraw": Way("", "handling"),
}
TRIED = {
    *(f"hotline:{move}" for move in OWN),
    *(
        "hotline:move",
        "hotline:dispatch-many",
        "hotline:call",
        "hotline:text",
        "hotline:samples",
        "create_request",
    ),
    *("official:new-delay", "official:delay", "official:new-export", "official:export"),
    *("official:new-hold", "official:lift-hold"),
    *(f"petitions:{door}" for door in PETITION_DOORS),
    *(f"mailbox:{door}" for door in LETTER_DOORS),
    *("official:new-wording", "official:wording"),
    *("official:new-handover", "official:handover"),
    *("personal_information:new", "personal_information:withdraw", "personal_information:move"),
}


@pytest.fixture
def town():
    return Town()


def filled(town, answers):
    """The answers with units by their number."""
    return {name: getattr(town, said).pk if hasattr(town, said) else said for name, said in answers.items()}


def test_every_door_is_tried_here_or_says_why_it_needs_no_key():
    doors = set(posting_routes()) | interface_writes()

    assert doors - KEYLESS.keys() - BY_CONTENT.keys() - TRIED == set(), "add a line to a list, and a test"
    assert (KEYLESS.keys() | BY_CONTENT.keys() | TRIED) - doors == set(), "there is no such door any more"
    assert set(STEPS) == set(WAYS)


@pytest.mark.parametrize("move", STEPS)
def test_a_step_of_an_official_is_taken_once(town, move):
    way = STEPS[move]
    request, second = town.at(way.stage), town.at(way.stage)
    client, key = town.browser(way.who), a_key()
    answers = {"key": key, **filled(town, way.answers)}
    address = reverse("hotline:move", args=[request.pk, move])

    sent_twice(client, address, answers)
    if way.other:
        refused(client, address, {**answers, **filled(town, way.other)})
    refused(client, reverse("hotline:move", args=[second.pk, move]), answers)


@pytest.mark.parametrize("move", OWN)
def test_what_a_person_does_about_their_request_happens_once(town, move):
    way = OWN[move]
    request, second = town.at(way.stage), town.at(way.stage)
    client = town.citizen(request, second)
    answers = {"key": a_key(), **way.answers}
    address = reverse(f"hotline:{move}", args=[request.pk])

    sent_twice(client, address, answers)
    if way.other:
        refused(client, address, {**answers, **way.other})
    refused(client, reverse(f"hotline:{move}", args=[second.pk]), answers)


def test_what_a_person_asks_about_their_own_data_is_asked_and_withdrawn_once(town):
    county = RightsCounty()
    first = county.submit(town.now, right="delete")
    client, answers = shown_code(first), {"key": a_key(), "new_name": "赵大业"}

    answers["asker"] = client.get("/personal_information/new/correct/").context["asker"]
    sent_twice(client, "/personal_information/new/correct/", answers)
    refused(client, "/personal_information/new/correct/", {**answers, "new_name": "赵大山"})
    withdrawn = {"key": a_key()}
    sent_twice(client, f"/personal_information/{first.pk}/withdraw/", withdrawn)
    second = county.submit(town.now, right="see")
    refused(shown_code(second), f"/personal_information/{second.pk}/withdraw/", withdrawn)


RIGHTS = {
    "assign": ("dispatcher", "submit", {"unit_id": "bureau"}, {"unit_id": "centre"}),
    "prove": ("handler", "assigned", {"reason": "counter", **NOTE}, OTHER_NOTE),
    "grant": ("head", "proved", {}, {}),
    "refuse": ("head", "proved", {"reason": "needed", "reply": "还有事在办。"}, {"reply": "另一种说法"}),
}


@pytest.mark.parametrize("move", RIGHTS)
def test_a_step_in_a_rights_request_is_taken_once(town, move):
    assert set(RIGHTS) == set(RIGHTS_WAYS)
    who, stage, given, other = RIGHTS[move]
    county = RightsCounty()
    case, second = (
        getattr(county, stage)(town.now, person=county.person(f"1380000{number}1111"[-11:]))
        for number in (3, 4)
    )
    client, answers = browser_of(getattr(county, who)), {"key": a_key(), **filled(county, given)}

    sent_twice(client, reverse("personal_information:move", args=[case.pk, move]), answers)
    if other:
        refused(
            client,
            reverse("personal_information:move", args=[case.pk, move]),
            {**answers, **filled(county, other)},
        )
    refused(client, reverse("personal_information:move", args=[second.pk, move]), answers)


def test_pressing_for_an_answer_again_under_the_same_key_is_not_counted_as_another_time(town):
    request = town.at("handling")
    client, answers = town.citizen(request), {"key": a_key()}

    told = [client.post(f"/hotline/track/{request.pk}/urge/", answers).status_code for _ in range(6)]

    assert told == [303] * 6
    assert Request.objects.get(pk=request.pk).urged == 1


def test_a_photo_added_with_a_note_is_kept_once(town):
    request = town.at("handling")
    client, key = town.citizen(request), a_key()
    address = f"/hotline/track/{request.pk}/add/"
    assert client.post(address, {"key": key, **NOTE, "photos": photo()}).status_code == 303
    after = rows()

    assert client.post(address, {"key": key, **NOTE, "photos": photo()}).status_code == 303
    assert changed(after, rows()) == {}
    refused(client, address, {"key": key, **NOTE, "photos": photo(30)})


def test_a_request_sent_twice_is_registered_once_and_leads_to_its_confirmation(town):
    client = Client()
    key, address = a_draft(client)

    sent_twice(client, address, {"key": key, "title": "路灯不亮"})
    after = rows()
    other = client.post(address, {"key": key, "title": "别的标题"})
    assert other.headers["Location"] == f"/hotline/new/{key}/received/"
    assert changed(after, rows()) == {}


def test_a_request_whose_session_was_not_saved_in_time_is_still_registered_once(town):
    """The process was killed between the two commits: the request is there, the browser's draft too."""
    client = Client()
    key, address = a_draft(client)
    draft = dict(client.session["hotline_drafts"])
    answers = {"key": key, "title": "路灯不亮"}
    assert client.post(address, {**answers, "photos": photo()}).status_code == 303
    after = rows()

    _forget_sending(client, draft)
    assert client.post(address, {**answers, "photos": photo()}).status_code == 303
    assert changed(after, rows()) == {}

    for content in ({**answers, "title": "别的标题"}, answers, {**answers, "photos": photo(30)}):
        _forget_sending(client, draft)
        other = client.post(address, content)
        assert other.status_code == 409 and "已经用于另一项内容" in other.content.decode()
        assert changed(after, rows()) == {}


def _forget_sending(client, draft):
    session = client.session
    session["hotline_drafts"] = draft
    session.save()


def test_a_machine_sends_the_same_twice_and_gets_the_same_receipt(town):
    body = {
        "kind": "help",
        "category": town.lamps.key,
        "text": "村口三盏路灯坏了一个星期，看不见路。",
        "region": town.place.code,
        "name": "赵大爷",
        "phone": "13800001111",
    }
    header = {"content_type": "application/json", "headers": {"Idempotency-Key": a_key()}}
    address = "/api/v1/hotline/requests"

    first = Client().post(address, body, **header)
    assert first.status_code == 201
    again = sent_twice(Client(), address, body, **header)
    assert again.json() == first.json()
    refused(Client(), address, {**body, "text": "另一件事：路面塌陷，请尽快来修。"}, **header)
    refused(Client(), address, {**body, "phone": "13800002222"}, **header)


def test_several_requests_dispatched_together_are_dispatched_once(town):
    requests = [town.at("received") for _ in range(3)]
    answers = {"batch": str(uuid.uuid4()), "pick": [one.pk for one in requests[:2]]}
    client = town.browser("dispatcher")

    sent_twice(client, reverse("hotline:dispatch-many"), answers)
    client.post(reverse("hotline:dispatch-many"), {**answers, "pick": [one.pk for one in requests]})
    stages = Case.objects.filter(pk__in=[one.pk for one in requests]).values_list("stage", "steps_taken")
    assert set(stages) == {("dispatched", 2)}


def test_a_call_is_written_down_once(town):
    answers = {
        "key": a_key(),
        "phone": "13800001111",
        "name": "赵大爷",
        "kind": "help",
        "text": "村口三盏路灯坏了一个星期。",
        "category": town.lamps.key,
        "region-county": "410523",
        "reply": "今晚就修。",
        "outcome": "explained",
    }
    client = town.browser("call_taker")

    sent_twice(client, reverse("hotline:call"), answers)
    refused(client, reverse("hotline:call"), {**answers, "text": "别的事情，请记下来。"})
    refused(client, reverse("hotline:call"), {**answers, "reply": "明晚才修。"})


def test_a_text_is_registered_or_answered_once(town):
    texts = [a_text(phone=f"1391234567{n}") for n in (1, 2)]
    client, address = town.browser("call_taker"), reverse("hotline:text", args=[texts[0].pk])
    answers = {
        "key": a_key(),
        "kind": "help",
        "text": "村口三盏路灯坏了一个星期。",
        "category": town.lamps.key,
        "region-county": "410523",
    }

    sent_twice(client, address, answers)
    refused(client, address, {**answers, "text": "别的事情，请记下来。"})
    refused(client, address, {**answers, "key": a_key()})
    address = reverse("hotline:text-answer", args=[texts[1].pk])
    sent_twice(client, address, {"key": a_key(), "reply": "请说说是哪里。"})
    refused(client, address, {"key": a_key(), "reply": "另一种答复"})


def test_a_sample_is_announced_and_drawn_once(town):
    town.at("replied")
    past = town.now - timedelta(days=3)
    Request.objects.update(replied_at=past)
    day = past.date()
    answers = {
        "key": a_key(),
        "replied_from": day - timedelta(days=1),
        "replied_to": day + timedelta(days=1),
        "size": 5,
    }
    client = town.browser("supervisor")

    announced = sent_twice(client, reverse("hotline:samples"), answers)
    refused(client, reverse("hotline:samples"), {**answers, "size": 6})
    sent_twice(client, announced.headers["Location"], {})


def test_linking_and_attaching_twice_is_doing_it_once(town):
    request, main = town.at("handling"), town.at("handling")
    answers = {"key": a_key(), "main": case_number(main.pk)}

    sent_twice(town.browser("dispatcher"), reverse("hotline:link", args=[request.pk]), answers)
    town.at("received")
    apart = reverse("hotline:apart", args=[town.at("received").pk])
    sent_twice(town.browser("dispatcher"), apart, {"key": a_key()})
    client, address = town.browser("handler"), reverse("hotline:attach", args=[request.pk])
    assert client.post(address, {"key": a_key(), "papers": photo()}).status_code == 303
    after = rows()
    assert client.post(address, {"key": a_key(), "papers": photo()}).status_code == 303
    assert changed(after, rows()) == {}


def test_a_delay_is_asked_for_and_decided_once(town):
    request = town.at("handling")
    answers = {
        "key": a_key(),
        "number": case_number(request.pk),
        "ground": "investigation",
        "words": "正在调查，现在告知会妨碍取证",
        "scope": "case",
        "release_on": date.today() + timedelta(days=20),
    }
    client = town.browser("handler")

    sent_twice(client, reverse("official:new-delay"), answers)
    refused(client, reverse("official:new-delay"), {**answers, "words": "另一种说法，现在告知会妨碍取证"})
    order = DelayOrder.objects.get()
    _decided_once(town.browser("head"), reverse("official:delay", args=[order.pk]))


def test_an_export_is_asked_for_and_decided_once(town):
    town.at("handling")
    today = date.today()
    answers = {
        "key": a_key(),
        "purpose": "hotline.visit",
        "words": "逐户回访核对",
        "opened_from": today - timedelta(days=2),
        "opened_to": today + timedelta(days=2),
        "kind": "csv",
    }
    client = town.browser("handler")

    sent_twice(client, reverse("official:new-export"), answers)
    refused(client, reverse("official:new-export"), {**answers, "words": "别的说法"})
    export = Export.objects.get()
    _decided_once(town.browser("head"), reverse("official:export", args=[export.pk]))


def test_a_hold_is_set_and_lifted_once(town):
    """A hold is known by what it holds and by whose paper, whatever its key: another paper is another hold."""
    request = town.at("handling")
    answers = {
        "key": a_key(),
        "number": case_number(request.pk),
        "kind": "case",
        "authority": "汤阴县监察委员会",
        "reference": "汤监〔2026〕1号",
        "reason": "调查取证",
    }
    sent_twice(town.browser("supervisor"), reverse("official:new-hold"), answers)
    hold = LegalHold.objects.get()
    another = browser_of(an_official(Role.SUPERVISOR, town.centre))
    address, words = reverse("official:lift-hold", args=[hold.pk]), {"key": a_key(), "reason": "已结案"}
    assert another.post(address, words).status_code == 303
    before = rows()
    another.post(address, words)
    assert rows() == before


def test_words_for_a_message_are_proposed_and_approved_once(town):
    answers = {
        "key": a_key(),
        "template": "hotline/notices/upheld.txt",
        "text": "【{site}】您的异议（查询码{code}）已复核，请查看。",
        "words": "说短一些",
    }
    sent_twice(town.browser("supervisor"), reverse("official:new-wording"), answers)
    refused(town.browser("supervisor"), reverse("official:new-wording"), {**answers, "words": "另一个原因"})
    town.second = an_official(Role.SUPERVISOR, town.centre)
    wording = Wording.objects.get()
    _decided_once(town.browser("second"), reverse("official:wording", args=[wording.pk]))


def test_a_desk_is_offered_and_accepted_once(town):
    town.at("handling")
    town.comer = an_official(Role.HANDLER, town.bureau)
    answers = {
        "key": a_key(),
        "from_post_id": town.handler.post_id,
        "to_post_id": town.comer.post_id,
        "words": "下周有约谈",
    }
    sent_twice(town.browser("handler"), reverse("official:new-handover"), answers)
    refused(town.browser("handler"), reverse("official:new-handover"), {**answers, "words": "别的说明"})
    _decided_once(town.browser("comer"), reverse("official:handover", args=[HandOver.objects.get().pk]))


def _decided_once(client, address):
    answers = {"key": a_key(), "decision": "approve"}
    sent_twice(client, address, answers)
    refused(client, address, {**answers, "decision": "refuse", "words": "不同意"})
    refused(client, address, {**answers, "key": a_key()})


def test_a_finding_is_answered_and_decided_once(town):
    finding = a_finding(town)
    head, supervisor = town.browser("head"), town.browser("supervisor")
    said, decided = {"key": a_key(), **NOTE}, {"key": a_key(), "state": "confirmed", "reason": "核对过"}

    sent_twice(head, reverse("hotline:answer-finding", args=[finding.pk]), said)
    refused(head, reverse("hotline:answer-finding", args=[finding.pk]), {**said, **OTHER_NOTE})
    sent_twice(supervisor, reverse("hotline:decide-finding", args=[finding.pk]), decided)
    refused(
        supervisor,
        reverse("hotline:decide-finding", args=[finding.pk]),
        {**decided, "state": "dismissed"},
    )
