"""The inbox: what waits for whom, in which order, at what cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongzhi.desks.official import work
from gongzhi.desks.official.lists import NEWEST, PAGE, page_of
from gongzhi.desks.official.work import ALL, AT_ONCE, LATE, SOON, counted, groups_for, waiting_for
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.tests import factories as mailbox
from gongzhi.domains.petitions.tests import factories as petitions
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases import watch
from gongzhi.kernel.cases.models import Deadline
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.organisations.models import LocalValue
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
NOON = at(3, 10, 12)


def numbers(actor):
    return set(waiting_for(actor).values_list("pk", flat=True))


def counts_of(actor, now):
    groups = groups_for(actor, now)
    return counted(waiting_for(actor), groups, groups[0], 1).of


def labels(actor):
    return [str(group.label) for group in groups_for(actor, NOON)]


def test_each_role_finds_the_stages_in_which_it_can_do_something():
    county = County()
    new = county.submit(at(3, 9))
    given = county.dispatched(at(3, 9))
    worked = county.handling(at(3, 9))

    assert numbers(county.dispatcher) == {new.pk}
    assert numbers(county.handler) == {given.pk, worked.pk}
    assert numbers(county.other_handler) == set()
    assert numbers(county.reviewer) == set()
    found = labels(county.handler)
    assert found[:5] == ["全部待办", "待签收", "办理中", "热线协办", "待核实本人"]
    assert found[-2:] == ["即将超期", "已超期"]
    assert {"待受理", "意见书待送达", "信访共同办理", "复查中", "复核中"} <= set(found[5:-2])
    assert len(found) == len(set(found))
    assert "异议待复核" in labels(county.reviewer) and "待审核" in labels(county.head)


def test_a_unit_that_helps_finds_its_part_under_cohandling():
    county = County()
    request = county.handling(at(3, 9))
    services.invite_units(
        actor=county.handler,
        case_id=request.pk,
        units=[county.other.pk],
        note="请查线路",
        now=NOON,
        key=a_key(),
    )

    counts = counts_of(county.other_handler, NOON)

    assert counts["hotline.cohandling"] == counts[ALL] == 1


def test_what_is_late_and_what_will_be_within_a_working_day_have_tabs():
    county = County()
    request = county.handling(at(3, 9))
    due = waiting_for(county.handler).get(pk=request.pk).due_at

    for moment, soon, late in (
        (due - timedelta(days=4), 0, 0),
        (due - timedelta(hours=2), 1, 0),
        (due + timedelta(minutes=1), 0, 1),
    ):
        counts = counts_of(county.handler, moment)
        assert (counts[SOON], counts[LATE]) == (soon, late), moment


def test_a_right_to_return_that_was_not_used_makes_nothing_late():
    county = County()
    now = timezone.now()
    request = county.dispatched(now - timedelta(hours=30))
    clocks = {one.clock: one for one in Deadline.objects.filter(case_id=request.pk, stopped_at=None)}

    counts = counts_of(county.handler, now)

    assert clocks["return"].due_at < now and not clocks["return"].binds_office
    assert waiting_for(county.handler).get(pk=request.pk).due_at == clocks["answer"].due_at
    assert (counts[ALL], counts[SOON], counts[LATE]) == (1, 0, 0)
    client = signed_in(county.handler)
    for page in (f"/desk/preview/{request.pk}/", f"/hotline/cases/{request.pk}/"):
        text = client.get(page).content.decode()
        assert text.count("已届满") == 1 and "超期" not in text
    assert watch.lapse_due(now) == 1
    assert not Outbox.objects.filter(case_id=request.pk, key="cases.clock.lapsed").exists()


def test_of_two_ways_to_answer_the_preview_offers_the_one_that_the_page_offers():
    county = County()
    request = county.handling(timezone.now())
    client = signed_in(county.handler)
    address = f"/hotline/cases/{request.pk}/do"
    switch = {"key": "hotline.reply_review", "value": True, "basis": "汤阴县规定（测试）"}
    for reviewed, ways in ((False, ("reply", "submit_reply")), (True, ("submit_reply", "reply"))):
        if reviewed:
            LocalValue.objects.create(region=county.region, since=timezone.localdate(), **switch)
            forget_everything()
        for page in (f"/desk/preview/{request.pk}/", f"/hotline/cases/{request.pk}/"):
            text = client.get(page).content.decode()
            assert f'{address}/{ways[0]}/"' in text and f'{address}/{ways[1]}/"' not in text


def test_the_preview_of_a_petition_offers_what_fits_its_class():
    county = petitions.County()
    case = county.submit(timezone.now(), kind="accusation")

    text = signed_in(county.dispatcher).get(f"/desk/preview/{case.pk}/").content.decode()

    assert "/do/pass_accusation/" in text and "/do/forward/" not in text


def test_tabs_count_no_further_than_anybody_looks(monkeypatch):
    county = County()
    for minute in range(7):
        county.submit(at(3, 9, 9, minute))
    county.dispatched(at(3, 9))
    exact = counts_of(county.dispatcher, NOON)
    monkeypatch.setattr(work, "MOST", 7)
    assert counts_of(county.dispatcher, NOON) == exact
    monkeypatch.setattr(work, "MOST", 4)

    bounded = counts_of(county.dispatcher, NOON)

    assert bounded == {key: min(count, 5) for key, count in exact.items()} and bounded[ALL] == 5
    monkeypatch.setattr(work, "AT_ONCE", 4)
    assert counts_of(county.dispatcher, NOON) == bounded  # too much for one look: stage by stage
    page = signed_in(county.dispatcher).get("/desk/").content.decode()
    assert page.count('c-count">4+<') >= 2


@pytest.mark.parametrize("sort", ["due", NEWEST])
def test_pages_follow_each_other_without_gap_or_repetition(sort):
    county = County()
    made = [county.submit(at(3, 9, 9, number % 7)).pk for number in range(PAGE + 5)]

    first = page_of(waiting_for(county.dispatcher), sort, "")
    second = page_of(waiting_for(county.dispatcher), sort, first.next_mark)

    assert len(first.cases) == PAGE and second.next_mark == ""
    assert sorted(case.pk for case in first.cases + second.cases) == sorted(made)


@pytest.mark.parametrize("key", [ALL, "received", LATE])
def test_the_list_is_the_same_whether_it_was_found_with_the_counts_or_along_the_days(monkeypatch, key):
    county = County()
    for minute in range(6):
        county.submit(at(3, 9, 9, minute))
    county.dispatched(at(3, 9))
    client = signed_in(county.dispatcher)

    def shown():
        return [row["case"].pk for row in client.get("/desk/", {"tab": key}).context["rows"]]

    together = shown()
    monkeypatch.setattr(work, "AT_ONCE", 3)
    assert together == shown() and len(together) >= 6


@pytest.mark.parametrize("mark", ["x", "~", "2026-03-09~1", "nonsense~5", "~99999999999999999999"])
def test_a_mark_that_was_tampered_with_shows_the_first_page(mark):
    county = County()
    request = county.submit(at(3, 9))

    assert [case.pk for case in page_of(waiting_for(county.dispatcher), "due", mark).cases] == [request.pk]


def test_the_list_and_the_counts_cost_the_same_however_many_lines():
    county = County()
    client = signed_in(county.dispatcher)
    county.submit(at(3, 9))
    client.get("/desk/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/desk/")
    for minute in range(12):
        county.submit(at(3, 9, 10, minute), region_code=county.region.code)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/desk/")

    assert page.status_code == 200
    assert len(many) == len(few)
    on_cases = [query["sql"] for query in many if 'FROM "cases_case"' in query["sql"]]
    (looked,) = [sql for sql in on_cases if f"LIMIT {AT_ONCE + 1}" in sql]
    (listed,) = [sql for sql in on_cases if sql != looked and "LIMIT 51" in sql]
    assert (
        "LIMIT 51" in looked and '"cases_case"."id" IN (' in listed
    )  # found with the counts, then read by number
    assert not [sql for sql in on_cases if "count(" in sql.lower() and "LIMIT" not in sql]


def test_filters_narrow_the_list_and_stay_in_the_tabs():
    county = County()
    client = signed_in(county.dispatcher)
    county.submit(at(3, 9), title="桥头灯坏了")
    county.submit(at(3, 9), title="水管漏水", channel="phone")

    page = client.get("/desk/", {"words": "漏水", "channel": "phone", "category": "nonsense"})

    text = page.content.decode()
    assert "水管漏水" in text and "桥头灯坏了" not in text
    assert "words=%E6%BC%8F%E6%B0%B4" in text.partition("c-tabs")[2].partition("</nav>")[0]


def test_a_sealed_matter_shows_no_name_in_the_preview():
    county = County()
    client = signed_in(county.dispatcher)
    sealed = county.submit(at(3, 9), confidential=True)
    plain = county.submit(at(3, 9), name="李小麦", phone="13800002222")

    assert "保密" in client.get(f"/desk/preview/{sealed.pk}/").content.decode()
    shown = client.get(f"/desk/preview/{plain.pk}/").content.decode()
    assert "李**" in shown and "李小麦" not in shown and "13800002222" not in shown


def test_the_preview_refuses_what_the_page_would_refuse():
    county = County()
    request = county.dispatched(at(3, 9))
    client = signed_in(county.other_handler)

    assert client.get(f"/desk/preview/{request.pk}/").status_code == 422
    assert client.get("/desk/preview/1/").status_code == 422


def test_search_by_number_leads_to_the_matter_and_by_phone_never_to_a_sealed_one():
    county = County()
    client = signed_in(county.dispatcher)
    sealed = county.submit(at(3, 9), confidential=True, phone="13800009876", title="保密的事")
    plain = county.submit(at(3, 9), phone="13800009876", title="平常的事")

    assert client.get("/desk/search/", {"q": sealed.case.number}).url == f"/hotline/cases/{sealed.pk}/"
    text = client.get("/desk/search/", {"q": "9876"}).content.decode()
    assert plain.case.number in text and sealed.case.number not in text
    assert "编号形如" in client.get("/desk/search/", {"q": "41-x"}).content.decode()


def test_citizens_are_led_to_sign_in(client: Client):
    for address in ("/desk/", "/desk/search/", "/desk/notices/", "/desk/scorecard/", "/desk/preview/1/"):
        assert client.get(address).url.startswith("/accounts/sign-in/")


def test_an_empty_inbox_says_so():
    county = County()
    client = signed_in(county.reviewer)

    assert "这里没有待办事项" in client.get("/desk/").content.decode()
    assert not Entry.objects.filter(at__gt=timezone.now() - timedelta(minutes=1), action="case.read").exists()


@pytest.mark.parametrize(("role", "start"), [(Role.AUDITOR, "/cockpit/"), (Role.LEADER, "/cockpit/")])
def test_who_never_has_a_matter_in_hand_has_no_inbox_in_the_menu(role, start):
    county = County()
    actor = an_official(role, county.centre, region_code="410523")

    page = signed_in(actor).get("/desk/notices/").content.decode()

    assert "待办事项" not in page and f'class="c-brand" href="{start}"' in page
    assert "待办事项" in signed_in(county.handler).get("/desk/notices/").content.decode()


def test_letters_on_paper_are_in_the_menu_of_units_with_a_mailbox_and_of_those_that_have_an_answer_to_post():
    county = mailbox.County()
    staff, handler = signed_in(county.staff), signed_in(county.handler)
    lines = ('href="/mailbox/register/"', 'href="/mailbox/post/"')

    for client, shown in ((staff, (1, 1)), (handler, (0, 0))):
        page = client.get("/desk/notices/").content.decode()
        assert tuple(page.count(line) for line in lines) == shown
    letter = county.handling(timezone.now())
    Letter.objects.filter(pk=letter.pk).update(by_post=True, replied_at=timezone.now())
    forget_everything()
    page = handler.get("/desk/notices/").content.decode()
    assert tuple(page.count(line) for line in lines) == (0, 1)


def test_every_plain_form_of_an_official_leads_back():
    county = County()
    request = county.handling(timezone.now())
    case = f"/hotline/cases/{request.pk}/"
    for actor, page, back in (
        (county.handler, "/desk/delays/new/", "/desk/delays/"),
        (county.handler, "/desk/exports/new/", "/desk/exports/"),
        (county.handler, "/desk/handovers/new/", "/desk/handovers/"),
        (county.handler, f"{case}attach/", case),
        (county.dispatcher, f"{case}link/", f"{case}?tab=related"),
    ):
        text = signed_in(actor).get(page).content.decode()
        assert re.search(rf'class="c-back"[^>]*><a href="{re.escape(back)}"', text), page
