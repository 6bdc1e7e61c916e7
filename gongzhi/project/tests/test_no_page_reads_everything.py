"""No page reads or counts more than a bounded number of rows, however many matters there are.

Every question that a page asks is explained and really carried out, as the web server's role, in a county with a simulated
year; what its scans have touched, found or thrown away, is added up. What a function reads inside is not seen here: search
is measured by `gongzhi bench province`.
"""

import json
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongzhi.domains.hotline.models import Published
from gongzhi.domains.hotline.queries.public import similar_public_requests
from gongzhi.domains.hotline.tests.factories import County
from gongzhi.insight.statistics.behind import FIGURES
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.project.simulate.loading import simulate
from gongzhi.project.tests.asking import browser_of

CASES = 30_000
MOST = 4_000
GROWING = (
    "cases_",
    "hotline_",
    "people_person",
    "people_particulars",
    "audit_",
    "notices_",
    "events_",
    "access_",
)


def silent(done, total, words):
    del done, total, words


@contextmanager
def explained(found):
    """Write down the plan of every question asked meanwhile, with what it has touched."""

    def explain(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith("SELECT"):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
                ((answer,),) = cursor.fetchall()
            plans = answer if isinstance(answer, list) else json.loads(answer)
            found.append((touched(plans[0]["Plan"]), sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield


def touched(plan):
    """The rows that the scans of growing tables in a plan have read."""
    own = 0
    if plan.get("Relation Name", "").startswith(GROWING):
        names = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
        own = plan["Actual Loops"] * sum(plan.get(name, 0) for name in names)
    return own + sum(touched(below) for below in plan.get("Plans", ()))


@pytest.fixture
def county(transactional_db):
    today = timezone.localdate()
    for number in range(201, 206):
        a_region(f"410523100{number}")
    county = County()
    simulate("410523", CASES, 0, today.replace(year=today.year - 1), silent)
    return county


def test_no_page_touches_more_than_a_bounded_number_of_rows(county):
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    case = Case.objects.filter(closed_at=None, sealed=False, unit__isnull=False).order_by("-pk")[0]
    busiest = Case.objects.filter(closed_at=None, unit=case.unit).count()
    handler = an_official(Role.HANDLER, case.unit)
    asker = Actor(role=Role.CITIZEN, person_id=case.opened_by_id)
    waiting = county.submit(timezone.now())
    pages = {
        county.dispatcher: [
            f"/hotline/cases/{waiting.pk}/do/dispatch/",
            "/desk/",
            "/desk/?tab=late",
            "/desk/?sort=newest",
            "/desk/?words=路灯",
            "/desk/search/?q=路灯",
        ],
        supervisor: [
            "/desk/",
            "/desk/?tab=soon",
            "/desk/search/?q=没有",
            f"/hotline/cases/{case.pk}/?tab=related",
            "/cockpit/?period=365",
            "/hotline/scorecard/accuracy/",
            *(f"/cockpit/list/?area=410523&period=365&of={key}" for key in FIGURES),
        ],
        handler: [
            "/desk/",
            f"/hotline/cases/{case.pk}/",
            f"/hotline/cases/{case.pk}/?tab=steps",
            "/desk/notices/",
        ],
        county.head: ["/desk/", "/desk/search/?q=0001"],
        county.call_taker: ["/hotline/call/"],
        None: ["/", "/hotline/public/", "/hotline/public/?q=路灯", "/hotline/draws/", "/log/", "/track/"],
    }
    assert asker.person_id and busiest
    too_much = []
    for who, addresses in pages.items():
        for address in addresses:
            questions = []
            with transaction.atomic(), explained(questions):
                answer = browser_of(who).get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            too_much += [(rows, address, sql) for rows, sql in questions if rows > MOST]
    assert too_much == []


def test_the_look_for_like_public_requests_is_bounded(county):
    published = Published.objects.filter(replied_at__isnull=False).order_by("-pk")[0]
    questions = []
    with explained(questions):
        found = similar_public_requests(
            f"{published.title}。{published.text}",
            region_code=published.region_code,
            category_id=published.category_id,
            now=timezone.now(),
        )
    assert found and questions
    assert [(rows, sql) for rows, sql in questions if rows > MOST] == []


def test_the_guard_sees_a_table_that_is_read_to_its_end(county):
    questions = []
    with explained(questions):
        list(Case.objects.filter(title__contains="没有的词"))
        Case.objects.count()
    assert [rows for rows, _sql in questions] == [CASES, CASES]
