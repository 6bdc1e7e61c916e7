"""The yes/no and the filter come from one rule and never disagree; nothing declared means nobody."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongzhi.base.declined import NotAllowed
from gongzhi.kernel.access.decide import area, authorise, covers, may, reach
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import county_key
from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.accounts import actor_for
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.tests.factories import a_person, a_post, an_account, an_official

UNITS, PERSONS = (0, 1, 2), (0, 1)
PLACES = ("41", "4105", "410523", "410523100", "410522", "410601")
choices = st.fixed_dictionaries(
    {
        "unit": st.sampled_from((None, *UNITS)),
        "arbiter": st.sampled_from((None, *UNITS)),
        "against": st.sampled_from((None, *UNITS)),
        "official": st.sampled_from((None, *PERSONS)),
        "involved": st.lists(st.sampled_from(UNITS), max_size=2, unique=True),
        "opener": st.sampled_from((None, *PERSONS)),
        "place": st.sampled_from(PLACES),
        "sealed": st.booleans(),
    }
)


@pytest.fixture
def office():
    return Office()


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(choices, min_size=1, max_size=6),
    within=st.sampled_from(list(Within)),
    opens_sealed=st.booleans(),
    unit=st.sampled_from((None, *UNITS)),
    person=st.sampled_from((None, *PERSONS)),
    account=st.sampled_from((None, *PERSONS)),
    posts=st.lists(st.tuples(st.sampled_from(PERSONS), st.sampled_from(UNITS), st.booleans()), max_size=3),
    place=st.sampled_from(("", *PLACES)),
)
def test_the_list_shows_exactly_what_the_page_would_open(
    office, drawn, within, opens_sealed, unit, person, account, posts, place
):
    units = [a_unit() for _ in UNITS]
    persons = [a_person() for _ in PERSONS]
    accounts = [an_account() for _ in PERSONS]
    for holder, where, heads in posts:
        a_post(Role.HEAD if heads else Role.HANDLER, units[where], accounts[holder])
    forget_everything()
    cases = [_a_case(number, choice, units, persons, accounts) for number, choice in enumerate(drawn)]
    actor = Actor(
        role=Role.HANDLER,
        unit_id=None if unit is None else units[unit].pk,
        person_id=None if person is None else persons[person].pk,
        account_id=None if account is None else accounts[account].pk,
        region_code=place,
    )
    rule = allow("read", Role.HANDLER, within=within, opens_sealed=opens_sealed)
    listed = set(
        Case.objects.filter(area(rule, actor), pk__in=[c.pk for c in cases]).values_list("pk", flat=True)
    )
    assert listed == {case.pk for case in cases if covers(rule, actor, case)}


def _a_case(number, choice, units, persons, accounts):
    def unit(index):
        return None if index is None else units[index]

    return Case.objects.create(
        id=county_key("410523") + 9_000_000 + Case.objects.count() * 10 + number,
        procedure="permits.permit",
        version="1",
        stage="received",
        title="x",
        region_code=choice["place"],
        unit=unit(choice["unit"]),
        arbiter_unit=unit(choice["arbiter"]),
        against_unit=unit(choice["against"]),
        against_account=None if choice["official"] is None else accounts[choice["official"]],
        involved_units=[units[index].pk for index in choice["involved"]],
        opened_by=None if choice["opener"] is None else persons[choice["opener"]],
        channel="web",
        opened_at=at(3, 2),
        query_code=f"T{Case.objects.count():05d}{number:06d}",
        sealed=choice["sealed"],
    )


@pytest.mark.django_db
def test_what_nobody_declared_nobody_may(office):
    case = office.open(at(3, 2))
    with pytest.raises(NotAllowed):
        authorise(office.head, "permits.burn")
    assert not may(office.head, "permits.burn", case)
    assert not Case.objects.filter(reach(office.head, "permits.burn")).exists()


@pytest.mark.django_db
def test_nobody_under_a_unit_sees_a_complaint_about_it(office):
    bureau = a_unit()
    office.unit.parent = bureau
    office.unit.save()
    case = office.open(at(3, 2), against_unit_id=bureau.pk)
    forget_everything()
    assert not may(office.handler, "permits.read", case)
    assert not Case.objects.filter(reach(office.handler, "permits.read")).exists()


@pytest.mark.django_db
def test_a_unit_never_sees_a_complaint_about_itself(office):
    case = office.open(at(3, 2), against_unit_id=office.unit.pk)
    assert not may(office.handler, "permits.read", case)
    assert not Case.objects.filter(reach(office.handler, "permits.read")).exists()


@pytest.mark.django_db
def test_an_official_never_sees_a_complaint_about_themselves_but_their_unit_may(office):
    case = office.open(at(3, 2), against_account_id=office.handler.account_id)
    colleague = an_official(Role.HANDLER, office.unit)
    assert not may(office.handler, "permits.read", case)
    assert may(colleague, "permits.read", case)


@pytest.mark.django_db
def test_a_complaint_about_a_head_stays_hidden_from_whom_the_head_commands(office):
    below = a_unit(parent=office.unit)
    clerk = an_official(Role.HANDLER, below)
    case = office.open(at(3, 2), against_account_id=office.head.account_id, unit_id=below.pk)
    forget_everything()
    assert not may(office.head, "permits.read", case)
    assert not may(clerk, "permits.read", case)


@pytest.mark.django_db
def test_another_post_does_not_open_what_the_own_unit_may_not_see(office):
    other = a_unit()
    post = a_post(Role.HANDLER, other, Account.objects.get(pk=office.handler.account_id))
    case = office.open(at(3, 2), against_unit_id=office.unit.pk, unit_id=other.pk)
    assert not may(actor_for(post), "permits.read", case)


@pytest.mark.django_db
def test_whoever_wrote_a_complaint_sees_it_though_they_work_at_the_unit(office):
    case = office.open(at(3, 2), against_unit_id=office.unit.pk)
    writer = Actor(
        role=Role.CITIZEN, person_id=office.citizen.person_id, account_id=office.handler.account_id
    )
    assert may(writer, "permits.read", case)
    assert Case.objects.filter(reach(writer, "permits.read"), pk=case.pk).exists()


@pytest.mark.django_db
def test_an_actor_without_region_reaches_no_region(office):
    office.open(at(3, 2))
    dispatcher = Actor(role=Role.DISPATCHER, account_id=1)
    assert not Case.objects.filter(reach(dispatcher, "permits.read")).exists()
