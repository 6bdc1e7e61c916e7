"""Naming whom a request complains of, and confidential requests, on the pages and behind the second lock."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.inbox import messages_for
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County()


def test_the_dispatcher_names_a_unit_and_what_it_was_told_is_gone(county):
    now = timezone.now()
    request = county.handling(now)
    hand_on_due(now)
    assert messages_for(county.handler).exists()
    browser, address = signed_in(county.dispatcher), reverse("hotline:move", args=[request.pk, "name"])

    assert county.bureau.name in browser.get(address).content.decode()
    sent = browser.post(address, {"against_unit_id": county.bureau.pk, "official": "", "key": a_key()})

    assert sent.status_code in {302, 303}
    case = Case.objects.get(pk=request.pk)
    assert (case.stage, case.unit_id, case.against_unit_id) == ("received", None, county.bureau.pk)
    assert not messages_for(county.handler).exists()
    page = browser.get(reverse("hotline:case", args=[request.pk])).content.decode()
    assert "被反映" in page and county.bureau.name in page


def test_a_dispatcher_who_names_their_own_unit_is_led_away_from_it(county):
    request = county.submit(timezone.now())
    browser = signed_in(county.dispatcher)
    address = reverse("hotline:move", args=[request.pk, "name"])
    sent = browser.post(address, {"against_unit_id": county.centre.pk, "official": "", "key": a_key()})
    assert sent.headers["Location"] == reverse("official:inbox")
    refused = browser.get(reverse("hotline:case", args=[request.pk]))
    missing = browser.get(reverse("hotline:case", args=[request.pk + 1]))
    assert (refused.status_code, "没有找到这件事" in refused.content.decode()) == (422, True)
    assert missing.status_code == 422


def test_a_person_withdraws_though_a_unit_they_do_not_see_is_helping(county):
    request = county.handling(timezone.now())
    services.invite_units(
        actor=county.handler,
        case_id=request.pk,
        units=[county.other.pk],
        note="请查线路",
        now=timezone.now(),
        key=a_key(),
    )
    browser = Client()
    browser.post(
        reverse("citizen:track"),
        {"query_code": request.case.query_code, "last_four": "1111", "key": a_key()},
    )
    browser.post(reverse("hotline:withdraw", args=[request.pk]), {"key": a_key()})
    stages = Case.objects.order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["withdrawn", "called_off"]


def test_a_person_writes_whom_it_is_about_and_the_unit_that_the_list_names_waits(county):
    key = a_key()
    browser = Client()
    kinds = reverse("hotline:new-kind") + "?in=urban"
    browser.post(kinds, {"category": county.lamps.key, "kind": "report", "key": key})
    what = {
        "text": "办事的人收了钱不办事，请你们查一查。",
        "region": county.place.code,
        "region-county": "410523",
        "complained_of": "城管局李某",
        "key": key,
    }
    answer = browser.post(reverse("hotline:new-what", args=[key]), what)
    assert answer.status_code in {302, 303}, answer.content.decode()
    contact = {"name": "赵大爷", "phone": "13800001111", "privacy": "public", "key": key}
    browser.post(reverse("hotline:new-contact", args=[key]), contact)
    assert "城管局李某" in browser.get(reverse("hotline:new-check", args=[key])).content.decode()
    browser.post(reverse("hotline:new-check", args=[key]), {"title": "收钱不办事", "key": key})

    request = Request.objects.select_related("case").get()
    assert (request.complained_of, request.case.public) == ("城管局李某", False)
    official = signed_in(county.dispatcher)
    move = reverse("hotline:move", args=[request.pk, "dispatch"])
    refused = official.post(move, {"unit_id": county.bureau.pk, "note": "", "key": a_key()})
    assert refused.status_code == 422 and "登记被反映的单位或人" in refused.content.decode()


@pytest.mark.parametrize("page", ["case", "work-order"])
def test_the_exact_place_of_a_confidential_request_stays_with_the_centre(county, page):
    request = county.handling(timezone.now(), confidential=True, place="老槐树东边第二家")
    address = reverse(f"hotline:{page}", args=[request.pk])
    assert "老槐树东边第二家" not in signed_in(county.handler).get(address).content.decode()
    assert "老槐树东边第二家" in signed_in(county.dispatcher).get(address).content.decode()
