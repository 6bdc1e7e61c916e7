"""The baseline of `lifecycle`: the same rows, written by hand in SQL, one transaction a step, without any checks."""

import os
import uuid
from datetime import datetime, timedelta
from typing import Any, LiteralString
from zoneinfo import ZoneInfo

import psycopg
from django.db import connection
from psycopg.types.json import Jsonb

from benchmarks.ground import Ground
from gongzhi.kernel.people.actor import Actor

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(days=20)
DUE = NOW + timedelta(days=7)

CASE: LiteralString = """
INSERT INTO cases_case (id, procedure, version, stage, title, category_id, region_code, involved_units, channel,
    opened_at, opened_by_id, query_code, flags, sealed, public, steps_taken, returns, due_at, outcome)
VALUES (%s + nextval('cases_number'), 'hotline.request', '2026-11', 'received', %s, %s, %s, '{}', 'web', %s, %s, %s,
    '{}', false, false, 1, 0, %s, '') RETURNING id"""
STEP: LiteralString = """
INSERT INTO cases_step (case_id, number, move, from_stage, to_stage, at, role, person_id, account_id, post_id,
    unit_id, answers, key, fingerprint)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
DEADLINE: LiteralString = """
INSERT INTO cases_deadline (case_id, clock, rule, kind, binds_office, unit_id, amount, counting, basis, started_at,
    due_at, raw_on, provisional, warn_at, pause_reason, extensions, stopped_by)
VALUES (%s, %s, %s, %s, %s, %s, 5, 'working_days', '安阳市政务服务条例（2021）第五十条', %s, %s, %s, false, %s,
    '', 0, '')"""
CARRIED: LiteralString = """
UPDATE cases_deadline SET unit_id = %s WHERE case_id = %s AND clock <> ALL(%s) AND stopped_at IS NULL"""
AUDIT: LiteralString = """
INSERT INTO audit_entry (at, action, role, account_id, person_id, post_id, unit_id, region_code, case_id, subject,
    purpose, details) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', '{}')"""
FACT: LiteralString = """
INSERT INTO events_outbox (key, region_code, case_id, payload, published_at, attempts, last_error)
VALUES (%s, %s, %s, %s, %s, 0, '')"""
PERSON: LiteralString = """
INSERT INTO people_person (masked_name, masked_phone, phone_tail, by_sms, region_code, created_at)
VALUES ('测*', %s, %s, true, %s, %s) RETURNING id"""
PARTICULARS: LiteralString = """
INSERT INTO people_particulars (person_id, name_sealed, phone_sealed, id_number_sealed, address_sealed, name_index,
    phone_index, key_version)
VALUES (%s, decode(repeat('00', 37), 'hex'), decode(repeat('00', 42), 'hex'), '', '', decode(md5('测试'), 'hex'),
    decode(md5(%s), 'hex'), 1)"""  # as long as what is sealed
REQUEST: LiteralString = """
INSERT INTO hotline_request (case_id, kind, text, place, may_publish, reply, grade_words, rated_by_call, urged,
    complained_of)
VALUES (%s, 'help', '村口三盏路灯坏了一个星期，晚上老人出门看不见路。', '村口小桥北边', false, '', '', false, 0, '')"""

RULES = {
    "dispatch": ("HL-05", "promise"),
    "promise": ("HL-08", "promise"),
    "answer": ("HL-08", "statute"),
    "return": ("HL-10", "statute"),
    "voice": ("GZ-01", "promise"),
}
_open: dict[int, "psycopg.Connection[Any]"] = {}


def one_case(ground: Ground, number: int) -> None:
    """Write what the use cases write for one request."""
    db = connected()
    case_id, person_id = _opened(db, ground, number)
    citizen = (None, person_id, None, None)
    desk, unit = _who(ground.dispatcher), _who(ground.handler)
    _step(db, case_id, (2, "dispatch", "received", "dispatched"), "dispatcher", desk, ground)
    _step(db, case_id, (3, "accept", "dispatched", "handling"), "handler", unit, ground)
    _step(db, case_id, (4, "reply", "handling", "replied"), "handler", unit, ground)
    _step(db, case_id, (5, "rate", "replied", "rated"), "citizen", citizen, ground)
    _step(db, case_id, (6, "close", "rated", "closed"), "system", (None, None, None, None), ground)


def connected() -> "psycopg.Connection[Any]":
    """Return this process's own connection."""
    pid = os.getpid()
    if pid not in _open:
        parameters = connection.get_connection_params()
        keep = {k: v for k, v in parameters.items() if k in ("host", "port", "user", "password", "dbname")}
        _open[pid] = psycopg.connect(**keep, autocommit=True, prepare_threshold=1)
    return _open[pid]


def disconnect() -> None:
    """Close this process's connection."""
    if kept := _open.pop(os.getpid(), None):
        kept.close()


def _who(actor: Actor) -> tuple[int | None, int | None, int | None, int | None]:
    return actor.account_id, actor.person_id, actor.post_id, actor.unit_id


def _opened(db: "psycopg.Connection[Any]", ground: Ground, number: int) -> tuple[int, int]:
    phone, code = f"1{number % 10**10:010d}", uuid.uuid4().hex[:12].upper()
    with db.transaction():
        known = db.execute(
            "SELECT person_id FROM people_particulars WHERE phone_index = decode(md5(%s), 'hex')"
            " AND name_index = decode(md5('测试'), 'hex')",
            (phone,),
        ).fetchone()
        row = (
            known
            or db.execute(PERSON, (phone[:3] + "****" + phone[-4:], phone[-4:], ground.place, NOW)).fetchone()
        )
        assert row is not None
        if known is None:
            db.execute(PARTICULARS, (row[0], phone))
        values = (
            410523 * 10**13,
            "村口三盏路灯不亮",
            ground.category_id,
            ground.place,
            NOW,
            row[0],
            code,
            DUE,
        )
        opened = db.execute(CASE, values).fetchone()
        assert opened is not None
        case_id = opened[0]
        step = (case_id, 1, "open", "", "received", NOW, "citizen", None, None, None, None)
        db.execute(STEP, (*step, Jsonb({}), uuid.uuid4(), b"0123456789abcdef"))
        for clock in ("dispatch", "promise"):
            deadline = (case_id, clock, *RULES[clock], True, None, NOW, DUE, DUE.date(), None)
            db.execute(DEADLINE, deadline)
        db.execute(REQUEST, (case_id,))
        db.execute(AUDIT, (NOW, "hotline.request.open", "citizen", None, None, None, None, "", case_id))
        db.execute(FACT, ("hotline.request.received", ground.place, case_id, Jsonb({}), NOW))
    return case_id, row[0]


CLOCKS = {
    "dispatch": (("dispatch",), ("answer", "return")),
    "accept": (("return",), ()),
    "reply": (("answer", "promise"), ("voice",)),
    "rate": ((), ()),
    "close": (("voice",), ()),
}
FACTS = {"dispatch": "dispatched", "reply": "replied", "rate": "rated"}
CHANGES: dict[str, LiteralString] = {
    "reply": "UPDATE hotline_request SET reply = '三盏灯已经修好。', replied_at = %s WHERE case_id = %s",
    "rate": "UPDATE hotline_request SET grade = 5, rated_at = %s WHERE case_id = %s",
}


def _step(
    db: "psycopg.Connection[Any]",
    case_id: int,
    step: tuple[int, str, str, str],
    role: str,
    who: tuple[int | None, int | None, int | None, int | None],
    ground: Ground,
) -> None:
    number, move, before, after = step
    account, person, post, unit = who
    now = LAST if move == "close" else LATER
    stops, starts = CLOCKS[move]
    with db.transaction():
        db.execute("SELECT stage FROM cases_case WHERE id = %s FOR UPDATE", (case_id,))
        values = (case_id, number, move, before, after, now, role, person, account, post, unit)
        db.execute(STEP, (*values, Jsonb({"note": ""}), uuid.uuid4(), b"0123456789abcdef"))
        db.execute(
            "UPDATE cases_case SET stage = %s, unit_id = %s, steps_taken = %s, due_at = %s, warn_at = %s,"
            " outcome = %s, closed_at = %s WHERE id = %s",
            (after, ground.unit_id, number, DUE, DUE, "solved", now if move == "close" else None, case_id),
        )
        if stops:
            db.execute(
                "UPDATE cases_deadline SET stopped_at = %s, stopped_by = %s"
                " WHERE case_id = %s AND clock = ANY(%s) AND stopped_at IS NULL",
                (now, move, case_id, list(stops)),
            )
        if move == "dispatch":
            db.execute(CARRIED, (ground.unit_id, case_id, list(stops)))
        for clock in starts:
            deadline = (case_id, clock, *RULES[clock], True, ground.unit_id, now, DUE, DUE.date(), DUE)
            db.execute(DEADLINE, deadline)
        if move in CHANGES:
            db.execute(CHANGES[move], (now, case_id))
        entry = (now, f"hotline.request.{move}", role, account, person, post, unit, ground.place, case_id)
        db.execute(AUDIT, entry)
        if move in FACTS:
            db.execute(FACT, (f"hotline.request.{FACTS[move]}", ground.place, case_id, Jsonb({}), now))
