"""A petition from its registration to its end: each rule of the regulation is held by the use cases."""

import pytest

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.domains.petitions.models import JointPetitioner, Opinion, Petition, Recommendation, Review
from gongzhi.domains.petitions.queries.matters import joint_of, live_duplicates, matter_for
from gongzhi.domains.petitions.services.reviewing import superior_of
from gongzhi.domains.petitions.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.watch import lapse_due
from gongzhi.kernel.delivery.hand_on import dead_letters, hand_on_due
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def running(case):
    """The clocks that run, with their last day and their rule."""
    rows = case.deadlines.filter(stopped_at=None)
    return {d.clock: (f"{d.due_at:%Y-%m-%d}", d.rule) for d in rows}


def texts(case, channel="sms"):
    """What the person was told."""
    hand_on_due(at(12, 1))
    assert not dead_letters().exists()
    return " ".join(Message.objects.filter(case_id=case.pk, channel=channel).values_list("text", flat=True))


def test_it_is_registered_at_once_and_forwarded_within_fifteen_days():
    county = County()
    case = county.submit(MONDAY)

    assert (case.stage, running(case)) == ("registered", {"forward": ("2026-03-17", "XF-02")})
    assert "已登记" in texts(case)


def test_sending_twice_registers_once_and_another_content_is_refused():
    county, key = County(), a_key()
    first = county.submit(MONDAY, key=key)
    assert county.submit(MONDAY, key=key).pk == first.pk
    with pytest.raises(Conflict):
        county.submit(MONDAY, key=key, demand="完全不同的话。")
    assert Case.objects.count() == Petition.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"kind": "gossip"}, {"demand": " "}, {"region_code": "4105"}])
def test_what_is_no_petition_is_not_registered(wrong):
    with pytest.raises(NotPossible):
        County().submit(MONDAY, **wrong)
    assert not Case.objects.exists()


def test_a_group_of_seven_is_asked_for_five_who_speak():
    county, seven = County(), tuple(f"村民{n}" for n in range(7))
    more = {"channel": "visit", "people": 7, "name": "村民0", "phone": "13800002222"}
    for speaking in (seven, seven[:6], ()):
        with pytest.raises(NotPossible, match="不超过五名代表"):
            county.submit(MONDAY, actor=county.reception, representatives=speaking, **more)
    assert not Case.objects.exists()

    case = county.submit(MONDAY, actor=county.reception, representatives=seven[:5], joint=seven[5:], **more)

    assert JointPetitioner.objects.filter(case_id=case.pk, represents=True).count() == 5
    assert [one.name for one in joint_of(county.dispatcher, case)] == list(seven)
    assert b"\xe6\x9d\x91" not in bytes(JointPetitioner.objects.first().name_sealed)


def test_many_may_join_a_petition_on_the_web_or_by_letter():
    case = County().submit(MONDAY, people=40, joint=tuple(f"村民{n}" for n in range(39)))
    assert JointPetitioner.objects.filter(case_id=case.pk, represents=False).count() == 39


def test_the_unit_objects_in_five_working_days_and_only_the_sender_takes_it_back():
    county = County()
    case = county.sent(MONDAY)
    assert running(case) == {"receipt": ("2026-03-17", "XF-04"), "object": ("2026-03-09", "XF-05")}

    county.do("object_to_petition", case, at(3, 4), county.handler, note="不是本局的事权。")
    with pytest.raises(NotAllowed):
        county.do("agree_to_objection", case, at(3, 4), county.handler, note="退回")
    case = county.do("refuse_objection", case, at(3, 5), county.dispatcher, note="三定规定第四条")
    assert (case.stage, case.unit_id) == ("sent", county.bureau.pk)
    with pytest.raises(NotPossible, match="异议不成立"):
        county.do("object_to_petition", case, at(3, 5), county.handler, note="还是不办")

    late = county.sent(MONDAY)
    with pytest.raises(NotPossible, match="届满"):
        county.do("object_to_petition", late, at(3, 10), county.handler, note="不是本局的事权。")
    again = county.sent(MONDAY)
    county.do("object_to_petition", again, at(3, 4), county.handler, note="不是本局的事权。")
    assert county.do("agree_to_objection", again, at(3, 5), county.dispatcher, note="属实").stage == (
        "registered"
    )


def test_an_assignment_names_the_day_of_the_report():
    county = County()
    case = county.submit(MONDAY)
    from_today = {"unit_id": county.bureau.pk}
    with pytest.raises(NotPossible, match="晚于今天"):
        county.do("assign_petition", case, MONDAY, county.dispatcher, report_by=MONDAY.date(), **from_today)
    case = county.do(
        "assign_petition", case, MONDAY, county.dispatcher, report_by=at(4, 20).date(), **from_today
    )
    assert running(case)["report_back"] == ("2026-04-20", "XF-14")

    county.do("accept_petition", case, MONDAY, county.handler)
    county.do("report_back", case, at(4, 1), county.handler, note="已拨付，附凭证。")
    assert "report_back" not in running(case)
    with pytest.raises(NotPossible, match="不需要报结"):
        county.do("report_back", county.handling(MONDAY), MONDAY, county.handler, note="x")


def test_sixty_days_once_thirty_more_by_the_head_with_the_reason_told():
    county = County()
    case = county.handling(MONDAY)
    assert running(case) == {"handle": ("2026-05-06", "XF-07")}  # 1 May to 5 May are rest days

    with pytest.raises(NotAllowed):
        county.do("extend_petition", case, at(4, 1), county.handler, note="要重新测量。")
    county.do("extend_petition", case, at(4, 1), county.head, note="要重新测量。")
    assert running(case)["handle"][0] == "2026-06-01"  # 31 May is a Sunday
    with pytest.raises(NotPossible, match="延长过"):
        county.do("extend_petition", case, at(4, 2), county.head, note="再延长")
    assert "延长三十日" in texts(case)


@pytest.mark.parametrize("route", ["justice", "arbitration", "party", "administrative"])
def test_the_first_four_paths_leave_the_sixty_days(route):
    county = County()
    case = county.do(
        "divert_petition", county.sent(MONDAY), MONDAY, county.handler, reason=route, note="请向法院起诉。"
    )
    assert (case.stage, case.outcome, running(case)) == ("diverted", "transferred", {})
    assert Petition.objects.get().path in {1, 2, 3, 4}
    assert not case.deadlines.filter(clock="handle").exists()


def test_the_fifth_path_is_performed_and_a_suggestion_studied_without_the_sixty_days():
    county = County()
    duty = county.do("perform_duty", county.sent(MONDAY), MONDAY, county.handler)
    idea = county.do("study_suggestion", county.sent(MONDAY, kind="suggestion"), MONDAY, county.handler)
    assert running(duty) == running(idea) == {}

    for case, stage in ((duty, "performed"), (idea, "answered")):
        done = county.do(
            "answer_petition", case, MONDAY, county.handler, reply="已查处并答复。", outcome="solved"
        )
        assert done.stage == stage
    with pytest.raises(NotPossible, match="建议意见"):
        county.do("accept_petition", county.sent(MONDAY, kind="suggestion"), MONDAY, county.handler)


def test_an_accusation_goes_to_the_body_with_authority_and_stays_sealed():
    county = County()
    case = county.submit(MONDAY, kind="accusation")
    assert case.sealed
    with pytest.raises(NotPossible, match="检举控告"):
        county.do("forward_petition", case, MONDAY, county.dispatcher, unit_id=county.bureau.pk)

    case = county.do("pass_accusation", case, MONDAY, county.dispatcher, unit_id=county.bureau.pk)
    assert (case.stage, running(case)) == ("investigating", {})
    assert joint_of(county.handler, case) == []


def test_the_opinion_is_drafted_by_one_and_issued_by_another_with_number_and_code():
    county = County()
    case = county.draft(county.handling(MONDAY), MONDAY, county.head)
    with pytest.raises(NotAllowed, match="另一个人"):
        county.do("issue_opinion", case, MONDAY, county.head)
    assert Opinion.objects.get().number == ""

    case = county.do("issue_opinion", case, MONDAY, an_official(Role.HEAD, county.bureau))
    opinion = Opinion.objects.get()
    assert (opinion.number, len(opinion.code)) == (f"信处〔2026〕{case.number}号", 12)
    assert (case.stage, opinion.served_at) == ("issued", None)
    with pytest.raises(NotPossible, match="事实和理由"):
        county.do(
            "draft_opinion", case, MONDAY, county.handler, outcome="solved", facts="", decision="", basis=""
        )


def test_the_right_to_a_review_lapses_after_thirty_days_from_service():
    county = County()
    case = county.served(MONDAY)
    assert running(case) == {"ask_review": ("2026-04-01", "XF-09")}
    with pytest.raises(NotPossible, match="届满"):
        county.do("ask_review", case, at(4, 2), county.asker(case), note="晚了一天")

    lapse_due(at(4, 2, 1))
    case.refresh_from_db()
    assert (case.stage, case.outcome) == ("ended", "rejected")
    assert not Review.objects.exists()


def test_a_review_goes_one_level_up_with_the_file_and_a_re_review_one_further():
    county = County()
    review = county.reviewed(MONDAY)
    assert (review.unit_id, running(review)) == (county.city.pk, {"answer": ("2026-04-01", "XF-10")})
    file = matter_for(county.city_handler, review.pk).review
    assert ("补偿款" in file.demand, "信处〔2026〕" in file.earlier_opinion) == (True, True)
    with pytest.raises(NotPossible):
        matter_for(county.handler, review.pk)

    review = county.review_served(review, MONDAY, county.city_handler, county.city_head)
    county.do("ask_rereview", review, MONDAY, county.asker(review), note="仍不服。")
    last = Case.objects.get(handed_from=review)
    assert (last.procedure, last.unit_id) == ("petitions.rereview", county.province.pk)
    assert running(last) == {"answer": ("2026-04-01", "XF-12")}


def test_a_hearing_in_the_re_review_is_not_counted():
    county = County()
    last = county.rereviewed(MONDAY)
    county.do("open_hearing", last, at(3, 10), county.province_handler)
    county.do("close_hearing", last, at(3, 16), county.province_handler)
    assert running(last)["answer"][0] == "2026-04-07"  # six days more


def test_after_the_re_review_it_is_accepted_no_longer_but_only_then():
    county = County()
    early = county.submit(MONDAY)
    give = {"reason": "finished", "note": "已经复核终结。"}
    with pytest.raises(NotPossible, match="没有复核终结"):
        county.do("accept_no_longer", early, MONDAY, county.dispatcher, **give)

    last = county.rereviewed(MONDAY)
    last = county.review_served(last, MONDAY, county.province_handler, county.province_head)
    assert (last.stage, last.is_closed) == ("final", True)
    again = county.do("accept_no_longer", early, MONDAY, county.dispatcher, **give)
    assert again.stage == "no_longer_accepted"
    assert "不再受理" in texts(again)


@pytest.mark.parametrize("sealed_is_open", [True, False])
def test_a_unit_does_not_learn_from_another_matter_who_wrote_a_confidential_one(sealed_is_open):
    county = County()
    plain, sealed = county.sent(MONDAY), county.sent(MONDAY, confidential=True)
    looked_at, other = (plain, sealed) if sealed_is_open else (sealed, plain)

    assert live_duplicates(county.handler, looked_at) == []
    give = {"reason": "live", "note": "您的事正在办理。", "live_id": other.pk}
    with pytest.raises(NotPossible, match="没有找到"):
        county.do("refuse_acceptance", looked_at, MONDAY, county.handler, **give)
    assert [case.pk for case in live_duplicates(county.dispatcher, looked_at)] == [other.pk], (
        "who may know who wrote still finds it"
    )


def test_a_duplicate_is_refused_only_with_the_live_matter_of_the_same_person():
    county = County()
    live, second = county.handling(MONDAY), county.submit(MONDAY)
    stranger = county.submit(MONDAY, actor=county.person("13900001111", "钱二"))
    assert [case.pk for case in live_duplicates(county.dispatcher, second)] == [live.pk]
    give = {"reason": "live", "note": "您的事正在办理。"}
    for wrong in (None, second.pk, stranger.pk):
        with pytest.raises(NotPossible):
            county.do("refuse_acceptance", second, MONDAY, county.dispatcher, live_id=wrong, **give)

    done = county.do("refuse_acceptance", second, MONDAY, county.dispatcher, live_id=live.pk, **give)
    assert done.stage == "not_accepted"
    assert matter_for(county.asker(done), done.pk).petition.live_id == live.pk


def test_only_who_came_in_person_can_be_at_the_wrong_level():
    county = County()
    with pytest.raises(NotPossible, match="走访"):
        county.do(
            "refuse_acceptance",
            county.submit(MONDAY),
            MONDAY,
            county.dispatcher,
            reason="wrong_level",
            note="x",
        )


@pytest.mark.parametrize(
    ("office", "competent", "wrong"),
    [
        ("office", "bureau", False),
        ("office", "township", False),
        ("city", "bureau", False),
        ("city", "township", True),
        ("province", "bureau", True),
        ("province", "city", False),
        ("office", "city", True),
    ],
)
def test_the_level_of_a_visit_is_counted_from_who_decides(office, competent, wrong):
    county = County()
    visit, unit = county.submit(MONDAY, channel="visit"), getattr(county, office)
    receives = an_official(Role.DISPATCHER, unit)
    give = {"reason": "wrong_level", "note": "请到有权处理的单位反映。"}
    with pytest.raises(NotPossible, match="有权处理的机关"):
        county.do("refuse_acceptance", visit, MONDAY, receives, **give)
    give["competent_id"] = getattr(county, competent).pk
    if wrong:
        done = county.do("refuse_acceptance", visit, MONDAY, receives, **give)
        assert done.stage == "not_accepted"
        return
    with pytest.raises(NotPossible, match="没有走错"):
        county.do("refuse_acceptance", visit, MONDAY, receives, **give)
    visit.refresh_from_db()
    assert visit.stage == "registered"


def test_other_competent_units_are_heard_before_it_is_answered():
    county = County()
    case = county.handling(MONDAY)
    helper = an_official(Role.HANDLER, county.other)
    county.do("invite_units", case, MONDAY, county.handler, units=[county.other.pk])
    with pytest.raises(NotPossible, match="协办"):
        county.draft(case, MONDAY, county.handler)

    county.do("contribute_opinion", case.children.get(), MONDAY, helper, note="面积以我局测绘为准。")
    assert county.draft(case, MONDAY, county.handler).stage == "approving"


def test_who_has_an_interest_withdraws_and_does_nothing_more():
    county = County()
    case = county.handling(MONDAY)
    county.do("recuse_official", case, MONDAY, county.handler, note="与信访人是亲属")
    with pytest.raises(NotAllowed, match="回避"):
        county.draft(case, MONDAY, county.handler)
    assert county.draft(case, MONDAY, an_official(Role.HANDLER, county.bureau)).stage == "approving"


def test_a_recommendation_is_answered_in_writing_with_what_became_of_it():
    county = County()
    case = county.handling(MONDAY)
    give = {"note": "已整改。", "take_up": "adopted"}
    with pytest.raises(NotPossible, match="没有等待答复"):
        county.do("answer_recommendation", case, MONDAY, county.head, **give)
    county.do("supervise_petition", case, MONDAY, county.supervisor, reason="shirking", note="两次推诿")
    key = a_key()
    for _ in range(2):
        county.do("recommend_to_unit", case, MONDAY, county.supervisor, key, note="建立台账，按期拨付。")
    county.do("answer_recommendation", case, MONDAY, county.head, **give)

    made = Recommendation.objects.get()
    assert (made.unit_id, made.take_up, made.answer) == (county.bureau.pk, "adopted", "已整改。")


def test_an_agreement_ends_it_as_agreed():
    county = County()
    case = county.do("record_agreement", county.handling(MONDAY), MONDAY, county.handler, note="五日内补发。")
    assert (case.stage, case.outcome) == ("mediated", "agreed")


def test_office_and_unit_are_rated_once_and_only_within_scope():
    county = County()
    case = county.served(MONDAY)
    grades = {"grade_office": 3, "grade_unit": 1, "words": "转得快，办得慢。"}
    county.do("rate_petition", case, MONDAY, county.asker(case), **grades)
    with pytest.raises(NotPossible, match="评价过"):
        county.do("rate_petition", case, MONDAY, county.asker(case), **grades)
    rated = Petition.objects.get()
    assert (rated.grade_office, rated.grade_unit) == (3, 1)

    diverted = county.do(
        "divert_petition", county.sent(MONDAY), MONDAY, county.handler, reason="party", note="请申请复审。"
    )
    with pytest.raises(NotPossible):
        county.do("rate_petition", diverted, MONDAY, county.asker(diverted), **grades)


def test_what_is_put_directly_to_a_unit_is_answered_in_fifteen_days():
    county = County()
    case = county.submit(MONDAY, actor=county.handler, channel="letter", name="赵大爷", phone="13800001111")
    assert (case.unit_id, running(case)) == (county.bureau.pk, {"notify": ("2026-03-17", "XF-03")})
    county.do("take_up", case, at(3, 4), county.handler)
    assert running(case) == {"notify": ("2026-03-17", "XF-03")}


def test_the_township_never_sees_a_complaint_about_itself():
    county = County()
    case = county.submit(MONDAY, complained_of="城关镇政府")
    staff = [*county.staff(county.township), *county.staff(county.station)]
    staff.append(an_official(Role.DISPATCHER, county.township))
    with pytest.raises(NotPossible, match="登记被反映的单位"):
        county.do("forward_petition", case, MONDAY, county.dispatcher, unit_id=county.bureau.pk)

    county.do("name_complained_of", case, MONDAY, county.dispatcher, against_unit_id=county.township.pk)

    for unit in (county.township, county.station):
        with pytest.raises(NotPossible, match="被反映的单位"):
            county.do("forward_petition", case, MONDAY, county.dispatcher, unit_id=unit.pk)
    county.do("forward_petition", case, MONDAY, county.dispatcher, unit_id=county.bureau.pk)
    for official in staff:
        with pytest.raises(NotPossible, match="没有找到"):
            matter_for(official, case.pk)
    hand_on_due(at(12, 1))
    told = Message.objects.filter(case_id=case.pk).values_list("unit_id", flat=True)
    assert not {county.township.pk, county.station.pk} & set(told)


def test_what_lies_with_the_unit_complained_of_is_taken_from_it():
    county = County()
    case = county.sent(MONDAY, unit=county.station)
    case = county.do(
        "name_complained_of", case, MONDAY, county.dispatcher, against_unit_id=county.township.pk
    )
    assert (case.stage, case.unit_id) == ("registered", None)
    with pytest.raises(NotPossible):
        matter_for(county.staff(county.station)[0], case.pk)


def test_a_review_never_goes_to_the_unit_complained_of():
    county = County()
    case = county.served(MONDAY)
    county.do("name_complained_of", case, MONDAY, county.dispatcher, against_unit_id=county.city.pk)
    case.refresh_from_db()
    assert superior_of(case).pk == county.province.pk
