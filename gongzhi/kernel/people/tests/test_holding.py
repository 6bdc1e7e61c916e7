"""Who serves and heads a unit is told for the day that is asked for, however soon one follows the other."""

from datetime import date

import pytest

from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.holding import heads_of, units_headed_by, units_served_by
from gongzhi.kernel.people.models import Post
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db
LAST, AFTER = date(2026, 6, 30), date(2026, 7, 1)


def test_a_post_counts_until_its_last_day():
    unit = a_unit()
    head = an_official(Role.HEAD, unit).account_id
    Post.objects.filter(account_id=head).update(valid_to=LAST)
    for ask in (units_served_by, units_headed_by):
        assert (ask(head, LAST), ask(head, AFTER)) == ({unit.pk}, frozenset())
    units = frozenset({unit.pk})
    assert (heads_of(units, LAST), heads_of(units, AFTER)) == ({head}, frozenset())
