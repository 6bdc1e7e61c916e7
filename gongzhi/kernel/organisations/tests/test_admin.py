"""The administrator's pages: open to administrators, closed to everybody else, nothing deleted."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import path

from gongzhi.kernel.lock.scope import SYSTEM, Scope, acting
from gongzhi.kernel.organisations.models import LocalValue, MatterCategory, Region, Responsibility, Unit
from gongzhi.kernel.organisations.responsibilities import responsible_for
from gongzhi.kernel.organisations.tests.factories import a_local_value, a_region, a_responsibility, a_unit
from gongzhi.kernel.people.accounts import citizen

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
urlpatterns = [path("admin/", admin.site.urls)]

MODELS = [Region, Unit, MatterCategory, Responsibility, LocalValue]


def a_request(*, administrator, **query):
    request = RequestFactory().get("/", query)
    request.user, _new = get_user_model().objects.get_or_create(
        username="administrator" if administrator else "someone", name="某人", is_administrator=administrator
    )
    request.actor = citizen(request.user)
    return request


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_can_list_and_search_every_kind_of_row(model):
    a_responsibility(lead_unit=a_unit())
    a_local_value("HL-08", 7)
    page = admin.site.get_model_admin(model).changelist_view(a_request(administrator=True))
    assert page.context_data["cl"].result_count > 0

    searched = a_request(administrator=True, q="没有这样的东西")
    assert admin.site.get_model_admin(model).changelist_view(searched).context_data["cl"].result_count == 0


@pytest.mark.parametrize("model", MODELS)
def test_nobody_else_may_look_and_nobody_may_delete(model):
    pages = admin.site.get_model_admin(model)
    stranger = a_request(administrator=False)
    assert not pages.has_view_permission(stranger)
    assert not pages.has_change_permission(stranger)
    assert not pages.has_add_permission(stranger)
    stranger.user = AnonymousUser()
    assert not pages.has_view_permission(stranger)

    assert not pages.has_delete_permission(a_request(administrator=True))


def test_regions_are_only_looked_up():
    request = a_request(administrator=True)
    pages = admin.site.get_model_admin(Region)
    assert pages.has_view_permission(request)
    assert not pages.has_add_permission(request)
    assert not pages.has_change_permission(request)


@pytest.fixture
def keeper_of_a_county():
    with acting(Scope(acts="administrator", keeps_low="410523", keeps_high="410524")):
        yield a_request(administrator=True)


@pytest.mark.parametrize("model", [Unit, Responsibility, LocalValue])
def test_lists_of_another_county_are_looked_up_and_not_changed(keeper_of_a_county, model):
    pages, request = admin.site.get_model_admin(model), keeper_of_a_county
    own, foreign = model(region_id="410523100"), model(region_id="410526")
    assert pages.has_view_permission(request, foreign)
    assert pages.has_change_permission(request, own)
    assert not pages.has_change_permission(request, foreign)


def test_a_row_is_not_put_into_another_county(keeper_of_a_county):
    a_region("410526")
    unit = a_unit()
    form = admin.site.get_model_admin(Unit).get_form(keeper_of_a_county, unit, change=True)
    moved = form({"key": unit.key, "name": unit.name, "kind": unit.kind, "region": "410526"}, instance=unit)
    assert "不在您管理的范围内" in str(moved.errors["region"])


def test_a_slip_in_the_credit_code_of_a_unit_is_found():
    unit = a_unit()
    with acting(SYSTEM):
        form = admin.site.get_model_admin(Unit).get_form(a_request(administrator=True), unit, change=True)
    typed = {"key": unit.key, "name": unit.name, "kind": unit.kind, "region": unit.region_id}
    assert "校验位不符" in str(form(typed | {"uscc": "91350100M000100Y44"}, instance=unit).errors["uscc"])
    assert "uscc" not in form(typed | {"uscc": "91350100M000100Y43"}, instance=unit).errors


def test_nobody_acting_changes_no_list():
    line = a_responsibility()
    assert not admin.site.get_model_admin(Responsibility).has_change_permission(
        a_request(administrator=True), line
    )


def test_a_line_changed_by_an_administrator_answers_at_once():
    with acting(SYSTEM):
        _change_a_line()


def _change_a_line():
    line = a_responsibility()
    day = date(2026, 3, 2)
    asked = (line.category_id, line.region_id, day)
    assert responsible_for(*asked).lead_unit_id == line.lead_unit_id
    other = a_unit()
    request = a_request(administrator=True)
    pages = admin.site.get_model_admin(Responsibility)
    form = pages.get_form(request, line, change=True)(
        {
            "category": line.category_id,
            "region": line.region_id,
            "lead_unit": other.pk,
            "valid_from": "2020-01-01",
        },
        instance=line,
    )
    assert form.is_valid(), form.errors

    pages.save_model(request, form.save(commit=False), form, change=True)
    pages.save_related(request, form, [], change=True)

    assert responsible_for(*asked).lead_unit_id == other.pk
