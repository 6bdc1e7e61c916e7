"""The cases of the measurement of pages hang together as cases made by the use cases do."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import F

from benchmarks.ground import lay_ground
from benchmarks.pages_fill import fill, prepare
from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def filled():
    filling = prepare(lay_ground(), NOW)
    fill(filling, 1, 400)
    fill(filling, 401, 1000)


def test_every_portion_adds_its_cases_in_every_stage_and_county(filled):
    assert Case.objects.count() == Request.objects.count() == 1000
    assert Case.objects.values("stage").distinct().count() == 6
    assert Case.objects.values("region_code").distinct().count() == 4
    assert Case.objects.exclude(unit=None).values("unit").distinct().count() > 20


def test_every_reference_leads_to_a_row(filled):
    assert not Case.objects.exclude(opened_by__in=Person.objects.all()).exists()
    assert not Step.objects.exclude(case__in=Case.objects.all()).exists()
    assert not Deadline.objects.exclude(case__in=Case.objects.all()).exists()
    assert not Case.objects.exclude(unit=None).exclude(unit__in=Unit.objects.all()).exists()


def test_the_steps_lead_to_the_stage_and_nothing_happens_in_the_future(filled):
    last = Step.objects.filter(number=F("case__steps_taken"))
    assert last.count() == 1000
    assert not last.exclude(to_stage=F("case__stage")).exists()
    assert not Step.objects.filter(at__gt=NOW).exists()
    assert not Deadline.objects.filter(case__closed_at__isnull=False, stopped_at=None).exists()


def test_the_triggers_are_in_force_again_afterwards(filled):
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
