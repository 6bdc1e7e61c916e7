"""Who reads English is declined in English, with the words of the procedure in English too."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.domains.petitions.tests.factories import County, a_key
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
