"""Everyone reads what is addressed to them, their unit or their role in their area, and nothing else."""

from datetime import timedelta

import pytest

from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.notices.inbox import mark_read, messages_for, unread_count
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.tests.factories import a_fact
from gongzhi.kernel.notices.write import write_messages
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db
NOW = at(5, 6, 10)


@pytest.fixture
def office():
    return Office()


def told(actor):
    return [message.recipient for message in messages_for(actor)]


def test_all_people_of_a_unit_read_what_is_addressed_to_it_and_no_other_unit_does(office):
    write_messages(a_fact(office.open(NOW)), now=NOW)

    unit = f"unit:{office.unit.pk}:"
    assert told(office.handler) == told(office.head) == [unit]
    assert told(an_official(Role.HANDLER, a_unit())) == []


def test_what_is_addressed_to_the_head_only_the_head_reads(office):
    write_messages(a_fact(office.open(NOW), "permits.late"), now=NOW)

    assert told(office.head) == [f"unit:{office.unit.pk}:head"]
    assert told(office.handler) == []


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR])
def test_who_reads_no_matters_is_told_of_what_is_urgent_alone(office, role):
    write_messages(a_fact(office.open(NOW)), now=NOW)
    actor = an_official(role, office.unit)
    assert told(actor) == []
    assert unread_count(actor, NOW) == 0

    urgent = messages_for(office.handler).get()
    Message.objects.filter(pk=urgent.pk).update(urgent=True)
    assert told(actor) == [f"unit:{office.unit.pk}:"]


@pytest.mark.parametrize(
    ("region", "role", "reads"),
    [
        ("410523", Role.DISPATCHER, True),
        ("4105", Role.DISPATCHER, True),
        ("410522", Role.DISPATCHER, False),
        ("410523100", Role.DISPATCHER, False),
        ("", Role.DISPATCHER, False),
        ("4105", Role.SUPERVISOR, False),
    ],
)
def test_what_is_for_those_who_dispatch_is_read_by_those_of_the_area(office, region, role, reads):
    write_messages(a_fact(office.open(NOW)), now=NOW)

    actor = an_official(role, a_unit(), region_code=region)
    assert told(actor) == (["centre:410523"] if reads else [])


def test_a_dispatcher_at_the_unit_complained_of_does_not_read_about_it(office):
    write_messages(a_fact(office.open(NOW, against_unit_id=office.unit.pk)), now=NOW)

    assert told(an_official(Role.DISPATCHER, office.unit)) == []
    assert told(an_official(Role.DISPATCHER, a_unit())) == ["centre:410523"]


def test_a_person_reads_their_own_messages_and_someone_unknown_none(office):
    write_messages(a_fact(office.open(NOW)), now=NOW)

    assert told(office.citizen) == [f"person:{office.citizen.person_id}"]
    assert told(Actor(role=Role.CITIZEN)) == []
    assert told(Office().citizen) == []


def test_short_messages_are_not_shown_inside(office):
    write_messages(a_fact(office.open(NOW), "permits.danger"), now=NOW)

    assert told(office.citizen) == []


def test_each_reads_for_themselves(office):
    write_messages(a_fact(office.open(NOW)), now=NOW)
    (message,) = messages_for(office.handler)
    assert unread_count(office.handler, NOW) == unread_count(office.head, NOW) == 1

    assert mark_read(office.handler, [message.pk], NOW) == 1
    assert mark_read(office.handler, [message.pk], NOW) == 1

    assert unread_count(office.handler, NOW) == 0
    assert unread_count(office.head, NOW) == 1
    assert messages_for(office.handler).get().is_read
    assert not messages_for(office.head).get().is_read


def test_nobody_marks_what_is_not_addressed_to_them(office):
    write_messages(a_fact(office.open(NOW)), now=NOW)
    (message,) = messages_for(office.handler)

    assert mark_read(an_official(Role.HANDLER, a_unit()), [message.pk], NOW) == 0


def test_what_is_older_than_a_month_is_no_longer_new(office):
    write_messages(a_fact(office.open(NOW)), now=NOW)

    assert unread_count(office.handler, NOW + timedelta(days=31)) == 0
    assert len(told(office.handler)) == 1
