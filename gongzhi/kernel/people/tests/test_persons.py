"""A person is found again by phone and name."""

from datetime import UTC, datetime

import pytest

from gongzhi.kernel.people.models import Person
from gongzhi.kernel.people.persons import person_for, read_particulars

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 9, tzinfo=UTC)


def test_the_same_phone_and_name_give_the_same_person():
    first = person_for(name="王样例", phone="138 0000 1234", region_code="410523", now=NOW)
    again = person_for(name=" 王样例 ", phone="+8613800001234", now=NOW)

    assert again == first
    person, kept = Person.objects.get(pk=first), read_particulars([first], purpose="test")[first]
    assert (kept.name, kept.phone) == ("王样例", "13800001234")
    assert (person.masked_name, person.masked_phone) == ("王**", "138****1234")
    assert (person.phone_tail, person.by_sms, person.region_code) == ("1234", True, "410523")


def test_two_people_may_share_a_telephone():
    one = person_for(name="王样例", phone="13800001234", now=NOW)
    other = person_for(name="李样例", phone="13800001234", now=NOW)

    assert one != other


def test_those_who_leave_no_phone_are_never_taken_for_one_another():
    one = person_for(name="", phone="", now=NOW)
    other = person_for(name="", phone=" ", now=NOW)

    assert one != other
    assert Person.objects.count() == 2
