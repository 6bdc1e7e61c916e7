"""An administrator who presses twice adds one row: these forms carry no key, the row itself is the key."""

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from gongzhi.kernel.people.accounts import citizen
from gongzhi.kernel.people.tests.factories import an_account
from gongzhi.project.tests.doors import Town, administrators_adds, changed, rows

pytestmark = pytest.mark.django_db

ADDED = {
    "people.Account": lambda town: {
        "username": "wang",
        "name": "王",
        "initial_password": "长城内外-2026-xyz",
    },
    "people.Post": lambda town: {
        "account": town.handler.account_id,
        "role": "head",
        "unit": town.bureau.pk,
        "region_code": "410523",
        "title": "",
        "valid_from": "2026-01-01",
        "valid_to": "",
    },
    "organisations.Unit": lambda town: {
        "key": "new-unit",
        "name": "新单位",
        "kind": "government_department",
        "region": "410523",
        "valid_from": "2026-01-01",
    },
    "organisations.MatterCategory": lambda town: {
        "key": "urban.new",
        "label": "新类别",
        "level": 2,
        "parent": town.lamps.parent.parent_id,
        "position": 1,
    },
    "organisations.Responsibility": lambda town: {
        "category": town.lamps.pk,
        "region": "410523",
        "lead_unit": town.other.pk,
        "valid_from": "2026-02-01",
    },
    "organisations.LocalValue": lambda town: {
        "region": "410523",
        "key": "hotline.reply_review",
        "value": "true",
        "since": "2026-02-01",
        "basis": "通知",
        "source": "configuration",
    },
    "cases.CalendarYear": lambda town: {
        "year": "2031",
        "days_off": "2031-01-01",
        "worked_weekends": "",
        "notice": "国办发明电〔2030〕1号",
    },
}


def test_every_row_that_an_administrator_may_add_is_tried_here():
    request = RequestFactory().get("/admin/")
    request.user = an_account(is_administrator=True)
    request.actor = citizen(request.user)

    assert administrators_adds(admin.site, request) == ADDED.keys()


@pytest.mark.parametrize("label", ADDED)
def test_an_administrator_who_presses_twice_adds_one_row_and_is_told(label):
    town = Town()
    client = Client()
    client.force_login(an_account(is_administrator=True))
    address = reverse(f"admin:{label.lower().replace('.', '_')}_add")
    answers = ADDED[label](town)

    assert client.post(address, answers).status_code == 302, client.post(address, answers).context["errors"]
    after = rows()
    again = client.post(address, answers)
    assert again.status_code == 200 and again.context["errors"]
    assert changed(after, rows()) == {}
