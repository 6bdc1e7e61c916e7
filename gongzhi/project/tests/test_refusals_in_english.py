"""Who reads English is declined in English, with the words of the procedure in English too."""

import re

import pytest
from django.test import Client
from django.utils import timezone, translation

from gongzhi.base.declined import Declined
from gongzhi.domains.hotline.tests import factories as hotline
from gongzhi.domains.mailbox import services as mailbox
from gongzhi.domains.mailbox.tests import factories as mailboxes
from gongzhi.domains.personal_information import services as personal_information
from gongzhi.domains.petitions.tests.factories import County, a_key
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web.errors import words_of
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def in_english(client):
    client.cookies["django_language"] = "en"
    return client


def declined(answer):
    """The words of a refusal on a page with its form."""
    assert answer.status_code == 422
    return " ".join(answer.context["form"].non_field_errors())


def test_an_official_reads_where_the_matter_stands():
    county = County()
    case = county.handling(timezone.now())
    handler = in_english(signed_in(county.handler))

    words = declined(handler.post(f"/petitions/cases/{case.pk}/do/accept/", {"key": a_key()}))

    assert words.startswith("This matter now stands at “")
    assert not CHINESE.search(words)


def test_a_person_who_mistypes_the_code_reads_what_to_do():
    sent = {"query_code": "4105 2222 2222", "last_four": "1111", "key": a_key()}

    words = declined(in_english(Client()).post("/track/", sent))

    assert "call 12345" in words
    assert not CHINESE.search(words)


def of_hotline(now):
    hotline.County().submit(now, text=" ")


def of_petitions(now):
    county = County()
    case = county.submit(now, kind="suggestion")
    county.do("forward_petition", case, now, county.dispatcher, unit_id=county.bureau.pk)
    county.do("accept_petition", case, now, county.handler)


def of_mailbox(now):
    county = mailboxes.County()
    words = {"title": "桥", "text": "桥松了。", "reply": "已加固。", "checked": True}
    mailbox.publish_letter(actor=county.staff, case_id=county.write(now).pk, now=now, **words)


def of_personal_information(now):
    asked = personal_information.Submission(right="copy")
    stranger = Actor(role=Role.CITIZEN)
    personal_information.submit_rights_request(actor=stranger, submission=asked, now=now, key=a_key())


@pytest.mark.parametrize("asks", [of_hotline, of_petitions, of_mailbox, of_personal_information])
def test_each_domain_declines_in_english(asks):
    with translation.override("en"):
        with pytest.raises(Declined) as refused:
            asks(timezone.now())
        assert not CHINESE.search(words_of(refused.value))
