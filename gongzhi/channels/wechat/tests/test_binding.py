"""A person binds their WeChat by a code on their phone; nobody else does, and either parts them again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.channels.wechat import talk
from gongzhi.channels.wechat.tests.test_door import ALICE, BOB, account, county, said, send, xml_of
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.personal_information.tests.factories import a_key
from gongzhi.domains.personal_information.tests.test_views import BASE, known
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.people.binding import GOOD_FOR, bind_follower, person_of_follower
from gongzhi.kernel.people.models import Binding, Particulars
from gongzhi.kernel.people.persons import person_with_openid
from gongzhi.kernel.retention.persons import anonymise

__all__ = ["account", "county"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(county):
    """A request that somebody left with their phone."""
    return county.submit(timezone.now(), title="村口三盏路灯不亮", phone="13800001111").case


def ask(client, key=None):
    """Have the code sent; return what the phone says."""
    page = client.get(f"{BASE}wechat/").context
    sent = client.post(f"{BASE}wechat/", {"asker": page["asker"], "key": key or a_key()})
    assert sent.status_code == 303
    return Message.objects.filter(recipient__startswith="asked:").latest("pk").text


def code_in(text):
    return text.split("绑定码")[1][:8]


def test_a_code_on_the_phone_written_in_the_account_binds_and_opens_ones_own_matters(client, matter, county):
    text = ask(known(client, matter))
    assert len(text) <= 70, "one part"
    assert "路灯" not in said(send(client, xml_of("进度")))
    assert said(send(client, xml_of(f"绑定{code_in(text).lower()}"))) == talk.BOUND

    follower = person_with_openid(ALICE, now=timezone.now())
    assert person_of_follower(follower) == matter.opened_by_id
    assert "路灯" in said(send(client, xml_of("进度")))
    assert "路灯" not in said(send(client, xml_of("进度", sender=BOB)))
    assert "已绑定一个微信" in client.get(f"{BASE}wechat/").content.decode()
    assert Entry.objects.filter(action="wechat.bound", subject=f"person:{matter.opened_by_id}").count() == 1
    assert ALICE.encode() not in bytes(Particulars.objects.get(pk=follower).openid_sealed), "sealed as before"


def test_what_the_bound_follower_asks_is_theirs_and_no_name_is_asked_for(client, matter, county):
    send(client, xml_of(f"绑定{code_in(ask(known(client, matter)))}"))
    Request.objects.filter(pk=matter.pk).update(replied_at=timezone.now())
    assert said(send(client, xml_of("汤阴县河堤上的护栏断了两处，孩子容易掉下去"))) == talk.REGISTERED
    asked = Request.objects.exclude(pk=matter.pk).select_related("case").get()
    assert (asked.case.opened_by_id, asked.case.channel) == (matter.opened_by_id, "wechat")


def test_who_binds_between_question_and_answer_keeps_the_name_that_is_known_of_them(client, matter, county):
    send(client, xml_of("汤阴县河堤上的护栏断了两处，孩子容易掉下去"))
    assert said(send(client, xml_of(f"绑定{code_in(ask(known(client, matter)))}"))) == talk.BOUND
    assert said(send(client, xml_of("李四"))) == talk.REGISTERED
    kept = Particulars.objects.get(pk=matter.opened_by_id)
    assert kept.name == "赵大爷", "another name would find the record no more"
    assert Request.objects.exclude(pk=matter.pk).get().case.opened_by_id == matter.opened_by_id


def test_a_code_serves_once_for_ten_minutes_and_a_guess_for_nothing(client, matter):
    code, now = code_in(ask(known(client, matter))), timezone.now()
    follower, other = (person_with_openid(one, now=now) for one in (ALICE, BOB))
    assert bind_follower(follower, code="ABCDEFGH", now=now) is None
    assert bind_follower(follower, code=code, now=now + GOOD_FOR + timedelta(seconds=5)) is None
    assert bind_follower(follower, code=code, now=now) == matter.opened_by_id
    assert bind_follower(other, code=code, now=now) is None
    assert person_of_follower(other) is None


def test_the_same_request_sends_one_code_and_too_many_are_held_back(client, matter):
    key = a_key()
    known(client, matter)
    assert ask(client, key) == ask(client, key)
    assert Message.objects.filter(recipient__startswith="asked:").count() == 1
    page = client.get(f"{BASE}wechat/").context
    answers = [
        client.post(f"{BASE}wechat/", {"asker": page["asker"], "key": a_key()}).status_code for _ in range(4)
    ]
    assert answers[-1] == 429


@pytest.mark.parametrize("way", ["page", "talk"])
def test_either_parts_them_and_then_the_account_sees_nothing_of_theirs(client, matter, way):
    send(client, xml_of(f"绑定{code_in(ask(known(client, matter)))}"))
    if way == "page":
        page = client.get(f"{BASE}wechat/").context
        for _ in range(2):
            answer = client.post(f"{BASE}wechat/part/", {"asker": page["asker"], "key": a_key()})
            assert answer.status_code == 303
    else:
        assert said(send(client, xml_of("解除绑定"))) == talk.UNBOUND
        assert said(send(client, xml_of("解除绑定"))) == talk.NOT_BOUND
    assert not Binding.objects.filter(follower__isnull=False).exists()
    assert "路灯" not in said(send(client, xml_of("进度")))


def test_who_has_shown_nothing_binds_nothing(client):
    assert client.get(f"{BASE}wechat/").headers["Location"] == "/track/"
    assert client.post(f"{BASE}wechat/", {"key": a_key()}).headers["Location"] == "/track/"
    assert not Binding.objects.exists()


def test_who_is_forgotten_is_bound_to_nobody(client, matter):
    send(client, xml_of(f"绑定{code_in(ask(known(client, matter)))}"))
    anonymise([matter.opened_by_id])
    assert not Binding.objects.exists()
