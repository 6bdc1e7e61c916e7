"""Every key and every fact says in which city it belongs, so that a city can get a PostgreSQL of its own (decision 7).

A row reaches its region by its own columns: a code, or the key of a case, of which the first six digits are the county.
What has neither is named here with the reason; a model or a fact that nobody thought of fails.
"""

import dataclasses
import inspect
import re
import sys
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import county_of_case, new_query_code
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.events.publish import Event
from gongzhi.kernel.organisations.models import Region
from gongzhi.project.settings import ROOT
from gongzhi.project.tests.two_cities import ELSEWHERE, HERE, build

NOW = datetime(2026, 3, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
#: The same in every city: they are loaded into each.
EVERYWHERE = {
    "organisations_region": "its key is the code",
    "organisations_mattercategory": "one catalogue for the province",
    "cases_calendaryear": "the State Council's holidays",
    "django_content_type": "names of tables",
    "auth_permission": "unused",
    "auth_group": "unused",
    "auth_group_permissions": "unused",
}
#: About this database itself; no other ever asks for them.
OF_THE_DATABASE = {
    "audit_leaf": "places in the log of this database, which names itself",
    "audit_node": "the same",
    "audit_checkpoint": "the same",
    "audit_sealing": "the same",
    "delivery_heartbeat": "its workers",
    "django_admin_log": "unused beside the audit record",
    "django_session": "who is signed in here",
    "notices_carrier": "how well its carriers do",
    "notices_officecount": "the day's count of its own sending, an office in a row whose key begins with its region",
    "people_attempt": "counts of wrong passwords",
    "retention_removedcontent": "files to remove here",
    "retention_walk": "how far forgetting has come",
    "statistics_countedday": "which days were counted here",
}
#: Hang on a row of the same database by the named column, and never leave without it.
WITH_ANOTHER = {
    "notices_read": "message_id",
    "people_particulars": "person_id",
    "people_post": "account_id",
    "hotline_publishedlot": "draw_id",
    "organisations_responsibility_co_units": "unit_id",
}
#: May leave their code empty: an account lies where its posts lie (decision 9).
ELSEWHERE_TOLD = {"people_account"}


def concrete():
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def carries(model):
    """The column of a model by which a row reaches its region without another row; empty when there is none."""
    for field in model._meta.concrete_fields:
        if field.column == "region_code" or field.related_model is Region:
            return field.column
    for field in model._meta.concrete_fields:
        if field.column == "case_id" or field.related_model is Case or (model is Case and field.primary_key):
            return field.column
    return ""


def facts(kind=Event):
    """Every kind of fact, wherever it is declared."""
    return [each for one in kind.__subclasses__() for each in (one, *facts(one))]


def test_every_table_reaches_its_region_or_says_why_it_has_none():
    explained = {**EVERYWHERE, **OF_THE_DATABASE, **WITH_ANOTHER}
    bare = {model._meta.db_table for model in concrete() if not carries(model)}
    assert bare - explained.keys() == set(), "give it a region, or say above why it needs none"
    tables = {model._meta.db_table for model in concrete()}
    assert explained.keys() - tables == set(), "there is no such table any more"


def test_what_a_province_makes_all_day_carries_it_in_the_row_itself():
    by_table = {model._meta.db_table: carries(model) for model in concrete()}
    assert by_table["cases_case"] == by_table["events_outbox"] == by_table["notices_message"] == "region_code"
    assert by_table["audit_entry"] == by_table["access_look"] == "region_code"
    for table in ("cases_step", "cases_deadline", "documents_document", "hotline_request"):
        assert by_table[table] == "case_id", table


def test_every_kind_of_fact_names_its_case_and_region():
    found = facts()
    assert len(found) > 20
    for kind in found:
        fields = {field.name: field for field in dataclasses.fields(kind)}
        for name in ("case_id", "region_code"):
            assert fields[name].default is dataclasses.MISSING, f"{kind.__name__}.{name} must be given"
            assert fields[name].default_factory is dataclasses.MISSING
        assert not {"person_id", "opened_by_id"} & fields.keys(), "who it was stays in the city"
    assert [key for key, times in Counter(kind.key for kind in found).items() if times > 1] == []
    assert all(kind.key for kind in found)


def test_nothing_is_declared_beside_the_facts_and_nothing_is_stored_beside_publish():
    modules = [sys.modules[f"gongzhi.domains.{name}.events"] for name in settings.DOMAINS]
    for module in modules:
        for name, kind in inspect.getmembers(module, inspect.isclass):
            assert issubclass(kind, Event), f"{module.__name__}.{name}"
    storing = re.compile(r"INSERT INTO events_outbox|Outbox\.objects\.(?:bulk_)?create|(?<!class )\bOutbox\(")
    written = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "gongzhi").rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts) and storing.search(path.read_text())
    }
    assert written == {"gongzhi/kernel/events/publish.py"}


@pytest.mark.django_db
def test_every_row_that_a_city_makes_leads_back_to_it(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    cities = [build(HERE, "鹭汀", NOW), build(ELSEWHERE, "渚鸥", NOW)]
    by_table = {model._meta.db_table: model for model in concrete()}
    for city in cities:
        code = city.county.region.code[:4]
        looked, astray = Counter(), []
        for table, keys in city.rows.items():
            model = by_table[table]
            if (column := carries(model)) and keys:
                for region, case_id, key in reached(model, column, keys):
                    looked[table] += 1
                    told = region or county_of_case(case_id or 0)
                    if told[:4] != code and not (region == "" and table in ELSEWHERE_TOLD):
                        astray.append((table, key, region, case_id))
        assert astray == []
        assert {"cases_case", "cases_step", "cases_deadline", "events_outbox", "audit_entry"} <= looked.keys()
        assert {"notices_message", "access_look", "documents_document", "hotline_request"} <= looked.keys()
    for number, code in Case.objects.values_list("pk", "query_code"):
        assert county_of_case(number)[:4] == code[:4] == new_query_code(county_of_case(number))[:4]
    for region_code, case_id in Outbox.objects.values_list("region_code", "case_id"):
        assert region_code.startswith(county_of_case(case_id))


def reached(model, column, keys):
    """The region that each row names, the case that it names, and its key; read from its own columns alone."""
    names = {field.column for field in model._meta.concrete_fields}
    region = column if column != "case_id" and model._meta.pk.column != column else "NULL"
    case = "case_id" if "case_id" in names else "id" if model is Case else "NULL"
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {region}, {case}, "{key}" FROM "{model._meta.db_table}" WHERE "{key}" = ANY(%s)',
            [list(keys)],
        )
        return cursor.fetchall()
