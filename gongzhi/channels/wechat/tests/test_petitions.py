"""A petition begun in the account: taken in the talk from whom we know, gone on with as a form, words and all, from others."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from gongzhi.channels.talk import answers
from gongzhi.channels.wechat.forms import end_talks_due
from gongzhi.channels.wechat.pictures import keep_pictures_due
from gongzhi.channels.wechat.talk import REGISTERED
from gongzhi.channels.wechat.tests.test_binding import ask, code_in
from gongzhi.channels.wechat.tests.test_door import account, county, said, send, xml_of
from gongzhi.channels.wechat.tests.test_pictures import a_photo, media, show, work
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.personal_information.tests.test_views import known
from gongzhi.domains.petitions.models import Petition
from gongzhi.kernel.documents.uploads import documents_of
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices.incoming import SILENT, for_somebody
from gongzhi.kernel.notices.models import Incoming
from gongzhi.kernel.people.models import Person

__all__ = ["account", "county", "media"]
pytestmark = pytest.mark.django_db
WORDS = "我要信访：汤阴县修路占了我家一亩二分地，补偿款没有到账"
PLACE = {"region-county": "410523", "region-township": "410523100"}


def bind(client, county, **more):
    """Have Alice shown to be who left this phone."""
    matter = county.submit(timezone.now(), phone="13800001111", **more).case
    send(client, xml_of(f"绑定{code_in(ask(known(client, matter)))}"))
    Request.objects.update(replied_at=timezone.now())
    return matter


def link_in(reply):
    return re.search(r"http://testserver(/wechat/petition/\S+/)", reply)[1]


def test_whom_we_know_petitions_in_the_talk_and_no_name_is_asked_for(client, county, media):
    matter = bind(client, county)
    assert said(send(client, xml_of(WORDS))) == REGISTERED

    petition = Petition.objects.select_related("case").get()
    assert petition.demand == "汤阴县修路占了我家一亩二分地，补偿款没有到账"
    assert (petition.case.channel, petition.case.opened_by_id) == ("wechat", matter.opened_by_id)
    (media / "m1").write_bytes(a_photo())
    assert show(client) == answers.PICTURE_ADDED
    assert work() == 1
    assert documents_of(petition.pk).count() == 1


def test_whose_name_we_do_not_know_is_asked_for_it_and_told_why(client, county):
    matter = bind(client, county, name="")
    assert said(send(client, xml_of(WORDS))) == answers.NAME_OF_PETITION
    assert said(send(client, xml_of("赵大爷"))) == REGISTERED
    assert Petition.objects.get().case.opened_by_id == matter.opened_by_id
    assert Person.objects.get(pk=matter.opened_by_id).masked_name == "赵**"


def test_whom_we_do_not_know_goes_on_with_a_form_that_has_their_words(client, county):
    reply = said(send(client, xml_of("我要信访：补偿款没有到账")))
    again = said(send(client, xml_of("汤阴县去年秋天修路占了我家一亩二分地")))
    link = link_in(again)
    assert link_in(reply).split(":")[0] == link.split(":")[0], "one talk"
    assert not Petition.objects.exists()

    page = client.get(link, follow=True)
    key = page.redirect_chain[-1][0].split("draft=")[1]
    assert page.status_code == 200 and "带过来" in page.content.decode()
    assert "带过来" not in client.get("/petitions/new/").content.decode()
    assert (
        client.post("/petitions/new/", {"kind": "appeal", "key": key}).headers["Location"].endswith("/what/")
    )
    what = f"/petitions/new/{key}/what/"
    assert "补偿款没有到账 汤阴县去年秋天修路占了我家一亩二分地" in client.get(what).content.decode()
    begun = client.get(what).context["form"].initial
    facts = begun["facts"]
    assert begun["region"] == "410523", "the place that was named"
    client.post(what, {"key": key, "demand": "请补发补偿款。", "facts": facts, **PLACE})
    assert "请补发" in client.get(what).content.decode()
    client.get(link)
    assert "请补发" in client.get(what).content.decode(), "opened again it keeps what was written since"
    client.post(
        f"/petitions/new/{key}/contact/",
        {"key": key, "name": "赵大爷", "phone": "13800001111", "privacy": "ordinary"},
    )
    for _ in range(2):
        sent = client.post(f"/petitions/new/{key}/check/", {"key": key, "title": "补偿款没有到账"})
        assert sent.headers["Location"].endswith("/received/")
    petition = Petition.objects.get()
    assert petition.facts == facts

    with acting(SYSTEM):
        assert (end_talks_due(timezone.now()), end_talks_due(timezone.now())) == (1, 0)
    talk = Incoming.objects.get(talk=None)
    assert (talk.state, talk.case_id) == ("done", petition.pk)


def test_a_form_that_nobody_opens_reaches_a_call_taker_with_what_was_said(client, county, settings):
    settings.WECHAT_REGION = county.region.code
    send(client, xml_of(WORDS))
    assert show(client) == answers.PICTURE_IN_FORM
    with acting(SYSTEM):
        assert end_talks_due(timezone.now()) == 0
        assert keep_pictures_due(timezone.now()) == 0
    (left,) = for_somebody(county.call_taker, timezone.now() + SILENT + timedelta(minutes=1))
    assert left.text == WORDS


@pytest.mark.parametrize("token", ["nonsense", "MQ:1vOabc:no-signature"])
def test_a_link_that_we_did_not_make_leads_to_an_empty_form(client, county, token):
    send(client, xml_of(WORDS))
    assert client.get(f"/wechat/petition/{token}/").headers["Location"] == "/petitions/new/"
    other = signing.dumps(Incoming.objects.get().pk, salt="another purpose")
    assert client.get(f"/wechat/petition/{other}/").headers["Location"] == "/petitions/new/"


def test_a_link_is_good_for_a_day(client, county, monkeypatch):
    link = link_in(said(send(client, xml_of(WORDS))))
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() + 25 * 3600)
    assert client.get(link).headers["Location"] == "/petitions/new/"


def test_who_says_no_more_than_that_they_petition_finds_an_empty_form(client, county):
    link = link_in(said(send(client, xml_of("信访"))))
    key = client.get(link).headers["Location"].split("draft=")[1]
    client.post("/petitions/new/", {"kind": "appeal", "key": key})
    assert client.get(f"/petitions/new/{key}/what/").context["form"].initial["facts"] == ""
