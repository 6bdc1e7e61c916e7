"""Holds on persons that were set before they kept the case that named them."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.tests.conftest import permits
from gongzhi.kernel.cases.tests.factories import Office
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import a_citizen, an_official
from gongzhi.kernel.retention.holds import holds_for
from gongzhi.kernel.retention.models import LegalHold

__all__ = ["permits"]
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_a_hold_of_before_gets_the_case_that_fewest_may_read_and_is_shut_where_there_is_none():
    office = Office()
    one, nobody = a_citizen(), a_citizen()
    complaint, ordinary, later = (office.open(NOW - timedelta(days=days)) for days in (3, 2, -1))
    Case.objects.filter(pk__in=(complaint.pk, ordinary.pk, later.pk)).update(opened_by_id=one.person_id)
    Case.objects.filter(pk__in=(complaint.pk, later.pk)).update(against_unit=a_unit(region=office.region))
    setter, other = (an_official(Role.SUPERVISOR, office.unit) for _ in range(2))
    named, unnamed = (
        LegalHold.objects.create(
            person_id=who.person_id,
            region_code="410523",
            reason="调查取证",
            authority="演示监察机关",
            reference="演监〔2026〕1号",
            set_by_id=setter.account_id,
            set_at=NOW,
        )
        for who in (one, nobody)
    )
    assert not holds_for(other).exists()
    with connection.cursor() as cursor:
        cursor.execute(import_module("gongzhi.kernel.retention.migrations.0007_holds_name_their_case").NAME)
    named.refresh_from_db()
    unnamed.refresh_from_db()
    assert (named.case_id, unnamed.case_id) == (complaint.pk, None)
    assert list(holds_for(other)) == [named]
