"""A letter of somebody without a phone goes on elsewhere, and is answered on paper there too."""

from urllib.parse import urlencode

import pytest
from django.utils import timezone

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.hotline import services as hotline
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests import factories as requests
from gongzhi.domains.mailbox.queries.posting import letters_to_post
from gongzhi.domains.mailbox.tests.factories import County, a_key
from gongzhi.domains.mailbox.tests.test_posting import ADDRESS, sent_twice, typed_in
from gongzhi.domains.petitions import services as petitions
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.registry.api import DOMAINS
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


def test_each_domain_that_posts_has_a_tab():
    county = County()
    client = browser_of(county.dispatcher)
    tabs = client.get("/mailbox/post/").context["tabs"]
    declared = {f"/{key}/post/" for key, one in DOMAINS.items() if one.to_post is not None}
    assert {tab["url"] for tab in tabs} == declared >= {"/hotline/post/", "/petitions/post/"}
    assert all(client.get(address).context["tabs"] for address in declared)


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


def test_a_unit_with_something_to_post_finds_the_list_and_prints_all_before_it_notes_any():
    county, now = requests.County(), timezone.now()
    answered = [county.replied(now, phone=f"1380000111{n}") for n in range(2)]
    client = browser_of(county.handler)
    assert "/mailbox/post/" not in client.get("/desk/").content.decode()
    Request.objects.update(by_post=True)
    forget_everything()
    assert "/mailbox/post/" in client.get("/desk/").content.decode()

    first, second = (one.pk for one in answered)
    opened = client.get("/hotline/post/").context["printed"]
    noted = f"/hotline/cases/{first}/posted/?{urlencode({'printed': opened.isoformat()})}"
    back = sent_twice(client, noted, {"key": a_key()}).headers["Location"]
    Request.objects.filter(pk=second).update(replied_at=timezone.now())
    page = client.get(back)
    assert page.context["printed"] == opened, "what is still on the list was printed from the first one"
    [left] = page.context["rows"]
    assert left.case.pk == second
    late = f"/hotline/cases/{second}/posted/?{urlencode({'printed': opened.isoformat()})}"
    refused = client.post(late, {"key": a_key()})
    assert refused.status_code == 422 and "又有新的答复" in refused.content.decode()
    assert 'href="/hotline/post/"' in client.get(late).content.decode(), "back is to the list as it is now"
