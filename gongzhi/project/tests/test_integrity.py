"""From photos, replies and ratings in real matters to a finding: who sees it, who answers, who decides, and what never changes."""

import io
from datetime import date, timedelta

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.queries.integrity import finding_in, findings, to_be_checked
from gongzhi.domains.hotline.queries.scorecard import scores
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.insight.integrity import collecting
from gongzhi.insight.integrity.checking import check_city, check_due, month_before, quarter_of
from gongzhi.insight.integrity.models import CheckedMonth, Finding, State
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db

NOW, LATER = at(8, 12, 10), at(9, 5, 3)
SAME = "我局维修人员已到现场查看，更换损坏的灯头和线路，现场试亮正常，并加强日常巡查养护。"


def a_photo(seed=1, quality=90):
    coarse = np.random.default_rng(seed).integers(0, 255, (20, 26), dtype=np.uint8)
    picture = Image.fromarray(coarse).resize((480, 360), Image.Resampling.BICUBIC).convert("RGB")
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return SimpleUploadedFile("现场.jpg", content.getvalue(), content_type="image/jpeg")


def handled(county, village, **more):
    place = a_region(f"{county.region.code}100{village:03d}")
    return county.handling(NOW, region_code=place.code, **more)


def with_photo(county, request, seed=1, quality=90):
    return services.attach_file(
        actor=county.handler, case_id=request.pk, name="现场.jpg", content=a_photo(seed, quality), now=NOW
    )


def reply(county, request, text=SAME, outcome="solved", now=NOW):
    services.reply_to_request(
        actor=county.handler, case_id=request.pk, reply=text, outcome=outcome, now=now, key=a_key()
    )


def a_finding(county):
    """Two matters at two places with one photo, saved anew in between."""
    first, second = handled(county, 301), handled(county, 302)
    with_photo(county, first)
    with_photo(county, second, quality=40)
    check_city("4105", date(2026, 8, 1), LATER)
    return Finding.objects.get(), first, second


def test_one_photo_saved_anew_for_two_matters_becomes_a_finding_about_the_unit():
    county = County()

    finding, first, second = a_finding(county)

    assert (finding.kind, finding.unit_id) == ("one_photo_for_many", county.bureau.pk)
    assert finding.cases == sorted([first.pk, second.pk])
    assert (finding.first, finding.last, finding.state) == (date(2026, 7, 1), date(2026, 8, 31), State.OPEN)
    assert "2 件" in browser_of(county.supervisor).get("/hotline/scorecard/findings/").content.decode()


def test_only_an_offices_picture_gets_a_fingerprint():
    county = County()
    request = handled(county, 301)
    services.attach_file(
        actor=county.asker(request), case_id=request.pk, name="一.jpg", content=a_photo(2), now=NOW
    )
    with_photo(county, request, seed=3)

    theirs, ours = Document.objects.order_by("pk")
    assert theirs.fingerprint == ""
    assert len(ours.fingerprint) == 64


def test_copied_replies_become_a_finding_and_complaints_about_a_unit_never_do():
    county = County()
    requests = [handled(county, 310 + place, phone=f"1380000{place:04d}") for place in range(6)]
    for minute, request in enumerate(requests):
        reply(county, request, now=NOW + timedelta(minutes=minute))
    Case.objects.filter(pk=requests[0].pk).update(against_unit=county.other)

    check_city("4105", date(2026, 8, 1), LATER)

    finding = Finding.objects.get()
    assert finding.kind == "copied_replies"
    assert finding.cases == sorted(one.pk for one in requests[1:])


def test_looking_again_finds_anew_what_nobody_touched_and_leaves_the_rest():
    county = County()
    finding, *_rest = a_finding(county)
    check_city("4105", date(2026, 9, 1), at(10, 5))
    again = Finding.objects.get()
    assert (again.pk != finding.pk, again.last) == (True, date(2026, 9, 30))

    services.answer_finding(actor=county.head, finding_id=again.pk, note="同一天两处一起修", now=LATER)
    check_city("4105", date(2026, 9, 1), at(10, 6))

    assert Finding.objects.get().answer == "同一天两处一起修"


def test_the_worker_looks_through_each_city_once_a_month_after_some_days():
    County()
    a_region("410104")

    assert check_due(at(9, 2, 12)) == 1  # August is not settled yet: July
    assert [(one.region_code, one.month) for one in CheckedMonth.objects.all()] == [
        ("4101", date(2026, 7, 1))
    ]
    assert [check_due(LATER) for _ in range(4)] == [1, 1, 0, 0]
    assert quarter_of(date(2026, 12, 31)) == (date(2026, 10, 1), date(2026, 12, 31))
    assert month_before(date(2026, 1, 15)) == date(2025, 12, 1)


def test_findings_go_three_years_after_their_quarter():
    county = County()
    a_finding(county)

    check_due(LATER + timedelta(days=4 * 365))

    assert not Finding.objects.exists()


def test_the_unit_concerned_and_those_who_supervise_see_it_and_nobody_else():
    county, elsewhere = County(), County("410104")
    finding, first, _second = a_finding(county)
    address = f"/hotline/scorecard/findings/{finding.pk}/"
    auditor = an_official(Role.AUDITOR, county.centre)

    for who in (county.supervisor, county.head, county.handler, auditor):
        page = browser_of(who).get(address)
        assert page.status_code == 200, who.role
        assert first.case.number in page.content.decode()
    for who in (county.other_handler, elsewhere.supervisor, elsewhere.head):
        assert not findings(who).exists()
        assert browser_of(who).get(address).status_code == 422
    for who in (county.call_taker, county.dispatcher, county.arbiter):
        assert browser_of(who).get(address).status_code == 403


def test_the_matters_of_a_finding_are_shown_only_to_those_who_may_read_them():
    county = County()
    finding, first, second = a_finding(county)
    Case.objects.filter(pk=second.pk).update(unit=county.other)

    seen = finding_in(county.head, finding.pk)

    assert ([one.pk for one in seen.cases], seen.number) == ([first.pk], 2)
    page = browser_of(county.head).get(f"/hotline/scorecard/findings/{finding.pk}/").content.decode()
    assert second.case.number not in page


def test_a_supervisor_decides_once_with_a_reason_and_it_is_written_down_who():
    county = County()
    finding, *_rest = a_finding(county)
    given = {
        "finding_id": finding.pk,
        "state": "dismissed",
        "reason": "固定机位拍摄，已核对原图",
        "now": LATER,
    }

    with pytest.raises(NotPossible):
        services.decide_finding(actor=county.supervisor, **{**given, "reason": " "})
    with pytest.raises(NotPossible):
        services.decide_finding(actor=county.supervisor, **{**given, "state": "open"})
    decided = services.decide_finding(actor=county.supervisor, **given)
    services.decide_finding(actor=county.supervisor, **given)  # sent twice
    with pytest.raises(Conflict):
        services.decide_finding(actor=county.supervisor, **{**given, "state": "confirmed"})

    assert (decided.state, decided.decided_at, decided.decided_by_account) == (
        "dismissed",
        LATER,
        county.supervisor.account_id,
    )
    assert Entry.objects.filter(action="hotline.finding.dismissed").count() == 1


def test_nobody_decides_about_their_own_unit_and_only_its_head_answers():
    county = County()
    finding, *_rest = a_finding(county)
    own = an_official(Role.SUPERVISOR, county.bureau)
    given = {"finding_id": finding.pk, "state": "dismissed", "reason": "没有问题", "now": LATER}

    with pytest.raises(NotAllowed):
        services.decide_finding(actor=own, **given)
    for who in (county.head, county.handler):
        with pytest.raises(NotAllowed):
            services.decide_finding(actor=who, **given)
    for who in (county.handler, county.supervisor):
        with pytest.raises(NotAllowed):
            services.answer_finding(actor=who, finding_id=finding.pk, note="说明", now=LATER)

    assert Finding.objects.get().state == State.OPEN
    assert Finding.objects.get().answered_at is None


def test_an_undecided_finding_stands_beside_the_rates_and_changes_none():
    county = County()
    first, second = handled(county, 301), handled(county, 302)
    period = (date(2026, 8, 1), date(2026, 8, 31))
    before = scores(county.supervisor, *period, LATER)
    with_photo(county, first)
    with_photo(county, second)
    check_city("4105", date(2026, 8, 1), LATER)

    assert to_be_checked(county.supervisor, [county.bureau.pk], *period) == {county.bureau.pk: 2}
    assert scores(county.supervisor, *period, LATER) == before
    asked = {"start": "2026-08-01", "end": "2026-08-31"}
    page = browser_of(county.head).get("/hotline/scorecard/", asked).content.decode()
    assert 'data-label="其中待核实">2<' in page
    hidden = browser_of(county.supervisor).get("/hotline/scorecard/", asked).content.decode()
    assert 'data-label="其中待核实">&lt;5<' in hidden

    finding = Finding.objects.get()
    services.decide_finding(
        actor=county.supervisor, finding_id=finding.pk, state="confirmed", reason="两处不是一处", now=LATER
    )
    assert to_be_checked(county.supervisor, [county.bureau.pk], *period) == {}


def test_a_rating_notes_yes_or_no_and_a_call_takers_is_another_channel():
    county = County()
    own, staffs, called = (county.replied(NOW, phone=f"1380000111{number}") for number in range(3))
    for request, office in ((own, False), (staffs, True)):
        services.rate_request(
            actor=county.asker(request),
            case_id=request.pk,
            grade=5,
            words="",
            from_office=office,
            now=NOW,
            key=a_key(),
        )
    services.record_call_back(
        actor=county.call_taker, case_id=called.pk, grade=5, words="", now=NOW, key=a_key()
    )

    span = collecting.Span("4105", "hotline", at(8, 1), at(9, 1))
    found = {one.case: one.from_office for one in collecting.ratings(span)}

    assert found == {own.pk: False, staffs.pk: True}
    assert Step.objects.get(case_id=staffs.pk, move="rate").answers == {
        "grade": 5,
        "words": "",
        "from_office": True,
    }


def test_a_rating_sent_again_from_elsewhere_under_its_key_is_the_same_rating():
    county = County()
    request, key = county.replied(NOW), a_key()
    given = {"actor": county.asker(request), "case_id": request.pk, "grade": 4, "words": "", "key": key}

    services.rate_request(**given, from_office=True, now=NOW)
    services.rate_request(**given, from_office=False, now=NOW + timedelta(minutes=1))

    assert Step.objects.filter(case_id=request.pk, move="rate").count() == 1


def test_answers_are_collected_with_the_hours_that_were_left():
    county = County()
    request = handled(county, 301)
    due = Deadline.objects.get(case_id=request.pk, clock="answer").due_at
    services.reply_to_request(
        actor=county.handler,
        case_id=request.pk,
        reply=SAME,
        outcome="solved",
        now=due - timedelta(hours=7),
        key=a_key(),
    )

    (closing,) = collecting.closings(collecting.Span("4105", "hotline", at(8, 1), at(9, 1)))

    assert (closing.case, closing.unit, closing.period) == (request.pk, county.bureau.pk, "answer:5")
    assert closing.left == pytest.approx(7)
    assert collecting.closings(collecting.Span("4101", "hotline", at(8, 1), at(9, 1))) == []


def test_a_response_in_time_counts_and_what_is_not_due_yet_does_not():
    county = County()
    in_touch, silent = handled(county, 301), handled(county, 302)
    services.report_progress(
        actor=county.handler, case_id=in_touch.pk, note="明天到场", now=NOW + timedelta(days=1), key=a_key()
    )
    period = (date(2026, 8, 1), date(2026, 8, 31))

    def rate(now):
        (score,) = scores(county.supervisor, *period, now)
        return score.responded, score.response_due

    assert rate(NOW + timedelta(days=2)) == (1, 1)
    assert rate(NOW + timedelta(days=20)) == (1, 2)
    services.report_progress(
        actor=county.handler, case_id=silent.pk, note="晚了", now=NOW + timedelta(days=20), key=a_key()
    )
    assert rate(NOW + timedelta(days=21)) == (1, 2)


def test_citizens_have_no_door_to_findings():
    county = County()
    finding, *_rest = a_finding(county)

    with pytest.raises(NotAllowed):
        findings(Actor(role=Role.CITIZEN, person_id=1))
    assert browser_of(None).get(f"/hotline/scorecard/findings/{finding.pk}/").status_code == 302
