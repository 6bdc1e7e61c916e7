"""Cases by the hundred thousand in seconds: consistent rows of every stage, made by the database out of numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from django.db import connection, transaction

from benchmarks.ground import Ground
from gongzhi.kernel.organisations.tests.factories import a_category, a_region, a_unit

COUNTIES = ("410523", "410522", "410102", "410103")
UNITS_PER_COUNTY = 10
CATEGORIES = ("urban.road.hole", "urban.water.leak", "housing.heating.cold", "market.price.high")
PEOPLE_FROM = 1_000_000

# Of a hundred cases 87 are closed; two in five lie in the first county, a quarter of the rest in each of all four.
PLAN: LiteralString = """
CREATE TEMPORARY TABLE plan ON COMMIT DROP AS
SELECT n, county.code::bigint * 10000000000000 + nextval('cases_number') AS id, county.code || '100201' AS region,
    county.units[1 + n / 7 %% cardinality(county.units)] AS unit, stage.name AS stage, stage.steps AS steps,
    (%(categories)s::bigint[])[1 + n / 3 %% cardinality(%(categories)s::bigint[])] AS category, %(people)s + n / 3 AS person,
    CASE WHEN stage.steps < 6 THEN %(now)s - interval '31 hours' - n / 13 %% 240 * interval '1 hour'
        ELSE %(now)s - interval '30 days' - n %% 8000 * interval '1 hour' END AS opened
FROM generate_series(%(first)s::integer, %(last)s::integer) AS n
CROSS JOIN LATERAL (SELECT CASE WHEN n %% 100 < 2 THEN 1 WHEN n %% 100 < 4 THEN 2 WHEN n %% 100 < 9 THEN 3
    WHEN n %% 100 < 12 THEN 4 WHEN n %% 100 < 13 THEN 5 ELSE 6 END AS steps) AS taken
CROSS JOIN LATERAL (SELECT taken.steps, (%(stages)s::text[])[taken.steps] AS name) AS stage
JOIN unnest(%(codes)s::text[]) WITH ORDINALITY AS place (code, number)
    ON place.number = CASE WHEN n / 100 %% 5 < 2 THEN 1 ELSE 1 + n / 100 %% 4 END
JOIN (SELECT region_id AS code, array_agg(id ORDER BY id) AS units FROM organisations_unit GROUP BY 1) AS county
    ON county.code = place.code"""
PEOPLE: LiteralString = """
INSERT INTO people_person (id, masked_name, masked_phone, phone_tail, by_sms, region_code, created_at)
SELECT DISTINCT ON (person) person, '群**', '138****' || right(person::text, 4), right(person::text, 4), true, region, opened
FROM plan ORDER BY person ON CONFLICT DO NOTHING"""
CASES: LiteralString = """
INSERT INTO cases_case (id, procedure, version, stage, title, category_id, region_code, unit_id, involved_units, channel,
    opened_at, opened_by_id, query_code, flags, sealed, public, steps_taken, returns, due_at, outcome, closed_at)
SELECT id, 'hotline.request', '2026-11', stage, '第' || n || '号：' || (%(titles)s::text[])[1 + n %% 5], category, region,
    CASE WHEN steps > 1 THEN unit END, '{}', (ARRAY['web', 'phone', 'import'])[1 + n %% 3], opened, person,
    '4105' || lpad(n::text, 8, '0'), '{}', n %% 100 = 37, n %% 5 = 0, steps, 0,
    CASE WHEN steps < 4 THEN opened + interval '7 days' WHEN steps < 6 THEN opened + interval '20 days' END,
    CASE WHEN steps > 3 THEN 'solved' ELSE '' END, CASE WHEN steps = 6 THEN opened + interval '30 hours' END FROM plan"""
STEPS: LiteralString = """
INSERT INTO cases_step (case_id, number, move, from_stage, to_stage, at, role, person_id, account_id, post_id, unit_id,
    answers, key, fingerprint)
SELECT id, number, move, before, after, opened + number * interval '5 hours', role,
    CASE WHEN role = 'citizen' THEN person END, CASE WHEN role = 'handler' THEN %(account)s END, NULL,
    CASE WHEN role = 'handler' THEN unit END, '{}', gen_random_uuid(), '\\x00'
FROM plan JOIN (VALUES (1, 'open', '', 'received', 'citizen'), (2, 'dispatch', 'received', 'dispatched', 'dispatcher'),
    (3, 'accept', 'dispatched', 'handling', 'handler'), (4, 'reply', 'handling', 'replied', 'handler'),
    (5, 'rate', 'replied', 'rated', 'citizen'), (6, 'close', 'rated', 'closed', 'system'))
    AS made (number, move, before, after, role) ON made.number <= plan.steps"""
DEADLINES: LiteralString = """
INSERT INTO cases_deadline (case_id, clock, rule, kind, binds_office, unit_id, amount, counting, basis, started_at, due_at,
    raw_on, provisional, warn_at, pause_reason, extensions, stopped_at, stopped_by)
SELECT id, clock, rule, kind, clock <> 'voice', CASE WHEN starts > 1 THEN unit END, 5, 'working_days',
    '安阳市政务服务条例（2021）第五十条', opened + starts * interval '5 hours', opened + days * interval '1 day',
    (opened + days * interval '1 day')::date, false, opened + (days - 1) * interval '1 day', '', 0,
    CASE WHEN steps >= stops THEN opened + stops * interval '5 hours' END, CASE WHEN steps >= stops THEN mover ELSE '' END
FROM plan JOIN (VALUES ('dispatch', 'HL-05', 'promise', 1, 2, 1, 'dispatch'), ('promise', 'HL-08', 'promise', 1, 4, 7, 'reply'),
    ('answer', 'HL-08', 'statute', 2, 4, 7, 'reply'), ('return', 'HL-10', 'statute', 2, 3, 1, 'accept'),
    ('voice', 'GZ-01', 'promise', 4, 6, 20, 'close')) AS clocks (clock, rule, kind, starts, stops, days, mover)
    ON plan.steps >= clocks.starts"""
REQUESTS: LiteralString = """
INSERT INTO hotline_request (case_id, kind, text, place, may_publish, reply, replied_at, grade, grade_words, rated_at,
    rated_by_call, urged, complained_of, cleared_at)
SELECT id, 'help', '您好，' || (%(titles)s::text[])[1 + n %% 5] || '，已经有一个星期，影响附近几十户人家，请派人来看看。', '桥北边', n %% 5 = 0,
    CASE WHEN steps > 3 THEN '已经到现场核实并处理，请您再看看。' ELSE '' END,
    CASE WHEN steps > 3 THEN opened + interval '20 hours' END, CASE WHEN steps > 4 THEN 5 - n %% 3 END, '',
    CASE WHEN steps > 4 THEN opened + interval '25 hours' END, false, 0, '',
    CASE WHEN steps > 3 AND n %% 5 = 0 THEN opened + interval '20 hours' END FROM plan"""
AUDIT: LiteralString = """
INSERT INTO audit_entry (at, action, role, account_id, person_id, post_id, unit_id, region_code, case_id, subject, purpose,
    details)
SELECT at, 'hotline.request.' || move, role, account_id, person_id, NULL, cases_step.unit_id, region, case_id, '', '', '{}'
FROM cases_step JOIN plan ON plan.id = cases_step.case_id AND plan.steps < 6"""  # of closed cases no measured page reads it
DRAWS: LiteralString = """
INSERT INTO hotline_draw (region_code, replied_from, replied_to, size, seed, seed_hash, announced_at, drawn_at, population, key)
SELECT '410523', %(now)s::date - 30, %(now)s::date, 20, repeat('0', 64), repeat('f', 64), %(now)s - n * interval '1 day',
    %(now)s, 1000, gen_random_uuid() FROM generate_series(1, 30) AS n"""
FILLED: tuple[LiteralString, ...] = (
    "people_person",
    "cases_case",
    "cases_step",
    "cases_deadline",
    "hotline_request",
    "audit_entry",
)
TITLES = ["村口三盏路灯不亮", "小区门口积水", "供暖温度不够", "路面有个大坑", "超市标价和结账不一样"]
STAGES = ["received", "dispatched", "handling", "replied", "rated", "closed"]


@dataclass(frozen=True)
class Filling:
    """What every portion is made of."""

    ground: Ground
    categories: list[int]
    now: datetime


def prepare(ground: Ground, now: datetime) -> Filling:
    """Make the counties, units and categories over which cases are spread, and some call-back samples."""
    for code in COUNTIES:
        a_region(f"{code}100201")  # type: ignore[no-untyped-call]
        for _ in range(UNITS_PER_COUNTY):
            a_unit(region=code)  # type: ignore[no-untyped-call]
    more = [a_category(key).pk for key in CATEGORIES]  # type: ignore[no-untyped-call]
    with connection.cursor() as cursor:
        cursor.execute(DRAWS, {"now": now})
    return Filling(ground, [ground.category_id, *more], now)


def fill(filling: Filling, first: int, last: int) -> None:
    """Add the cases with these numbers and let the planner know.

    Foreign keys are not checked one by one (`session_replication_role`), which takes most of the time otherwise;
    the tests check them.
    """
    values: dict[str, Any] = {
        "first": first,
        "last": last,
        "now": filling.now,
        "codes": list(COUNTIES),
        "categories": filling.categories,
        "people": PEOPLE_FROM,
        "stages": STAGES,
        "titles": TITLES,
        "account": filling.ground.handler.account_id,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in (PLAN, PEOPLE, CASES, STEPS, DEADLINES, REQUESTS):
            cursor.execute(statement, values)
        cursor.execute("CREATE INDEX ON plan (id)")
        cursor.execute("ANALYZE plan")
        cursor.execute(AUDIT)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) " + ", ".join(FILLED))
