"""Who calls about a petition is not asked to call elsewhere: the call taker files it from the same page."""

import pytest
from django.test import Client

from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.models import Account

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
