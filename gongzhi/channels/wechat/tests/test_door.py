"""The platform's door, knocked at as the platform does: signed and encrypted with a key of the test, and by others."""

import time
import uuid
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from gongzhi.channels.talk import answers
from gongzhi.channels.wechat.crypto import Sealing, signature_of
from gongzhi.channels.wechat.door import MESSAGES
from gongzhi.channels.wechat.talk import IN_WECHAT, ONLY_WORDS, REGISTERED, WELCOME
from gongzhi.channels.wechat.tests.test_crypto import APP, KEY
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.models import Incoming, Message
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.models import Particulars, Person
from gongzhi.kernel.people.persons import persons_with_phone
from gongzhi.project.tests.doors import changed, rows
from gongzhi.web.accounts.bycode import TRIES

pytestmark = pytest.mark.django_db
TOKEN, ALICE, BOB = "token of a test", "oFollowerAlice_000000000000a", "oFollowerBob__000000000000b"
NUMBERS = iter(range(1, 100_000))


@pytest.fixture(autouse=True)
def account(settings):
    settings.WECHAT_TOKEN, settings.WECHAT_APP_ID, settings.WECHAT_REGION = TOKEN, APP, "4105"
    settings.WECHAT_AES_KEY = KEY


@pytest.fixture
def county():
    county = County()
    Region.objects.filter(pk=county.region.pk).update(name="汤阴县")
    return county


def xml_of(words="", sender=ALICE, number=None, kind="text", more=""):
    number = number or next(NUMBERS)
    said = f"<Content><![CDATA[{words}]]></Content><MsgId>{number}</MsgId>" if kind != "event" else ""
    return (
        f"<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[{sender}]]></FromUserName>"
        f"<CreateTime>1700000000</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{said}{more}</xml>"
    )


def address(sent_at=None, token=TOKEN, **more):
    moment, nonce = str(int(time.time()) if sent_at is None else sent_at), "77"
    query = {"signature": signature_of(token, moment, nonce), "timestamp": moment, "nonce": nonce, **more}
    return "/wechat/?" + "&".join(f"{name}={value}" for name, value in query.items())


def send(client, body, *, sealing=None, **more):
    """Hand a message over in safe mode; return the answer."""
    sealed = (sealing or Sealing(KEY, APP)).encrypt(body)
    moment = str(more.pop("sent_at", int(time.time())))
    given = more.pop("msg_signature", signature_of(TOKEN, moment, "77", sealed))
    wrapped = f"<xml><ToUserName>gh_test</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    where = address(sent_at=moment, encrypt_type="aes", msg_signature=given, **more)
    return client.post(where, wrapped, content_type="text/xml")


def parsed(body):
    return ElementTree.fromstring(body)  # noqa: S314 - our own answer


def said(answer):
    """What an encrypted reply says, its signature checked."""
    root = parsed(answer.content)
    sealed, moment, nonce = (root.findtext(name) for name in ("Encrypt", "TimeStamp", "Nonce"))
    assert root.findtext("MsgSignature") == signature_of(TOKEN, moment, nonce, sealed)
    return parsed(Sealing(KEY, APP).decrypt(sealed)).findtext("Content")


def test_the_platform_is_shown_that_we_hold_the_token(client):
    assert client.get(address(echostr="9876")).content == b"9876"
    assert client.get(address(token="another", echostr="9876")).status_code == 401
    assert b"9876" not in client.get(address(token="another", echostr="9876")).content


def test_a_follower_registers_a_request_by_writing_and_asks_how_far_it_is(client, county):
    asked = send(client, xml_of("汤阴县村口的路灯坏了一个星期，晚上看不见路"))
    assert said(asked) == answers.NAME
    assert said(send(client, xml_of("赵大爷"))) == REGISTERED

    request = Request.objects.select_related("case__opened_by").get()
    assert (request.case.channel, request.case.region_code) == ("wechat", "410523")
    assert request.case.opened_by.masked_name == "赵**"
    assert request.text == "汤阴县村口的路灯坏了一个星期，晚上看不见路"
    assert "路灯" in said(send(client, xml_of("进度")))
    assert said(send(client, xml_of("进度", sender=BOB))) == IN_WECHAT[answers.NO_MATTER], (
        "another follower sees nothing"
    )
    clicked = xml_of(kind="event", more="<Event>CLICK</Event><EventKey>progress</EventKey>")
    assert "路灯" in said(send(client, clicked))


def test_what_happens_to_the_request_is_told_to_the_follower_with_its_code(client, county):
    for words in ("汤阴县村口的路灯坏了一个星期", "赵大爷"):
        send(client, xml_of(words))
    case = Request.objects.select_related("case").get().case
    hand_on_due(timezone.now())
    message = Message.objects.get(case_id=case.pk, channel="sms")
    assert message.person_id == case.opened_by_id
    assert case.query_code[-4:] in message.text


def test_a_message_handed_over_again_is_answered_once_and_changes_nothing(client, county):
    body = xml_of("汤阴县村口的路灯坏了一个星期", number=7)
    assert said(send(client, body)) == answers.NAME
    after = rows()

    again = send(client, body)

    assert (again.status_code, again.content) == (200, b"success")
    assert changed(after, rows()) == {}
    assert Incoming.objects.count() == 1


def test_an_openid_is_sealed_found_again_and_joined_to_no_phone(client, county):
    for _ in range(2):
        send(client, xml_of("进度"))
    kept = Particulars.objects.get()
    assert kept.openid == ALICE
    assert ALICE.encode() not in bytes(kept.openid_sealed)
    assert len(bytes(kept.openid_index)) == 16
    assert kept.phone_index is None
    assert Incoming.objects.filter(reference__contains=ALICE).count() == 0
    assert persons_with_phone("") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"sent_at": int(time.time()) - 3600},
        {"sent_at": int(time.time()) + 3600},
        {"sent_at": "soon"},
        {"token": "another"},
        {"signature": "%C3%A9"},
        {"msg_signature": "0" * 40},
        {"sealing": Sealing(KEY[::-1], APP)},
        {"sealing": Sealing(KEY, "wxother000000001")},
    ],
)
def test_without_a_fresh_signature_of_ours_nothing_is_taken(client, wrong):
    assert send(client, xml_of("进度"), **wrong).status_code == 401
    assert not Incoming.objects.exists()
    assert not Person.objects.exists()


def test_in_safe_mode_nothing_plain_is_taken(client):
    plain = client.post(address(), xml_of("进度"), content_type="text/xml")
    assert plain.status_code == 401
    assert not Person.objects.exists()


def test_in_plain_mode_the_signature_alone_opens(client, county, settings):
    settings.WECHAT_AES_KEY = ""
    answer = client.post(address(), xml_of("进度"), content_type="text/xml")
    assert parsed(answer.content).findtext("Content") == IN_WECHAT[answers.NO_MATTER]
    assert client.post(address(token="x"), xml_of("进度"), content_type="text/xml").status_code == 401
    for body in (b"\xff\xfe", b"nonsense", b'<!DOCTYPE a [<!ENTITY b "c">]><xml>&b;</xml>', b"x" * 30_000):
        assert client.post(address(), body, content_type="text/xml").status_code == 422


def test_without_a_token_the_door_is_shut(client, settings):
    settings.WECHAT_TOKEN = ""
    assert client.get(address(token="", echostr="1")).status_code == 401


def test_who_comes_is_greeted_and_who_goes_is_told_nothing_more(client, county):
    assert said(send(client, xml_of(kind="event", more="<Event>subscribe</Event>"))) == WELCOME
    assert Person.objects.get().by_sms
    gone = send(client, xml_of(kind="event", more="<Event>unsubscribe</Event>"))
    assert gone.content == b"success"
    assert not Person.objects.get().by_sms


def test_a_voice_is_answered_and_what_nobody_understands_reaches_a_call_taker(client, county):
    assert said(send(client, xml_of(kind="voice"))) == ONLY_WORDS
    assert said(send(client, xml_of("。。。"))) == IN_WECHAT[answers.TO_PERSON]
    waiting = Incoming.objects.get(state="waiting")
    assert (waiting.text, waiting.seen_as) == ("。。。", "微信")


def test_a_flood_of_one_follower_is_held_back_and_others_get_through(client, county):
    answered = [send(client, xml_of("帮助")).status_code for _ in range(MESSAGES + 1)]
    assert (answered[-1], set(answered[:-1])) == (429, {200})
    assert send(client, xml_of("帮助", sender=BOB)).status_code == 200


def test_the_last_digits_of_a_phone_are_not_tried_out_through_many_followers(client, county):
    request = county.submit(timezone.now())
    code = request.case.query_code
    for number in range(TRIES):
        tried = xml_of(f"{code} {number:04}", sender=f"oFollower{number:020}")
        assert said(send(client, tried)) == IN_WECHAT[answers.ANOTHER_PHONE]

    assert send(client, xml_of(f"{code} 1111")).status_code == 429
    page = {"key": str(uuid.uuid4()), "query_code": code, "last_four": "1111"}
    assert client.post("/track/", page).status_code == 429, "counted with the tracking page"


def test_a_grade_of_the_follower_rates_their_own_answer_alone(client, county):
    for words in ("汤阴县村口的路灯坏了一个星期", "赵大爷"):
        send(client, xml_of(words))
    mine = Request.objects.get()
    others = county.replied(at(5, 6, 10))
    assert said(send(client, xml_of("5"))) == IN_WECHAT[answers.TO_PERSON], "nothing of theirs is answered"
    others.refresh_from_db()
    mine.refresh_from_db()
    assert (others.grade, mine.grade) == (None, None)
