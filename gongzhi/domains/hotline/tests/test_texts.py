"""A text that nobody understood is registered or answered by a call taker, once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.texts import texts_waiting
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.notices.incoming import NOT_SAID, move, write_down
from gongzhi.kernel.notices.models import Incoming, Message
from gongzhi.kernel.people.binding import bind_follower, offer_binding
from gongzhi.kernel.people.models import Person
from gongzhi.kernel.people.persons import person_for, person_with_openid
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def county():
    return County()


def a_text(words="老地方又不行了", code="410523", phone="13912345678", person=None, **more):
    person = person or person_for(name="", phone=phone, now=NOW)
    text = write_down(
        reference=a_key(),
        person_id=person,
        phone=phone,
        region_code=code,
        text=words,
        received_at=NOW,
        **more,
    )
    move(text, "waiting", NOW)
    return text


def test_it_becomes_a_request_of_whoever_sent_it(county):
    text = a_text()
    request = services.register_text(
        actor=county.call_taker,
        text_id=text.pk,
        submission=county.submission(phone="", name=""),
        now=NOW,
        key=a_key(),
    )
    assert (request.case.opened_by_id, request.case.channel) == (text.person_id, "sms")
    assert request.case.opened_at == text.received_at
    assert not texts_waiting(county.call_taker, NOW)


def test_it_is_registered_once_whoever_presses(county):
    text, key = a_text(), a_key()
    wanted = {
        "actor": county.call_taker,
        "text_id": text.pk,
        "submission": county.submission(phone="", name=""),
    }
    first = services.register_text(**wanted, now=NOW, key=key)
    assert services.register_text(**wanted, now=NOW, key=key).pk == first.pk
    with pytest.raises(Conflict, match="已经有人处理过"):
        services.register_text(**wanted, now=NOW, key=a_key())
    with pytest.raises(Conflict, match="已经有人处理过"):
        services.answer_text(actor=county.call_taker, text_id=text.pk, reply="好的", now=NOW)
    assert Request.objects.count() == 1


def test_it_is_answered_once_in_the_words_of_the_first(county):
    text = a_text()
    for _ in range(2):
        services.answer_text(actor=county.call_taker, text_id=text.pk, reply="请说说是哪里。", now=NOW)
    with pytest.raises(Conflict):
        services.answer_text(actor=county.call_taker, text_id=text.pk, reply="另一句", now=NOW)
    (sent,) = Message.objects.filter(recipient=f"answer:{text.pk}")
    assert (sent.text, sent.person_id, sent.urgent) == ("【12345热线】请说说是哪里。", text.person_id, True)


def test_what_was_sent_by_mistake_is_put_aside_and_written_down(county):
    text = a_text("中奖了请点开")
    services.answer_text(actor=county.call_taker, text_id=text.pk, reply="", now=NOW)
    assert not Message.objects.exists()
    assert Entry.objects.get(action="hotline.text.put_aside").subject == f"text:{text.pk}"


def test_what_was_said_by_wechat_becomes_a_request_from_there(county):
    text = a_text(channel="wechat")
    request = services.register_text(
        actor=county.call_taker,
        text_id=text.pk,
        submission=county.submission(phone="", name=""),
        now=NOW,
        key=a_key(),
    )
    assert request.case.channel == "wechat"


def test_texts_to_another_city_and_other_posts_stay_out(county):
    text = a_text(code="4101")
    assert not texts_waiting(county.call_taker, NOW)
    with pytest.raises(NotPossible):
        services.answer_text(actor=county.call_taker, text_id=text.pk, reply="看看", now=NOW)
    with pytest.raises(NotAllowed):
        texts_waiting(county.handler, NOW)
    assert Incoming.objects.get().state == "waiting"


def test_a_call_taker_reads_it_counts_the_parts_and_answers(county):
    text, client = a_text(), browser_of(county.call_taker)
    page = client.get(reverse("hotline:texts")).content.decode()
    assert "老地方又不行了" in page
    assert "139****5678" in page
    assert "13912345678" not in page

    address = reverse("hotline:text-answer", args=[text.pk])
    counted = client.post(address, {"reply": "字" * 100, "count": "1"}).content.decode()
    assert "109 字，分 2 条发送，约 0.10 元" in counted
    for wrong in ("", "字" * 401):
        assert client.post(address, {"key": a_key(), "reply": wrong}).status_code == 422
    assert client.post(address, {"key": a_key(), "reply": "请说说是哪里。"}).status_code == 303
    assert Entry.objects.filter(action="hotline.text.read").exists()


def test_a_call_taker_registers_it_with_what_was_said_filled_in(county):
    text, client = a_text(), browser_of(county.call_taker)
    address = reverse("hotline:text", args=[text.pk])
    assert "老地方又不行了" in client.get(address).content.decode()
    sent = {
        "key": a_key(),
        "kind": "help",
        "category": county.lamps.key,
        "text": "老地方又不行了",
        "region-county": "410523",
    }
    answer = client.post(address, sent)
    assert answer.status_code == 303, answer.context["form"].errors
    assert Request.objects.get().case.opened_by_id == text.person_id


def registered(county, text, name=""):
    submission = county.submission(phone="", name=name)
    taken = {"actor": county.call_taker, "text_id": text.pk, "submission": submission}
    request = services.register_text(**taken, now=NOW, key=a_key())
    return request.case.opened_by


def test_it_is_put_to_the_person_who_has_bound_that_account(county):
    person = person_for(name="赵大爷", phone="13800001111", now=NOW)
    follower = person_with_openid("o-alice", now=NOW)
    offer_binding(person, code="ABCDEFGH", now=NOW)
    bind_follower(follower, code="ABCDEFGH", now=NOW)
    text = a_text(channel="wechat", person=follower)
    assert registered(county, text).pk == person
    assert Person.objects.get(pk=follower).masked_name == ""


def test_of_a_phone_it_is_the_person_of_the_name_they_gave_or_the_only_one_known(county):
    assert registered(county, a_text()).masked_name == "", "nobody is known"
    known = person_for(name="赵大爷", phone="13912345678", now=NOW)
    assert registered(county, a_text()).pk == known
    other = registered(county, a_text(), name="冯大娘")
    assert (other.masked_name, other.pk == known) == ("冯**", False)
    assert registered(county, a_text()).masked_name == "", "one of two is not guessed"


def test_who_did_not_want_to_say_a_name_stays_nameless(county):
    person_for(name="赵大爷", phone="13912345678", now=NOW)
    text = a_text()
    said = a_text("0")
    Incoming.objects.filter(pk=said.pk).update(talk=text.pk, taken_as="name", state="done")
    assert registered(county, text).masked_name == ""
    page = browser_of(county.call_taker).get(reverse("hotline:text", args=[text.pk]))
    assert page.context["form"].initial["name"] == ""


def test_the_page_begins_with_the_name_itself_and_with_whom_a_complaint_is_about(county):
    text = a_text("投诉：名单不给看")
    for words, taken_as in (("我叫赵大爷", "name"), ("不想说", "whom")):
        Incoming.objects.filter(pk=a_text(words).pk).update(talk=text.pk, taken_as=taken_as, state="done")
    begins = (
        browser_of(county.call_taker).get(reverse("hotline:text", args=[text.pk])).context["form"].initial
    )
    assert (begins["name"], begins["complained_of"]) == ("赵大爷", NOT_SAID)


def test_a_name_that_a_follower_has_already_stays_whatever_is_typed_in(county):
    follower = person_with_openid("o-alice", now=NOW)
    assert registered(county, a_text(channel="wechat", person=follower), name="赵大爷").pk == follower
    assert registered(county, a_text(channel="wechat", person=follower), name="冯大娘").masked_name == "赵**"


def test_what_is_to_be_a_petition_goes_to_the_petition_office_with_the_words_once(county):
    text, key = a_text("信访，老地方的补偿款没有到账"), a_key()
    sent = {
        "key": key,
        "kind": "help",
        "category": county.lamps.key,
        "text": "信访，老地方的补偿款没有到账",
        "region-county": "410523",
        "name": "赵大爷",
        "as_petition": "on",
    }
    client = browser_of(county.call_taker)
    for _ in range(2):
        assert client.post(reverse("hotline:text", args=[text.pk]), sent).status_code == 303
    petition = Case.objects.select_related("opened_by").get(procedure="petitions.petition")
    assert petition.petition.demand == "信访，老地方的补偿款没有到账"
    assert (petition.opened_by.masked_name, petition.channel) == ("赵**", "sms")
    assert Case.objects.count() == 2
