"""Who may see which request, and who asked: reads follow the rules and leave a row."""

from io import BytesIO

import pytest

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import PublishedWords
from gongzhi.domains.hotline.queries.public import (
    PAGE,
    public_request,
    public_requests,
    similar_public_requests,
)
from gongzhi.domains.hotline.queries.related import likely_duplicates, related_requests
from gongzhi.domains.hotline.queries.requests import request_for, requests_of_caller
from gongzhi.domains.hotline.tests.factories import County, a_key, anonymous, at
from gongzhi.kernel.access.models import Look
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.bycode import case_by_code, written_down_by
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.papers import open_paper, papers_of
from gongzhi.kernel.cases.personfile import may_see_requester, requester
from gongzhi.kernel.cases.reading import cases_for
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def visible_to(actor):
    return set(cases_for(actor, "hotline.read").values_list("pk", flat=True))


def test_everyone_sees_exactly_their_own_part():
    county, elsewhere = County(), County("410522")
    mine, foreign = county.dispatched(MONDAY), elsewhere.submit(MONDAY, phone="13800002222")
    assert visible_to(county.dispatcher) == visible_to(county.handler) == {mine.pk}
    assert visible_to(county.other_handler) == visible_to(anonymous()) == set()
    assert visible_to(county.asker(mine)) == {mine.pk}
    assert visible_to(an_official(Role.DISPATCHER, region_code="4105")) == {mine.pk, foreign.pk}
    assert visible_to(an_official(Role.ADMINISTRATOR, region_code="41")) == set()


def test_a_request_out_of_reach_looks_like_one_that_does_not_exist():
    county, elsewhere = County(), County("410522")
    foreign = elsewhere.submit(MONDAY)
    for case_id in (foreign.pk, 4105230000000009999):
        with pytest.raises(NotPossible, match="没有找到"):
            request_for(county.dispatcher, case_id)


def test_a_person_finds_their_request_by_code_and_phone_however_they_type_it():
    request = County().submit(MONDAY)
    code = request.case.query_code
    typed = f" {code[:4]}-{code[4:8].lower()} {code[8:]} "
    found = case_by_code(typed, "1111")
    assert (found.case.pk, found.actor.person_id) == (request.pk, request.case.opened_by_id)
    for wrong in ((code, "2222"), ("4105AAAABBBB", "1111"), ("", "1111"), (code, "")):
        with pytest.raises(NotPossible, match="没有找到"):
            case_by_code(*wrong)


def test_the_responsible_unit_learns_who_asked_and_leaves_a_row_with_the_purpose():
    county = County()
    request = county.dispatched(MONDAY)
    with pytest.raises(NotPossible, match="用途"):
        requester(
            actor=county.handler,
            reads="hotline.read",
            case_id=request.pk,
            purpose="",
            words="核实地点",
            now=MONDAY,
        )
    person = requester(
        actor=county.handler,
        reads="hotline.read",
        case_id=request.pk,
        purpose="verify",
        words="核实地点",
        now=MONDAY,
    )
    entry = Entry.objects.get(subject=f"person:{person.pk}")
    assert (entry.action, entry.purpose, entry.case_id, entry.post_id) == (
        "person.read",
        "核实时间、地点和经过：核实地点",
        request.pk,
        county.handler.post_id,
    )
    with pytest.raises(NotPossible, match="没有找到"):
        requester(
            actor=county.other_handler,
            reads="hotline.read",
            case_id=request.pk,
            purpose="verify",
            words="好奇",
            now=MONDAY,
        )
    assert Entry.objects.filter(action="person.read").count() == 1


def test_the_unit_never_learns_who_asked_confidentially():
    county = County()
    request = county.dispatched(MONDAY, confidential=True)
    for actor in (county.handler, county.head, county.supervisor):
        with pytest.raises(NotAllowed):
            requester(
                actor=actor,
                reads="hotline.read",
                case_id=request.pk,
                purpose="verify",
                words="核实地点",
                now=MONDAY,
            )
    assert (
        requester(
            actor=county.dispatcher,
            reads="hotline.read",
            case_id=request.pk,
            purpose="call_back",
            words="回访",
            now=MONDAY,
        ).name
        == "赵大爷"
    )


def test_beside_the_unit_only_the_posts_of_the_centre_in_its_region_may_learn_who_asked():
    """What decision 12 says of the centre, for a matter that lies with a unit; helpers and arbiters never may."""
    county = County()
    ordinary = Case.objects.get(pk=county.handling(MONDAY).pk)
    sealed = Case.objects.get(pk=county.handling(MONDAY, phone="13800002222", confidential=True).pk)
    for case in (ordinary, sealed):
        case.involved_units, case.arbiter_unit_id = [county.other.pk], county.other.pk
    staff = [role for role in Role if role not in (Role.CITIZEN, Role.SYSTEM)]

    def may_learn(case, where):
        return {role for role in staff if may_see_requester(an_official(role, **where), case)}

    here, beside = {"unit": county.other}, {"region_code": "410522"}
    centre = {Role.CALL_TAKER, Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR}
    assert may_learn(ordinary, here) == centre
    assert may_learn(sealed, here) == {Role.CALL_TAKER, Role.DISPATCHER}
    assert may_learn(ordinary, {"unit": county.bureau}) == centre | {Role.HANDLER, Role.HEAD}
    assert may_learn(ordinary, beside) == may_learn(sealed, beside) == set()


def test_a_closed_request_no_longer_opens_the_person():
    county = County()
    request = county.submit(MONDAY)
    services.withdraw_request(actor=county.asker(request), case_id=request.pk, now=MONDAY, key=a_key())
    with pytest.raises(NotAllowed, match="办结"):
        requester(
            actor=county.dispatcher,
            reads="hotline.read",
            case_id=request.pk,
            purpose="call_back",
            words="回访",
            now=MONDAY,
        )


def test_only_answered_requests_whose_writers_agreed_are_public():
    county = County()
    agreed = county.replied(MONDAY, may_publish=True)
    county.replied(MONDAY, phone="13800002222")
    county.replied(MONDAY, phone="13800003333", may_publish=True, confidential=True)
    county.handling(MONDAY, phone="13800004444", may_publish=True)
    assert [request.pk for request in public_requests()] == [agreed.pk]
    assert public_requests(region_code="4106") == []
    assert [r.pk for r in public_requests(words="路灯")] == [agreed.pk]
    assert [r.pk for r in public_requests(words="路灯", category_id=county.lamps.pk)] == [agreed.pk]
    assert public_requests(words="灯") == []


def test_public_pages_follow_each_other_without_gap_or_repeat():
    county = County()
    for number in range(PAGE + 3):
        county.replied(at(3, 2, 8, number), phone=f"138000050{number:02d}", may_publish=True)
    first = public_requests()
    second = public_requests(before=first[-1].pk)
    assert (len(first), len(second)) == (PAGE, 3)
    assert len({request.pk for request in [*first, *second]}) == PAGE + 3


def test_a_callers_earlier_requests_are_shown_to_the_call_taker_and_the_look_is_written_down():
    county, elsewhere = County(), County("410522")
    mine = county.submit(MONDAY)
    elsewhere.submit(MONDAY)
    found = requests_of_caller(actor=county.call_taker, phone="13800001111", now=MONDAY)
    assert [request.pk for request in found] == [mine.pk]
    assert Entry.objects.filter(action="person.search").count() == 1
    with pytest.raises(NotAllowed):
        requests_of_caller(actor=county.handler, phone="13800001111", now=MONDAY)


def test_a_look_at_a_caller_whose_audit_row_is_lost_leaves_no_line_in_the_ledger_either(monkeypatch):
    """Two persons left the phone; what fails at the second takes back the line of the first."""
    county = County()
    for name in ("赵大爷", "钱大妈"):
        county.submit(MONDAY, name=name)
    tries = []

    def lost(**row):
        tries.append(row)
        if len(tries) == 2:
            raise RuntimeError("the disk is full")

    monkeypatch.setattr("gongzhi.kernel.access.ledger.record", lost)
    with pytest.raises(RuntimeError):
        requests_of_caller(actor=county.call_taker, phone="13800001111", now=MONDAY)
    assert len(tries) == 2
    assert not Look.objects.exists()


def test_likely_duplicates_are_of_the_same_matter_and_never_out_of_reach():
    county, elsewhere = County(), County("410522")
    first, second = county.submit(MONDAY), county.submit(at(3, 4), phone="13800002222")
    elsewhere.submit(MONDAY)
    county.submit(at(6, 4), phone="13800003333")
    assert [r.pk for r in likely_duplicates(county.dispatcher, second)] == [first.pk]
    assert list(likely_duplicates(county.other_handler, second)) == []


def test_parts_of_units_that_help_take_no_place_of_a_request():
    county = County()
    first, asked = county.submit(MONDAY), county.handling(at(3, 3), phone="13800002222")
    helping = {"actor": county.handler, "case_id": asked.pk, "note": "请协助"}
    services.invite_units(**helping, units=[county.other.pk], now=at(3, 4), key=a_key())
    third = county.submit(at(3, 5), phone="13800003333")
    assert [r.pk for r in likely_duplicates(county.dispatcher, third, limit=2)] == [asked.pk, first.pk]


def test_a_sealed_request_does_not_point_to_other_requests_of_its_writer():
    county = County()
    sealed = county.dispatched(MONDAY, confidential=True)
    other = county.dispatched(MONDAY, category=county.outage.key)
    assert list(likely_duplicates(county.handler, sealed)) == []
    assert list(likely_duplicates(county.handler, other)) == []


def test_other_requests_of_the_same_person_are_shown_to_who_may_learn_whose_they_are():
    county = County()
    asked, other = county.handling(MONDAY), county.submit(MONDAY, category=county.outage.key)
    given = {"case_id": other.pk, "unit_id": county.other.pk, "now": MONDAY, "key": a_key()}
    services.dispatch_request(actor=county.dispatcher, **given)
    services.invite_units(
        actor=county.handler,
        case_id=asked.pk,
        units=[county.other.pk],
        note="请协助",
        now=MONDAY,
        key=a_key(),
    )
    helper, centre = (request_for(one, asked.pk) for one in (county.other_handler, county.dispatcher))
    assert related_requests(county.other_handler, helper)["earlier"] == []
    assert list(likely_duplicates(county.other_handler, helper)) == []
    assert related_requests(county.dispatcher, centre)["earlier"] == [other]
    assert list(likely_duplicates(county.dispatcher, centre)) == [other]


def test_no_list_of_one_village_tells_the_unit_where_a_sealed_request_is_from():
    county = County()
    Region.objects.filter(pk=county.place.pk).update(name="北关鹤村")
    sealed, near = county.handling(MONDAY, confidential=True), county.handling(MONDAY, phone="13800002222")
    township = an_official(Role.HANDLER, county.bureau, region_code=county.place.code[:9])

    assert [one.pk for one in likely_duplicates(county.handler, near)] == []
    assert [one.pk for one in likely_duplicates(county.dispatcher, near)] == [sealed.pk]
    for actor, listed in ((county.handler, [near]), (county.dispatcher, [near, sealed])):
        rows = signed_in(actor).get("/desk/search/", {"q": "北关鹤村"}).context["rows"]
        assert {row["case"].pk for row in rows} == {one.pk for one in listed}
    rows = signed_in(township).get("/desk/", {"region": county.place.code}).context["rows"]
    assert [row["case"].pk for row in rows] == [near.pk]
    assert len(signed_in(township).get("/desk/").context["rows"]) == 2


def test_papers_of_a_sealed_request_open_only_for_those_who_may_know_its_writer(settings, tmp_path):
    settings.DOCUMENTS_ROOT = tmp_path
    county = County()
    request = county.dispatched(MONDAY, confidential=True)
    paper = services.attach_file(
        actor=county.asker(request),
        case_id=request.pk,
        name="信.txt",
        content=BytesIO(b"my name"),
        now=MONDAY,
    )
    with pytest.raises(NotPossible):
        open_paper(
            actor=county.handler, reads="hotline.read", case_id=request.pk, document_id=paper.pk, now=MONDAY
        )
    for actor in (county.dispatcher, county.asker(request)):
        opened, content = open_paper(
            actor=actor, reads="hotline.read", case_id=request.pk, document_id=paper.pk, now=MONDAY
        )
        assert (opened.pk, content.read()) == (paper.pk, b"my name")
    assert Entry.objects.filter(action="document.read").count() == 1


def test_the_code_is_read_out_only_by_whoever_wrote_the_call_down():
    county = County()
    request = county.submit(MONDAY, actor=county.call_taker, channel="phone")
    assert (
        written_down_by(actor=county.call_taker, reads="hotline.read", case_id=request.pk, now=MONDAY).case.pk
        == request.pk
    )
    assert Entry.objects.filter(action="hotline.code_shown", case_id=request.pk).count() == 1
    for actor in (an_official(Role.CALL_TAKER, county.centre), county.dispatcher):
        with pytest.raises(NotAllowed):
            written_down_by(actor=actor, reads="hotline.read", case_id=request.pk, now=MONDAY)
    assert Entry.objects.filter(action="hotline.code_shown").count() == 1


def test_what_an_office_adds_stays_there_unless_it_is_meant_for_the_person(settings, tmp_path):
    settings.DOCUMENTS_ROOT = tmp_path
    county = County()
    request = county.handling(MONDAY)
    asker = county.asker(request)
    for name, words, to_person in (("内部.txt", b"memo", False), ("照片说明.txt", b"done", True)):
        services.attach_file(
            actor=county.handler,
            case_id=request.pk,
            name=name,
            content=BytesIO(words),
            now=MONDAY,
            to_person=to_person,
        )
    assert [paper.name for paper in papers_of(asker, request.case)] == ["照片说明.txt"]
    assert len(papers_of(county.head, Case.objects.get(pk=request.pk))) == 2


def test_a_withdrawn_request_is_public_no_longer():
    county = County()
    request = county.cleared(MONDAY)
    assert public_request(request.pk) is not None
    services.withdraw_request(actor=county.asker(request), case_id=request.pk, now=MONDAY, key=a_key())
    assert public_request(request.pk) is None
    assert similar(request.case, request.text) == []


def test_a_public_request_is_shown_to_nobody_before_the_unit_has_read_it():
    county = County()
    request = county.submit(MONDAY, may_publish=True, text=LAMPS)
    mine = county.submit(MONDAY, text=LAMPS)

    def seen():
        return public_request(request.pk) is not None, similar(mine.case, LAMPS)

    assert seen() == (False, [])
    services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=MONDAY, key=a_key())
    assert seen() == (False, [])
    services.move_request(actor=county.handler, case_id=request.pk, move="accept", now=MONDAY, key=a_key())
    assert seen() == (False, [])
    services.clear_request(actor=county.handler, case_id=request.pk, now=MONDAY)
    assert seen() == (True, [request.pk])


def test_what_was_answered_stays_to_be_read_while_it_is_handled_again():
    county = County()
    request = county.replied(MONDAY, may_publish=True)
    Case.objects.filter(pk=request.pk).update(stage="dispatched")
    assert public_request(request.pk) is not None


def similar(case, text, limit=3):
    found = similar_public_requests(
        text, region_code=case.region_code, category_id=case.category_id, now=MONDAY, limit=limit
    )
    return [one.pk for one in found]


LAMPS = "建设路的路灯全都不亮了，从文明街口往北到小学门口，天黑看不见路。"
ALIKE = "建设路晚上一片漆黑，路灯一盏都没亮，接孩子的老人在小学门口差点摔跤。"


def test_like_requests_are_found_by_their_words_under_whatever_kind():
    county = County()
    more = {"may_publish": True, "title": "建设路晚上一片漆黑", "text": ALIKE}
    other = county.replied(MONDAY, category=county.outage.key, **more)
    county.replied(MONDAY, may_publish=True, title="洗澡水太小", text="五楼水压低，热水器老是打不着火。")
    county.replied(MONDAY, **{**more, "may_publish": False})
    mine = county.submit(MONDAY, text=LAMPS)
    assert similar(mine.case, LAMPS) == [other.pk]
    assert similar(other.case, "我想问问老年证在哪里办。") == []


def test_like_requests_not_answered_yet_are_found_too_but_none_of_another_county():
    county, elsewhere = County(), County("410526")
    more = {"title": "建设路晚上一片漆黑", "text": ALIKE}
    waiting = county.cleared(MONDAY, **more)
    elsewhere.replied(MONDAY, may_publish=True, **more)
    mine = county.submit(MONDAY, text=LAMPS)
    assert similar(mine.case, LAMPS) == [waiting.pk]


def test_what_very_many_wrote_in_other_counties_does_not_hide_those_of_ones_own():
    elsewhere, county = County("410526"), County()
    more = {"may_publish": True, "title": "建设路晚上一片漆黑", "text": ALIKE}
    away = elsewhere.replied(MONDAY, **more)
    row = PublishedWords.objects.get(case_id=away.pk)
    pairs = [pair for pair in row.pairs if not pair.endswith("410526")]
    PublishedWords.objects.bulk_create(
        PublishedWords(case_id=away.pk + one, region_code="410526100", replied_at=row.replied_at, pairs=pairs)
        for one in range(1, 151)
    )
    other = county.replied(MONDAY, category=county.outage.key, **more)
    mine = county.submit(MONDAY, text=LAMPS)
    assert similar(mine.case, LAMPS) == [other.pk]


def test_a_frequent_word_alone_makes_nothing_alike():
    county = County()
    county.replied(MONDAY, may_publish=True, title="晚上小学门口太吵", text="小学门口晚上有人摆摊。")
    mine = county.submit(MONDAY, text="建设路的路灯一盏都没亮。")
    assert similar(mine.case, "建设路的路灯一盏都没亮。") == []
