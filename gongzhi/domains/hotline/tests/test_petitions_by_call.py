"""The page for calls files petitions too, and takes in printed forms, each once."""

import pytest
from django.test import Client

from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db


def test_a_call_becomes_a_petition_with_the_same_words_once():
    county, client = County(), Client()
    client.force_login(Account.objects.get(pk=county.call_taker.account_id))
    sent = {
        "key": a_key(),
        "phone": "13800001111",
        "name": "赵大爷",
        "kind": "help",
        "category": county.lamps.key,
        "text": "去年修路占了我家一亩二分地，补偿款没有到账。",
        "region-county": county.region.code,
        "as_petition": "on",
    }
    first = client.post("/hotline/call/", sent)
    petition = Case.objects.get(procedure="petitions.petition")
    assert first.headers["Location"] == f"/petitions/reception/{petition.pk}/"
    assert (petition.petition.demand, petition.opened_by_id) == (
        sent["text"],
        Case.objects.get(procedure="hotline.request").opened_by_id,
    )
    assert petition.query_code[:4] in client.get(first.headers["Location"]).content.decode()
    assert client.post("/hotline/call/", sent).headers["Location"] == first.headers["Location"]
    assert Case.objects.count() == 2


def test_a_printed_form_is_typed_in_once():
    county, client, other = County(), Client(), Client()
    client.force_login(Account.objects.get(pk=county.call_taker.account_id))
    second = an_official(Role.CALL_TAKER, county.centre)
    other.force_login(Account.objects.get(pk=second.account_id))
    sheet = client.get("/hotline/form/?region=410523")
    entry = sheet.context["entry_url"].partition("/hotline/")[2]
    assert sheet.context["number"].replace("-", "") in client.get(f"/hotline/{entry}").content.decode()
    sent = {
        "key": a_key(),
        "phone": "13800001111",
        "name": "赵大爷",
        "kind": "help",
        "category": county.lamps.key,
        "text": "村口路灯坏了三盏，晚上看不见路。",
        "region-county": county.region.code,
        "form_number": sheet.context["number"],
    }
    first = client.post("/hotline/call/", sent)
    assert (
        client.post("/hotline/call/", {**sent, "key": a_key()}).headers["Location"]
        == first.headers["Location"]
    )
    refused = other.post("/hotline/call/", {**sent, "key": a_key()})
    assert (refused.status_code, "已经录入过" in refused.content.decode()) == (422, True)
    assert Case.objects.count() == 1
