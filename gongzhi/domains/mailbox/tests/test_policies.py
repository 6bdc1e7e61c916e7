"""Who sees a letter: its office, the unit that has it, those who dispatch; never whom it complains of."""

import pytest

from gongzhi.base.declined import Declined, NotPossible
from gongzhi.domains.mailbox.queries.letters import letter_for
from gongzhi.domains.mailbox.tests.factories import County, a_key, at
from gongzhi.kernel.cases.choosing import units_to_choose
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import may_see_requester
from gongzhi.kernel.cases.reading import cases_for, open_moves
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.inbox import unread_for
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def sees(actor, case):
    """Whether somebody sees a letter, in a list and by its number alike."""
    listed = cases_for(actor, "mailbox.read").filter(pk=case.pk).exists()
    try:
        letter_for(actor, case.pk)
    except Declined:
        assert not listed
        return False
    assert listed
    return True


def test_the_office_sees_its_letter_wherever_it_lies_and_a_unit_while_it_has_it():
    county = County()
    case = county.reading(MONDAY)
    assert sees(county.staff, case)
    assert sees(county.leader, case)
    assert not sees(county.handler, case)
    county.do("assign_letter", case, MONDAY, county.staff, unit_id=county.bureau.pk)
    assert sees(county.staff, case)
    assert sees(county.handler, case)
    assert not sees(an_official(Role.HANDLER, county.township), case)


def test_the_leader_marks_a_letter_also_when_a_unit_has_it():
    county = County()
    case = county.handling(MONDAY)
    case.refresh_from_db()
    assert {move.key for move in open_moves(county.leader, case)} == {"mark"}


def test_a_letter_about_the_office_goes_around_it_and_all_under_it():
    county = County()
    case = county.write(MONDAY, about_office=True, text="县政府的人收了钱不办事，请查。")
    case.refresh_from_db()
    assert (case.stage, case.unit_id, case.involved_units) == ("around", None, [])
    inside = [
        *(county.staff, county.leader, county.dispatcher, county.supervisor),
        *(an_official(role, county.township) for role in (Role.HANDLER, Role.HEAD, Role.DISPATCHER)),
    ]
    hand_on_due(MONDAY)
    for actor in inside:
        assert not sees(actor, case), actor
        assert not unread_for(actor, MONDAY).filter(case_id=case.pk).exists(), actor
    assert sees(county.city_dispatcher, case), "one level up somebody has it"
    assert unread_for(county.city_dispatcher, MONDAY).filter(case_id=case.pk).exists()
    chosen = units_to_choose(case, MONDAY.date())
    assert county.bureau in chosen
    assert not {county.government, county.township, county.petition_office} & set(chosen)


def test_what_names_the_office_in_words_goes_around_it_whatever_was_ticked():
    county = County()
    case = county.write(MONDAY, complained_of="演示县政府办公室的张某")
    case.refresh_from_db()
    assert case.stage == "around"
    assert not sees(county.staff, case)


def test_a_letter_that_went_around_is_handled_and_never_comes_to_the_office():
    county = County()
    case = county.write(MONDAY, about_office=True)
    county.do("assign_letter", case, MONDAY, county.city_dispatcher, unit_id=county.bureau.pk)
    with pytest.raises(NotPossible, match="绕开了收信单位"):
        county.do("return_letter", case, MONDAY, county.handler, reason="not_our_duty", note="不归我们")
    county.do("draft_answer", case, MONDAY, county.handler, outcome="explained", reply="已核查。")
    county.do("approve_answer", case, MONDAY, county.head)
    assert not sees(county.staff, case)
    assert not sees(county.leader, case)


def test_a_letter_about_the_office_keeps_its_secret_as_a_petition():
    county = County()
    case = county.write(MONDAY, about_office=True)
    county.do("hand_to_petitions", case, MONDAY, county.city_dispatcher)
    after = case.handed_to.get()
    assert after.against_unit_id == county.government.pk
    for actor in (county.dispatcher, county.supervisor, county.staff):
        assert not cases_for(actor, "petitions.read").filter(pk=after.pk).exists()
    assert cases_for(county.city_dispatcher, "petitions.read").filter(pk=after.pk).exists()


def test_a_letter_that_names_somebody_of_the_office_goes_around_it_though_nothing_was_ticked():
    county = County()
    case = county.write(MONDAY, complained_of=f"你们那里的{county.staff.name}，吃拿卡要")

    assert (case.stage, case.against_unit_id) == ("around", county.government.pk)
    for official in (county.staff, county.leader):
        assert not sees(official, case)
    assert county.write(MONDAY, complained_of="别处的某某").stage != "around"


@pytest.mark.parametrize(
    "words", ["王 建国", "王\u3000建国", "王\u200b建国", "演示 县政府", "演\u202e示县政府"]
)
def test_blanks_and_signs_that_nobody_sees_hide_no_name_of_the_office(words):
    county = County()
    Account.objects.filter(pk=county.staff.account_id).update(name="王建 国")
    case = county.write(MONDAY, complained_of=words)
    assert (case.stage, case.against_unit_id) == ("around", county.government.pk)


def test_what_names_a_unit_above_the_office_or_its_head_goes_around_the_office_too():
    county = County()
    Account.objects.filter(pk=county.leader.account_id).update(name="王建国")
    for words, named in (
        ("演示县政府", (county.government.pk, None)),
        ("县里的王建国", (None, county.leader.account_id)),
    ):
        case = county.write(MONDAY, office=county.town_mailbox.key, complained_of=words)
        assert (case.stage, case.unit_id) == ("around", None)
        assert (case.against_unit_id, case.against_account_id) == named
        assert not cases_for(an_official(Role.HEAD, county.township), "mailbox.read").exists()
        assert sees(county.city_dispatcher, case), "somebody does"
    Account.objects.filter(pk=county.staff.account_id).update(name="李明华")
    case = county.write(MONDAY, office=county.town_mailbox.key, complained_of="县里的李明华")
    assert case.stage == "received", "who only works above commands nobody at the office"


def test_where_nobody_would_be_left_to_see_it_a_letter_about_a_unit_above_stays_with_the_office():
    county = County()
    city = Unit.objects.get(pk=county.city_dispatcher.unit_id)
    above = a_unit("市政府", region=city.region, kind="government")
    Unit.objects.filter(pk__in=(city.pk, county.government.pk)).update(parent=above)
    forget_everything()
    case = county.write(MONDAY, complained_of=f"{above.name}的人")
    assert (case.stage, case.against_unit_id) == ("received", None)


def test_the_names_of_the_office_are_known_to_the_page_though_no_visitor_sees_its_accounts(client):
    county = County()
    assert Account.objects.filter(name=county.staff.name).exists()
    sent = send(client, county, about="others", complained_of=county.staff.name)
    assert sent.status_code == 303
    assert Case.objects.get().against_unit_id == county.government.pk


def test_whom_a_writer_names_is_not_dropped_because_the_choice_above_was_left_as_it_was(client):
    county = County()
    asked = send(client, county, about="nobody", complained_of="某局的某某")
    assert asked.status_code == 422
    assert "请选择反映的是谁" in asked.content.decode()
    assert not Case.objects.exists()


def send(client, county, **more):
    """Post the form of a letter, as a visitor does."""
    letter = {
        "title": "有人吃拿卡要",
        "text": "办证的时候要我请客吃饭。",
        "region-county": county.region.code,
        "name": "赵大爷",
        "phone": "13800001111",
        "privacy": "ordinary",
        "key": a_key(),
    }
    return client.post(f"/mailbox/to/{county.mailbox.key}/new/", letter | more)


def test_a_unit_that_turns_out_to_be_complained_of_loses_the_letter():
    county = County()
    case = county.handling(MONDAY)
    county.do("name_complained_of", case, MONDAY, county.supervisor, against_unit_id=county.bureau.pk)
    case.refresh_from_db()
    assert (case.stage, case.unit_id) == ("around", None)
    assert not sees(county.handler, case)
    assert sees(county.dispatcher, case)


def test_who_wrote_a_confidential_letter_the_office_knows_and_the_unit_does_not():
    county = County()
    case = county.handling(MONDAY, confidential=True)
    case.refresh_from_db()
    assert may_see_requester(county.staff, case)
    assert not may_see_requester(county.handler, case)
    assert not may_see_requester(county.supervisor, case)
