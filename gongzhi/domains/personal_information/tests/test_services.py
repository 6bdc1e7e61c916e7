"""A person's request about their own data, from its submission to its end."""

from datetime import timedelta

import pytest

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.domains.personal_information import services
from gongzhi.domains.personal_information.models import RightsRequest
from gongzhi.domains.personal_information.queries import asker, own_copy
from gongzhi.domains.personal_information.tests.factories import County, a_key, at
from gongzhi.kernel.access.models import Look
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import dead_letters, hand_on_due
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Particulars, Person
from gongzhi.kernel.people.persons import person_for
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.kernel.retention.forgetting import forget_due
from gongzhi.kernel.retention.holds import Order, Subject, set_hold

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def test_the_answer_is_due_in_fifteen_working_days_and_says_that_no_law_fixes_them():
    deadline = County().submit(MONDAY).deadlines.get()

    assert f"{deadline.due_at:%Y-%m-%d}" == "2026-03-23"
    assert "配置" in deadline.basis


def test_nobody_unknown_asks_and_nobody_asks_twice_at_once():
    county = County()
    with pytest.raises(NotAllowed, match="查询码"):
        county.submit(MONDAY, person=Actor(role=Role.CITIZEN))
    first = county.submit(MONDAY)
    with pytest.raises(NotPossible, match=first.number):
        county.submit(MONDAY)
    county.submit(MONDAY, right="delete")

    assert Case.objects.count() == RightsRequest.objects.count() == 2


def test_sending_twice_registers_once_and_another_content_is_refused():
    county, key = County(), a_key()
    first = county.submit(MONDAY, key=key)

    assert county.submit(MONDAY, key=key).pk == first.pk
    with pytest.raises(Conflict):
        county.submit(MONDAY, key=key, text="完全不同的话。")
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "asked", [{"right": "correct"}, {"right": "see", "new_name": "钱"}, {"right": "sell"}]
)
def test_a_correction_says_what_to_and_nothing_else_does(asked):
    with pytest.raises(NotPossible):
        County().submit(MONDAY, **asked)
    assert not Case.objects.exists()


def test_who_proved_does_not_decide():
    county = County()
    case = county.proved(MONDAY, by=county.head)

    with pytest.raises(NotAllowed, match="另一个人"):
        county.grant(case, MONDAY)
    with pytest.raises(NotAllowed):
        county.grant(case, MONDAY, by=county.handler)
    assert county.grant(case, MONDAY, by=an_official(Role.HEAD, county.bureau)).stage == "granted"


def test_the_copy_is_given_to_nobody_else_not_before_and_not_for_ever():
    county = County()
    person, other = county.person(), county.person("13800003333", "孙大嫂")
    waiting = county.proved(MONDAY, person=person)
    with pytest.raises(NotPossible, match="还没有同意"):
        own_copy(actor=person, case_id=waiting.pk, now=MONDAY)
    case = county.grant(waiting, MONDAY)
    with pytest.raises(NotPossible):
        own_copy(actor=other, case_id=case.pk, now=MONDAY)
    with pytest.raises(NotAllowed):
        own_copy(actor=county.head, case_id=case.pk, now=MONDAY)
    with pytest.raises(NotPossible, match="三十天"):
        own_copy(actor=person, case_id=case.pk, now=MONDAY + timedelta(days=30))


def test_a_correction_is_made_when_it_is_granted_and_found_again_by():
    county = County()
    person = county.person()
    proved = county.proved(MONDAY, person=person, right="correct", new_phone="13900004444", new_name="赵大业")
    assert Particulars.objects.get(pk=person.person_id).phone == "13800001111"
    kept = bytes(RightsRequest.objects.get().new_phone_sealed)
    assert kept and b"13900004444" not in kept

    county.grant(proved, MONDAY)

    corrected = Particulars.objects.get(pk=person.person_id)
    assert (corrected.name, corrected.phone) == ("赵大业", "13900004444")
    assert Person.objects.get(pk=person.person_id).phone_tail == "4444"
    assert person_for(name="赵大业", phone="13900004444", now=MONDAY) == person.person_id
    assert person_for(name="赵大爷", phone="13800001111", now=MONDAY) != person.person_id


def test_a_correction_that_would_make_two_records_one_is_refused_and_nothing_is_written():
    county = County()
    county.person("13900004444", "赵大爷")
    proved = county.proved(MONDAY, right="correct", new_phone="13900004444")

    with pytest.raises(NotPossible, match="另一份记录"):
        county.grant(proved, MONDAY)
    assert Case.objects.get(pk=proved.pk).stage == "handling"


def forget(now):
    while forget_due(now):
        pass


def test_a_person_may_change_their_mind_until_the_day():
    county = County()
    person = county.person()
    case = county.granted(MONDAY, person=person, right="delete")

    services.stay_known(actor=person, case_id=case.pk, now=MONDAY)
    forget(MONDAY + timedelta(days=8))

    assert Particulars.objects.filter(pk=person.person_id).exists()
    with pytest.raises(NotPossible):
        services.stay_known(actor=county.person("13800005555", "李四"), case_id=case.pk, now=MONDAY)


def test_a_refusal_names_its_article_and_is_told_to_the_person():
    county = County()
    case = services.refuse_rights_request(
        actor=county.head,
        case_id=county.assigned(MONDAY).pk,
        reason="not_proved",
        reply="电话里没有答出经过，请带证件到窗口。",
        now=MONDAY,
        key=a_key(),
    )
    hand_on_due(at(3, 3))

    assert (case.stage, case.outcome) == ("refused", "rejected")
    assert RightsRequest.objects.get(pk=case.pk).reply.startswith("电话里")
    assert not dead_letters().exists()
    assert Message.objects.filter(case_id=case.pk, channel="sms").count() == 2
    assert Message.objects.filter(case_id=case.pk, unit_id=county.bureau.pk).exists()


def test_who_proves_opens_the_contact_for_that_and_the_person_reads_of_it():
    county = County()
    case = county.assigned(MONDAY)

    shown = asker(actor=county.handler, case_id=case.pk, words="回拨核实", now=MONDAY)

    assert shown.phone == "13800001111"
    assert Look.objects.get().purpose == "personal_information.prove"
    with pytest.raises(NotPossible):
        asker(actor=County("410102").handler, case_id=case.pk, words="好奇", now=MONDAY)


def test_the_person_may_withdraw():
    county = County()
    person = county.person()
    case = county.submit(MONDAY, person=person)

    done = services.withdraw_rights_request(actor=person, case_id=case.pk, now=MONDAY, key=a_key())
    assert done.stage == "withdrawn"


@pytest.mark.parametrize("end", ["granted", "refused", "withdrawn"])
def test_what_was_to_be_put_right_is_kept_no_longer_than_until_it_is_decided(end):
    county = County()
    person = county.person()
    case = county.proved(MONDAY, person=person, right="correct", new_address="幸福路1号")
    assert RightsRequest.objects.get().new_address == "幸福路1号"

    if end == "granted":
        county.grant(case, MONDAY)
    elif end == "refused":
        services.refuse_rights_request(
            actor=county.head, case_id=case.pk, reason="accurate", reply="无误", now=MONDAY, key=a_key()
        )
    else:
        services.withdraw_rights_request(actor=person, case_id=case.pk, now=MONDAY, key=a_key())

    asked = RightsRequest.objects.get()
    assert (asked.new_name, asked.new_phone, asked.new_address) == ("", "", "")


def test_only_a_granted_deletion_is_taken_back_and_only_before_its_day():
    county = County()
    person = county.person()
    deletion = county.granted(MONDAY, person=person, right="delete")
    see = county.submit(MONDAY, person=person)

    with pytest.raises(NotPossible, match="不是一件已同意的删除"):
        services.stay_known(actor=person, case_id=see.pk, now=MONDAY)
    services.withdraw_rights_request(actor=person, case_id=see.pk, now=MONDAY, key=a_key())
    forget(MONDAY + timedelta(days=8))
    with pytest.raises(NotPossible, match="已经不能取消"):
        services.stay_known(actor=person, case_id=deletion.pk, now=MONDAY + timedelta(days=8))
    assert Person.objects.get(pk=person.person_id).erase_on is not None


def test_a_hold_on_the_cases_of_a_unit_refuses_the_deletion():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre)
    proved = county.proved(MONDAY, right="delete")
    set_hold(
        actor=supervisor,
        subject=Subject(unit_id=county.bureau.pk, opened_from=MONDAY.date(), opened_to=MONDAY.date()),
        order=Order(reason="侦查需要", authority="某县公安局", reference="调证〔2026〕3号"),
        now=MONDAY,
    )

    with pytest.raises(NotPossible, match="现在不能删除"):
        county.grant(proved, MONDAY)
