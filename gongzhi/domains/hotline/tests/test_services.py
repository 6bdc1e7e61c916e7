"""A request from what a person says to the grade they give, and the ways it is declined."""

from datetime import UTC
from io import BytesIO

import pytest
from django.utils.timezone import localdate

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.services.sampling import ticket
from gongzhi.domains.hotline.tests.factories import County, a_key, anonymous, at
from gongzhi.kernel.cases import watch
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.papers import open_paper
from gongzhi.kernel.cases.reading import steps_of, told_to_person
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.organisations.models import LocalValue
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Person
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def stage_of(request):
    return Case.objects.values_list("stage", flat=True).get(pk=request.pk)


def facts(request):
    return list(Outbox.objects.filter(case_id=request.pk).order_by("id").values_list("key", flat=True))


def due_day(request, clock):
    return localdate(request.case.deadlines.get(clock=clock, stopped_at=None).due_at)


def test_a_request_is_registered_at_once_with_a_code_and_a_promise():
    request = County().submit(MONDAY)
    assert (request.case.stage, request.case.channel) == ("received", "web")
    assert due_day(request, "promise") == at(3, 9).date()
    assert request.case.deadlines.get(clock="promise").basis.startswith("安阳市政务服务条例（2021）第五十条")
    assert facts(request) == ["hotline.request.received"]
    assert Person.objects.get().phone_tail == "1111"


def test_submitting_twice_with_one_key_gives_one_request():
    county, key = County(), a_key()
    first, second = county.submit(MONDAY, key=key), county.submit(at(3, 3), key=key)
    assert first.pk == second.pk
    assert (Request.objects.count(), Outbox.objects.count(), Person.objects.count()) == (1, 1, 1)
    with pytest.raises(Conflict):
        county.submit(MONDAY, key=key, title="另一件事")
    assert Request.objects.count() == 1


def test_dispatch_goes_to_the_unit_that_the_list_names():
    county = County()
    request = county.dispatched(MONDAY)
    case = Case.objects.get(pk=request.pk)
    assert (case.stage, case.unit_id, case.arbiter_unit_id) == (
        "dispatched",
        county.bureau.pk,
        county.arbitration.pk,
    )
    assert due_day(request, "answer") == at(3, 9).date()
    assert case.deadlines.get(clock="promise").unit_id == county.bureau.pk
    assert case.steps.get(move="dispatch").answers["listed"] is True


def test_a_category_the_list_does_not_know_needs_a_chosen_unit():
    county = County()
    request = county.submit(MONDAY, category="")
    with pytest.raises(NotPossible, match="职责清单"):
        services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=MONDAY, key=a_key())
    services.dispatch_request(
        actor=county.dispatcher, case_id=request.pk, now=MONDAY, key=a_key(), unit_id=county.other.pk
    )
    assert Case.objects.get(pk=request.pk).unit_id == county.other.pk


def test_a_complaint_is_never_given_to_the_unit_it_is_about_not_even_by_the_list():
    county = County()
    request = county.submit(MONDAY, against_unit_id=county.bureau.pk)
    with pytest.raises(NotPossible, match="被反映的单位"):
        services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=MONDAY, key=a_key())
    assert stage_of(request) == "received"


def test_a_call_taker_cannot_dispatch():
    county = County()
    request = county.submit(MONDAY)
    with pytest.raises(NotAllowed):
        services.dispatch_request(actor=county.call_taker, case_id=request.pk, now=MONDAY, key=a_key())
    assert stage_of(request) == "received"


def test_a_dispatcher_of_another_county_cannot_dispatch():
    county, elsewhere = County(), County("410522")
    request = county.submit(MONDAY)
    with pytest.raises(NotAllowed):
        services.dispatch_request(actor=elsewhere.dispatcher, case_id=request.pk, now=MONDAY, key=a_key())
    assert stage_of(request) == "received"


def test_a_unit_returns_within_a_day_with_a_reason_and_not_later():
    county = County()
    request = county.dispatched(MONDAY)
    with pytest.raises(NotPossible, match="理由"):
        services.return_request(
            actor=county.handler, case_id=request.pk, reason="tired", note="x", now=MONDAY, key=a_key()
        )
    with pytest.raises(NotPossible, match="届满"):
        services.return_request(
            actor=county.handler,
            case_id=request.pk,
            reason="not_our_duty",
            note="归电力公司",
            now=at(3, 3, 9, 1),
            key=a_key(),
        )
    assert stage_of(request) == "dispatched"
    services.return_request(
        actor=county.handler,
        case_id=request.pk,
        reason="not_our_duty",
        note="归电力公司",
        now=at(3, 3, 8),
        key=a_key(),
    )
    assert stage_of(request) == "received"


def test_after_two_returns_the_arbiter_decides_and_the_clock_keeps_running():
    county = County()
    request = county.dispatched(MONDAY)
    give_back(county.handler, request, at(3, 2, 10))
    services.dispatch_request(
        actor=county.dispatcher, case_id=request.pk, now=at(3, 2, 11), key=a_key(), unit_id=county.other.pk
    )
    answer_by = due_day(request, "answer")
    give_back(county.other_handler, request, at(3, 2, 12))
    assert stage_of(request) == "disputed"

    services.settle_dispute(
        actor=county.arbiter,
        case_id=request.pk,
        unit_id=county.bureau.pk,
        note="路灯属城市管理局职责",
        now=at(3, 3),
        key=a_key(),
    )
    assert stage_of(request) == "handling"
    assert due_day(request, "answer") == answer_by


def give_back(actor, request, now):
    services.return_request(
        actor=actor, case_id=request.pk, reason="not_our_duty", note="不归我们", now=now, key=a_key()
    )


def test_an_instant_matter_asks_for_a_response_within_two_hours():
    county = County()
    request = county.dispatched(MONDAY, category=county.outage.key)
    respond = request.case.deadlines.get(clock="respond")
    assert respond.due_at == at(3, 2, 11)
    services.respond_at_once(
        actor=county.handler, case_id=request.pk, note="已到现场抢修", now=at(3, 2, 10), key=a_key()
    )
    respond.refresh_from_db()
    assert (respond.stopped_at, stage_of(request)) == (at(3, 2, 10), "dispatched")


def test_a_complaint_about_the_business_environment_has_thirty_days_by_provincial_law():
    county = County()
    request = county.handling(MONDAY, category=county.climate.key, kind="complaint")
    assert due_day(request, "business") == due_day(request, "business_promise") == at(4, 1).date()
    assert not request.case.deadlines.filter(clock__in=("answer", "promise")).exists()
    services.extend_request(actor=county.head, case_id=request.pk, note="要核账", now=at(3, 20), key=a_key())
    assert due_day(request, "business") == at(5, 6).date()  # 1 May falls into the holidays


def test_only_the_head_extends_once_by_five_working_days_and_the_person_is_told():
    county = County()
    request = county.handling(MONDAY)
    with pytest.raises(NotAllowed):
        services.extend_request(
            actor=county.handler, case_id=request.pk, note="要等配件", now=at(3, 5), key=a_key()
        )
    services.extend_request(actor=county.head, case_id=request.pk, note="要等配件", now=at(3, 5), key=a_key())
    assert due_day(request, "answer") == due_day(request, "promise") == at(3, 16).date()
    assert facts(request)[-1] == "hotline.request.extended"
    with pytest.raises(NotPossible):
        services.extend_request(
            actor=county.head, case_id=request.pk, note="还要等", now=at(3, 6), key=a_key()
        )


def test_an_invited_unit_is_waited_for():
    county = County()
    request = county.handling(MONDAY)
    services.invite_units(
        actor=county.handler,
        case_id=request.pk,
        units=[county.other.pk],
        note="请核实线路",
        now=MONDAY,
        key=a_key(),
    )
    child = Case.objects.get(parent_id=request.pk)
    with pytest.raises(NotPossible, match="协办"):
        reply(county, request)
    for move, note in (("join", ""), ("contribute", "线路正常")):
        services.move_request(
            actor=county.other_handler, case_id=child.pk, move=move, note=note, now=MONDAY, key=a_key()
        )
    reply(county, request)
    assert stage_of(request) == "replied"


def reply(county, request, actor=None, now=MONDAY):
    return services.reply_to_request(
        actor=actor or county.handler,
        case_id=request.pk,
        reply="三盏灯已经修好。",
        outcome="solved",
        now=now,
        key=a_key(),
    )


def test_where_the_city_asks_for_it_a_second_person_checks_the_reply():
    county = County()
    LocalValue.objects.create(
        region=county.region,
        key="hotline.reply_review",
        value=True,
        since=at(1, 1).date(),
        basis="汤阴县规定（测试）",
    )
    forget_everything()
    request = county.handling(MONDAY)
    reply(county, request, actor=county.head)
    assert stage_of(request) == "review"
    with pytest.raises(NotAllowed, match="另一个人"):
        services.approve_reply(actor=county.head, case_id=request.pk, now=MONDAY, key=a_key())
    second = an_official(Role.HEAD, county.bureau)
    services.approve_reply(actor=second, case_id=request.pk, now=at(3, 3), key=a_key())
    kept = Request.objects.get(pk=request.pk)
    assert (stage_of(request), kept.replied_at) == ("replied", at(3, 3))
    forget_everything()


def test_solved_and_explained_are_kept_apart():
    county = County()
    for outcome in ("solved", "explained", "rejected"):
        request = county.replied(MONDAY, outcome=outcome, phone="1380000222" + str(len(outcome) % 10))
        assert Case.objects.get(pk=request.pk).outcome == outcome


def test_the_person_rates_and_after_the_window_the_case_closes_itself():
    county = County()
    request = county.replied(MONDAY)
    services.rate_request(
        actor=county.asker(request), case_id=request.pk, grade=5, words="修得快", now=at(3, 3), key=a_key()
    )
    assert stage_of(request) == "rated"
    assert watch.lapse_due(at(3, 17, 23)) == 0
    watch.lapse_due(at(3, 18))
    case = Case.objects.get(pk=request.pk)
    assert (case.stage, case.outcome, case.closed_at) == ("closed", "solved", at(3, 18))


def test_a_stranger_cannot_rate():
    county = County()
    request = county.replied(MONDAY)
    for actor in (anonymous(), county.dispatcher, county.handler):
        with pytest.raises(NotAllowed):
            services.rate_request(actor=actor, case_id=request.pk, grade=5, words="", now=MONDAY, key=a_key())
    assert stage_of(request) == "replied"


def test_a_bad_grade_is_called_back_within_one_working_day():
    county = County()
    request = county.replied(MONDAY)
    services.rate_request(
        actor=county.asker(request), case_id=request.pk, grade=1, words="没人来", now=at(3, 3), key=a_key()
    )
    assert stage_of(request) == "dissatisfied"
    assert due_day(request, "revisit") == at(3, 4).date()
    services.rework_request(
        actor=county.dispatcher,
        case_id=request.pk,
        unit_id=county.bureau.pk,
        note="情况属实，请重新处理",
        now=at(3, 4),
        key=a_key(),
    )
    kept = Request.objects.get(pk=request.pk)
    assert (stage_of(request), kept.grade) == ("dispatched", None)


def test_a_grade_outside_the_five_is_refused():
    county = County()
    request = county.replied(MONDAY)
    for grade in (0, 6, -1):
        with pytest.raises(NotPossible, match="五档"):
            services.rate_request(
                actor=county.asker(request),
                case_id=request.pk,
                grade=grade,
                words="",
                now=MONDAY,
                key=a_key(),
            )


def test_a_contested_answer_is_looked_at_by_someone_who_had_no_hand_in_it():
    county = County()
    request = county.replied(MONDAY)
    services.contest_reply(
        actor=county.asker(request), case_id=request.pk, note="灯还是不亮", now=at(3, 4), key=a_key()
    )
    assert stage_of(request) == "contested"
    services.reopen_request(
        actor=county.reviewer,
        case_id=request.pk,
        unit_id=county.other.pk,
        note="现场核实灯未亮",
        now=at(3, 5),
        key=a_key(),
    )
    case = Case.objects.get(pk=request.pk)
    assert (case.stage, case.unit_id, case.outcome) == ("dispatched", county.other.pk, "")
    assert due_day(request, "answer") == at(3, 12).date()


def test_the_window_for_contesting_ends():
    county = County()
    request = county.replied(MONDAY)
    with pytest.raises(NotPossible, match="届满"):
        services.contest_reply(
            actor=county.asker(request), case_id=request.pk, note="灯还是不亮", now=at(3, 20), key=a_key()
        )


def test_a_matter_that_belongs_elsewhere_is_shown_the_way():
    county = County()
    request = county.submit(MONDAY)
    services.divert_request(
        actor=county.dispatcher,
        case_id=request.pk,
        route="litigation",
        note="此事已在法院审理，请向承办法官了解。",
        now=MONDAY,
        key=a_key(),
    )
    case = Case.objects.get(pk=request.pk)
    assert (case.stage, case.outcome, case.is_closed) == ("diverted", "transferred", True)


def test_duplicates_are_linked_and_each_keeps_its_own_case():
    county = County()
    main, second = county.submit(MONDAY), county.submit(at(3, 3), phone="13800002222")
    services.link_duplicate(actor=county.dispatcher, case_id=second.pk, main_id=main.pk, now=at(3, 3))
    second.refresh_from_db()
    assert (second.duplicate_of_id, Case.objects.count()) == (main.pk, 2)
    with pytest.raises(NotPossible):
        services.link_duplicate(actor=county.dispatcher, case_id=main.pk, main_id=second.pk, now=at(3, 3))


def test_a_city_may_set_its_own_limit_and_older_cases_keep_theirs():
    county = County()
    older = county.submit(MONDAY)
    LocalValue.objects.create(
        region=county.region,
        key="hotline.request.promise",
        value=3,
        since=at(3, 3).date(),
        basis="汤阴县承诺（测试）",
    )
    forget_everything()
    newer = county.submit(at(3, 3))
    assert (due_day(older, "promise"), due_day(newer, "promise")) == (at(3, 9).date(), at(3, 6).date())
    forget_everything()


def test_the_sample_can_be_drawn_again_by_anyone_from_the_published_seed():
    county = County()
    for number in range(6):
        county.replied(MONDAY, phone=f"1380000333{number}")
    draw = services.announce_draw(
        actor=county.dispatcher,
        replied_from=at(3, 1).date(),
        replied_to=at(3, 3).date(),
        size=3,
        now=at(3, 2),
        key=a_key(),
    )
    with pytest.raises(NotPossible, match="没有结束"):
        services.draw_sample(actor=county.dispatcher, draw_id=draw.pk, now=at(3, 3))
    draw = services.draw_sample(actor=county.dispatcher, draw_id=draw.pk, now=at(3, 4))
    drawn = list(draw.drawn.order_by("position").values_list("case_id", flat=True))
    everyone = list(Request.objects.values_list("pk", flat=True))
    assert drawn == sorted(everyone, key=lambda pk: ticket(draw.seed, pk))[:3]
    assert services.draw_sample(actor=county.dispatcher, draw_id=draw.pk, now=at(3, 5)).drawn_at == at(3, 4)


def test_a_file_is_added_by_those_who_may_and_read_by_those_who_may(settings, tmp_path):
    settings.DOCUMENTS_ROOT = tmp_path
    county = County()
    request = county.dispatched(MONDAY)
    document = services.attach_file(
        actor=county.asker(request),
        case_id=request.pk,
        name="说明.txt",
        content=BytesIO("路灯编号 17".encode()),
        now=MONDAY,
    )
    paper = {"reads": "hotline.read", "case_id": request.pk, "document_id": document.pk}
    kept, content = open_paper(actor=county.handler, **paper, now=MONDAY)
    assert (kept.name, content.read().decode()) == ("说明.txt", "路灯编号 17")
    for stranger in (county.other_handler, anonymous()):
        with pytest.raises((NotAllowed, NotPossible)):
            open_paper(actor=stranger, **paper, now=MONDAY)
        with pytest.raises((NotAllowed, NotPossible)):
            services.attach_file(
                actor=stranger, case_id=request.pk, name="x.txt", content=BytesIO(b"x"), now=MONDAY
            )


def test_a_bad_grade_comes_too_late_when_a_good_one_does():
    county = County()
    request = county.replied(MONDAY)
    for grade in (5, 1):
        with pytest.raises(NotPossible, match="届满"):
            services.rate_request(
                actor=county.asker(request),
                case_id=request.pk,
                grade=grade,
                words="",
                now=at(5, 1),
                key=a_key(),
            )


def test_a_sample_is_drawn_from_the_midnight_after_its_last_day():
    county = County()
    day = MONDAY.date()
    draw = services.announce_draw(
        actor=county.dispatcher, replied_from=day, replied_to=day, size=1, now=MONDAY, key=a_key()
    )
    midnight = at(3, MONDAY.day + 1, 0, 5).astimezone(UTC)
    assert services.draw_sample(actor=county.dispatcher, draw_id=draw.pk, now=midnight).drawn_at == midnight


def test_words_between_offices_are_not_read_by_the_person():
    county = County()
    request = county.submit(MONDAY)
    services.dispatch_request(
        actor=county.dispatcher, case_id=request.pk, now=MONDAY, key=a_key(), note="请尽快，内部提醒"
    )
    services.supervise_request(
        actor=county.supervisor, case_id=request.pk, note="督办要求", now=MONDAY, key=a_key()
    )
    services.move_request(actor=county.handler, case_id=request.pk, move="accept", now=MONDAY, key=a_key())
    services.report_progress(
        actor=county.handler, case_id=request.pk, note="配件明天到", now=MONDAY, key=a_key()
    )
    case = Case.objects.get(pk=request.pk)
    assert [told.said for told in told_to_person(case)] == ["配件明天到", "", "", "", ""]
    assert "请尽快，内部提醒" in [told.said for told in steps_of(case)]


def test_a_key_used_for_one_sample_is_refused_for_another():
    county, key = County(), a_key()
    asked = {"replied_from": at(3, 1).date(), "replied_to": at(3, 3).date(), "now": MONDAY, "key": key}
    first = services.announce_draw(actor=county.dispatcher, size=3, **asked)
    assert services.announce_draw(actor=county.dispatcher, size=3, **asked).pk == first.pk
    with pytest.raises(Conflict):
        services.announce_draw(actor=county.dispatcher, size=4, **asked)


TELLING = "已联系张建国，住槐荫小区3号楼2单元502室，灯已修好。"


def answer(county, request, reply):
    return services.reply_to_request(
        actor=county.handler,
        case_id=request.pk,
        reply=reply,
        outcome="solved",
        now=MONDAY,
        key=a_key(),
    )


def test_an_answer_may_name_whom_it_concerns():
    county = County()
    request = county.handling(MONDAY)

    answer(county, request, TELLING)

    request.refresh_from_db()
    assert request.reply == TELLING
    assert stage_of(request) == "replied"
