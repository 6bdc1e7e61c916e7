"""A letter of somebody without a phone goes on elsewhere, and is answered on paper there too."""

import pytest
from django.utils import timezone

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.hotline import services as hotline
from gongzhi.domains.mailbox.queries.posting import letters_to_post
from gongzhi.domains.mailbox.tests.factories import County, a_key
from gongzhi.domains.mailbox.tests.test_posting import ADDRESS, sent_twice, typed_in
from gongzhi.domains.petitions import services as petitions
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db


def posted_through(client, domain, case):
    """Find a matter in the list of its domain, print it, and note it as posted twice; return the addresses of its papers."""
    page = client.get(f"/{domain}/post/")
    [row] = page.context["rows"]
    assert row.case.pk == case.pk
    addresses = [address for _title, ways in row.papers for address, _words in ways]
    for address in addresses:
        assert b"".join(client.get(address))[:5] == b"%PDF-"
    sent_twice(client, f"/{domain}/cases/{case.pk}/posted/", {"key": a_key()})
    assert client.get(f"/{domain}/post/").context["rows"] == []
    return addresses


def test_a_letter_handed_to_the_hotline_is_answered_on_paper_there():
    county, now = County(), timezone.now()
    letter = typed_in(county, now)
    county.do("hand_to_hotline", letter, now, county.staff)
    case, dispatcher = letter.handed_to.get(), browser_of(county.dispatcher)
    assert "答复要邮寄" in dispatcher.get(f"/hotline/cases/{case.pk}/").content.decode()
    assert "打印出来邮寄" in dispatcher.get(f"/hotline/cases/{case.pk}/do/answer/").content.decode()
    assert dispatcher.get("/hotline/post/").context["rows"] == []

    hotline.answer_directly(
        actor=county.dispatcher, case_id=case.pk, reply="已加固。", outcome="solved", now=now, key=a_key()
    )
    looked = dispatcher.post(f"/hotline/cases/{case.pk}/reveal/", {"purpose": "post", "reason": "写信封"})
    assert ADDRESS in looked.content.decode()
    assert letters_to_post(county.dispatcher) == []
    assert len(posted_through(dispatcher, "hotline", case)) == 3
    assert "寄出" in dispatcher.get(f"/hotline/cases/{case.pk}/").content.decode()


def test_a_letter_that_is_a_petition_has_each_notice_posted_and_its_address_until_then():
    county, now = County(), timezone.now()
    letter = typed_in(county, now)
    county.do("hand_to_petitions", letter, now, county.staff)
    case, dispatcher = letter.handed_to.get(), browser_of(county.dispatcher)
    told = {"case_id": case.pk, "reason": "arbitration", "note": "请向仲裁委员会申请。"}
    petitions.divert_petition(actor=county.dispatcher, now=now, key=a_key(), **told)
    case.refresh_from_db()
    assert case.is_closed
    purpose = {"purpose": "post", "reason": "写信封"}
    other = {"purpose": "verify", "reason": "核实情况"}
    assert ADDRESS not in dispatcher.post(f"/petitions/cases/{case.pk}/reveal/", other).content.decode()
    assert ADDRESS in dispatcher.post(f"/petitions/cases/{case.pk}/reveal/", purpose).content.decode()

    assert "letters/route/pdf" in posted_through(dispatcher, "petitions", case)[0]
    refused = dispatcher.post(f"/petitions/cases/{case.pk}/reveal/", purpose)
    assert ADDRESS not in refused.content.decode(), "what is posted and closed is closed"
    for stranger in (county.handler, county.staff, County("410506").dispatcher):
        assert browser_of(stranger).get("/petitions/post/").context["rows"] == []
        with pytest.raises((NotAllowed, NotPossible)):
            petitions.note_posted(actor=stranger, case_id=case.pk, now=now)
