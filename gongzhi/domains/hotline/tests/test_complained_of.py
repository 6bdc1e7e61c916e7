"""A request about a unit or an official: how they are named, what is then taken from their sight, what stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Draw, Request
from gongzhi.domains.hotline.queries.public import public_request, published_draws
from gongzhi.domains.hotline.queries.requests import lookers, read_case
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.inbox import messages_for, unread_count
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db
NOON, LATER = at(3, 9, 12), at(3, 9, 15)


@pytest.fixture
def county():
    return County()


def name(county, request, now=LATER, key=None, actor=None, **whom):
    return services.name_complained_of(
        actor=actor or county.dispatcher, case_id=request.pk, now=now, key=key or a_key(), **whom
    )


def username(actor):
    return Account.objects.get(pk=actor.account_id).username


def test_a_unit_named_before_dispatch_does_not_get_the_request(county):
    request = county.submit(NOON)
    case = name(county, request, against_unit_id=county.bureau.pk)
    assert (case.stage, case.against_unit_id) == ("received", county.bureau.pk)
    with pytest.raises(NotPossible, match="不能交给被反映的单位"):
        services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=LATER, key=a_key())


def test_an_official_is_named_by_name_or_username(county):
    request = county.submit(NOON)
    case = name(county, request, official=username(county.handler))
    assert case.against_account_id == county.handler.account_id
    again = name(county, request, official=county.head.name)
    assert (again.against_unit_id, again.against_account_id) == (None, county.head.account_id)


def test_an_official_whom_nobody_knows_or_several_share_is_asked_for_again(county):
    request = county.submit(NOON)
    with pytest.raises(NotPossible, match="没有找到这位工作人员"):
        name(county, request, official="无此人")
    Account.objects.filter(pk__in=(county.handler.account_id, county.other_handler.account_id)).update(
        name="张同名"
    )
    with pytest.raises(NotPossible, match="同名"):
        name(county, request, official="张同名")
    case = name(county, request, official="张同名", against_unit_id=county.other.pk)
    assert case.against_account_id == county.other_handler.account_id


def test_naming_says_whom_or_that_it_is_nobody(county):
    request = county.submit(NOON)
    with pytest.raises(NotPossible, match="请选择被反映的单位"):
        name(county, request)
    with pytest.raises(NotPossible, match="只保留一项"):
        name(county, request, nobody=True, against_unit_id=county.bureau.pk)
    with pytest.raises(NotAllowed):
        name(county, request, actor=county.handler, nobody=True)
    assert name(county, request, nobody=True).against_unit_id is None


def test_naming_twice_with_one_key_is_naming_once(county):
    request, key = county.dispatched(NOON), a_key()
    for _ in range(2):
        case = name(county, request, key=key, against_unit_id=county.bureau.pk)
    assert case.steps.filter(move="name").count() == 1
    with pytest.raises(Conflict):
        name(county, request, key=key, against_unit_id=county.other.pk)


def test_a_request_that_lies_with_the_unit_complained_of_goes_back_and_out_of_its_sight(county):
    request = county.handling(NOON)
    hand_on_due(NOON)
    assert messages_for(county.handler).exists() and unread_count(county.handler, NOON)

    case = name(county, request, against_unit_id=county.bureau.pk)

    assert (case.stage, case.unit_id) == ("received", None)
    assert not messages_for(county.handler).exists() and not unread_count(county.handler, NOON)
    with pytest.raises(NotPossible):
        read_case(county.handler, request.pk)
    hand_on_due(LATER)
    assert "另行派发" in messages_for(county.dispatcher).first().text
    services.dispatch_request(
        actor=county.dispatcher, case_id=request.pk, unit_id=county.other.pk, now=LATER, key=a_key()
    )
    assert read_case(county.other_handler, request.pk).unit_id == county.other.pk


def test_the_colleagues_of_an_official_go_on_and_the_official_does_not(county):
    request = county.handling(NOON)
    case = name(county, request, official=username(county.handler))
    assert (case.stage, case.unit_id) == ("handling", county.bureau.pk)
    assert read_case(county.head, request.pk)
    with pytest.raises(NotPossible):
        read_case(county.handler, request.pk)


def test_naming_the_head_takes_it_from_the_whole_unit(county):
    request = county.handling(NOON)
    case = name(county, request, official=username(county.head))
    assert (case.stage, case.unit_id) == ("received", None)
    with pytest.raises(NotPossible):
        read_case(county.handler, request.pk)


def test_an_arbiter_complained_of_settles_nothing(county):
    request = county.dispatched(NOON)
    case = name(county, request, against_unit_id=county.arbitration.pk)
    assert (case.stage, case.arbiter_unit_id) == ("dispatched", None)
    for _ in range(2):
        services.return_request(
            actor=county.handler,
            case_id=request.pk,
            reason="not_our_duty",
            note="不归我们",
            now=LATER,
            key=a_key(),
        )
        services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=LATER, key=a_key())
    assert Case.objects.get(pk=request.pk).stage == "dispatched"


def test_a_unit_that_helps_and_is_named_helps_no_more(county):
    request = county.handling(NOON)
    invite(county, request, county.other)
    name(county, request, against_unit_id=county.other.pk)
    case = Case.objects.get(pk=request.pk)
    child = case.children.get()
    assert (case.stage, case.involved_units) == ("handling", [])
    assert (child.stage, child.against_unit_id) == ("called_off", county.other.pk)
    for hidden in (request.pk, child.pk):
        with pytest.raises(NotPossible):
            read_case(county.other_handler, hidden)
    services.reply_to_request(
        actor=county.handler,
        case_id=request.pk,
        reply="已查明。",
        outcome="explained",
        now=LATER,
        key=a_key(),
    )


def test_what_the_person_wrote_must_be_looked_into_before_dispatch(county):
    request = county.submit(NOON, complained_of="城管局李某", may_publish=True)
    assert public_request(request.pk) is None
    with pytest.raises(NotPossible, match="反映人写明了反映的对象"):
        services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=NOON, key=a_key())
    name(county, request, nobody=True)
    services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=LATER, key=a_key())
    assert Request.objects.get(pk=request.pk).complained_of == "城管局李某"


def test_a_complaint_is_not_public_any_more(county):
    request = county.replied(NOON, may_publish=True)
    assert public_request(request.pk) is not None
    name(county, request, against_unit_id=county.bureau.pk)
    assert public_request(request.pk) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=request.pk).update(public=True)


def test_links_to_a_complaint_are_cut_and_no_new_ones_made(county):
    first, second = county.submit(NOON), county.submit(NOON)
    services.link_duplicate(actor=county.dispatcher, case_id=second.pk, main_id=first.pk, now=NOON)
    name(county, first, against_unit_id=county.bureau.pk)
    assert not Request.objects.filter(duplicate_of__isnull=False).exists()
    with pytest.raises(NotPossible, match="单独保密办理"):
        services.link_duplicate(actor=county.dispatcher, case_id=second.pk, main_id=first.pk, now=LATER)


def test_a_matter_one_must_not_know_of_is_refused_like_one_that_is_not_there(county):
    insider = an_official(Role.DISPATCHER, county.bureau, region_code="410523")
    request = county.submit(NOON, against_unit_id=county.bureau.pk)
    said = set()
    for case_id in (request.pk, request.pk + 1):
        for act in (
            lambda pk: services.dispatch_request(actor=insider, case_id=pk, now=NOON, key=a_key()),
            lambda pk: services.divert_request(
                actor=insider, case_id=pk, route="discipline", note="请找纪委", now=NOON, key=a_key()
            ),
            lambda pk: name(county, Case(pk=pk), actor=insider, nobody=True),
            lambda pk: services.link_duplicate(actor=insider, case_id=pk, main_id=pk, now=NOON),
            lambda pk: read_case(insider, pk),
        ):
            with pytest.raises(NotPossible) as refusal:
                act(case_id)
            said.add(str(refusal.value))
    assert len(said) == 1


def test_whoever_is_complained_of_names_nobody_away(county):
    insider = an_official(Role.DISPATCHER, county.bureau, region_code="410523")
    request = county.submit(NOON, against_unit_id=county.bureau.pk)
    with pytest.raises(NotPossible):
        name(county, request, actor=insider, nobody=True)
    assert Case.objects.get(pk=request.pk).against_unit_id == county.bureau.pk


def test_a_complaint_is_not_drawn_and_a_lot_named_later_is_no_longer_published(county):
    plain, early, late = (county.replied(NOON) for _ in range(3))
    name(county, early, against_unit_id=county.other.pk)
    draw = Draw.objects.create(
        region_code="410523",
        replied_from=NOON.date(),
        replied_to=NOON.date(),
        size=9,
        seed="s",
        seed_hash="h",
        announced_at=NOON,
        key=a_key(),
    )
    services.draw_sample(actor=county.dispatcher, draw_id=draw.pk, now=NOON + timedelta(days=1))
    assert set(draw.drawn.values_list("case_id", flat=True)) == {plain.pk, late.pk}
    name(county, late, now=NOON + timedelta(days=2), against_unit_id=county.other.pk)
    assert [one.number_drawn for one in published_draws().get(pk=draw.pk).published.all()] == [plain.pk]


def test_who_asked_in_confidence_is_not_named_among_those_who_looked(county):
    request = county.handling(NOON, confidential=True)
    asker = county.asker(request)
    account = Account.objects.create(username="asker", name="赵大爷", person_id=asker.person_id)
    services.add_to_request(
        actor=type(asker)(role=Role.CITIZEN, person_id=asker.person_id, account_id=account.pk),
        case_id=request.pk,
        note="还有一盏",
        now=LATER,
        key=a_key(),
    )
    assert "赵大爷" not in {
        row["who"] for row in lookers(county.handler, read_case(county.handler, request.pk))
    }


def invite(county, request, *units, now=NOON):
    return services.invite_units(
        actor=county.handler,
        case_id=request.pk,
        units=[unit.pk for unit in units],
        note="请查线路",
        now=now,
        key=a_key(),
    )


def test_a_unit_is_not_invited_twice_while_it_helps(county):
    request = county.handling(NOON)
    invite(county, request, county.other)
    with pytest.raises(NotPossible, match="已经邀请过"):
        invite(county, request, county.other, county.arbitration)
    assert Case.objects.filter(parent_id=request.pk).count() == 1


def test_a_unit_that_was_excused_no_longer_reads_the_request_and_may_be_asked_again(county):
    request = county.handling(NOON)
    invite(county, request, county.other)
    child = Case.objects.get(parent_id=request.pk)
    assert read_case(county.other_handler, request.pk)
    services.move_request(
        actor=county.other_handler, case_id=child.pk, move="excuse", note="与我无关", now=NOON, key=a_key()
    )
    with pytest.raises(NotPossible):
        read_case(county.other_handler, request.pk)
    invite(county, request, county.other, now=LATER)
    assert read_case(county.other_handler, request.pk)


def test_withdrawing_ends_the_part_of_units_that_help(county):
    request = county.handling(NOON)
    invite(county, request, county.other)
    child = Case.objects.get(parent_id=request.pk)
    case = services.withdraw_request(actor=county.asker(request), case_id=request.pk, now=LATER, key=a_key())
    child.refresh_from_db()
    assert (case.stage, child.stage, child.closed_at) == ("withdrawn", "called_off", LATER)
    assert Case.objects.get(pk=request.pk).involved_units == []
    assert not child.deadlines.filter(stopped_at=None).exists()
