"""The hot statements: opening a case and making a move are one prepared statement each.

Both begin with the step: when its key was used before, ON CONFLICT leaves it out, every other part finds no
step to hang on, and nothing is written twice. A waiting twin blocks until the first has committed.
They are run with the clocks that the step turns, and with what the domain writes along: its own row and the fact
(`prepared.run_with`).
"""

from typing import LiteralString

from gongzhi.kernel.audit.record import OF_STEP

CASE_COLUMNS: LiteralString = (
    "id, procedure, version, stage, title, category_id, region_code, unit_id, arbiter_unit_id, against_unit_id,"
    " against_account_id, involved_units, channel, opened_at, opened_by_id, query_code, flags, sealed, public, steps_taken, returns,"
    " due_at, warn_at, outcome, closed_at, parent_id, handed_from_id"
)
#: What the statement that opens a case is given of it, in the order of the columns; it sets the others itself.
OPENED_WITH = [
    name
    for name in CASE_COLUMNS.split(", ")
    if name not in ("id", "steps_taken", "returns", "outcome", "closed_at")
]

#: The clocks of a step, each a part of its statement that is left out where the step turns none.
STARTED: LiteralString = """
    INSERT INTO cases_deadline (case_id, clock, rule, kind, binds_office, unit_id, amount, counting, basis,
                                started_at, due_at, raw_on, provisional, warn_at, pause_reason, extensions,
                                stopped_by)
    SELECT step.case_id, d.clock, d.rule, d.kind, d.binds_office, d.unit_id, d.amount, d.counting, d.basis,
           d.started_at, d.due_at, d.raw_on, d.provisional, d.warn_at, '', 0, ''
    FROM step, jsonb_to_recordset(%s) AS d(clock text, rule text, kind text, binds_office boolean,
         unit_id bigint, amount int, counting text, basis text, started_at timestamptz, due_at timestamptz,
         raw_on date, provisional boolean, warn_at timestamptz)
"""
STOPPED: LiteralString = """
    UPDATE cases_deadline SET stopped_at = %s, stopped_by = %s FROM step
    WHERE cases_deadline.case_id = step.case_id AND cases_deadline.id = ANY(%s)
"""
CARRIED: LiteralString = """
    UPDATE cases_deadline SET unit_id = %s FROM step
    WHERE cases_deadline.case_id = step.case_id AND cases_deadline.id = ANY(%s)
"""

_STEP_COLUMNS: LiteralString = (
    "case_id, number, move, from_stage, to_stage, at, role, person_id, account_id, post_id, unit_id, answers,"
    " key, fingerprint"
)

# The case in hand stays open to the transaction that opened or locked it, wherever the move takes it (`kernel.lock`).
_HELD: LiteralString = (
    "set_config('gongzhi.case', array_append(NULLIF(current_setting('gongzhi.case', true), '')::bigint[],"
    " {id})::text, true)"
)

OPEN: LiteralString = f"""
WITH new AS MATERIALIZED (SELECT %s + nextval('cases_number') AS id),
held AS MATERIALIZED (SELECT id, {_HELD.format(id="id")} AS cases FROM new),
step AS (
    INSERT INTO cases_step ({_STEP_COLUMNS})
    SELECT held.id, 1, 'open', '', %s, %s, %s, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s, %s, %s FROM held
    ON CONFLICT (key) DO NOTHING RETURNING case_id
), opened AS (
    INSERT INTO cases_case ({CASE_COLUMNS})
    SELECT step.case_id, %s, %s, %s, %s, %s::bigint, %s, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::bigint[],
           %s, %s, %s::bigint, %s, %s::text[], %s, %s, 1, 0, %s::timestamptz, %s::timestamptz, '', NULL::timestamptz, %s::bigint, %s::bigint
    FROM step
), audited AS ({OF_STEP})
"""

MOVE: LiteralString = f"""
WITH step AS (
    INSERT INTO cases_step ({_STEP_COLUMNS})
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (key) DO NOTHING RETURNING case_id
), moved AS (
    UPDATE cases_case SET stage = %s, unit_id = %s, arbiter_unit_id = %s, involved_units = %s,
           against_unit_id = %s, against_account_id = %s, public = %s, steps_taken = %s, returns = %s,
           due_at = %s, warn_at = %s, outcome = %s, closed_at = %s
    FROM step WHERE cases_case.id = step.case_id
), audited AS ({OF_STEP})
"""

# The case, held until the transaction ends and open to it, with the clocks that run (migration 0010).
HOLD_CASE: LiteralString = f"""
SELECT {", ".join(f"(held).{name.strip()}" for name in CASE_COLUMNS.split(","))}, running FROM cases_hold(%s::bigint)
"""

# Whoever holds the key of a write may learn that it was made, wherever the case has gone since (see migration 0003).
STEP_BY_KEY: LiteralString = "SELECT case_id, move, fingerprint FROM cases_step_by_key(%s)"

# Co-handling cases still open, asked past the second lock: a person who withdraws sees none of them (migration 0004).
OPEN_CHILDREN: LiteralString = "SELECT id, unit_id FROM cases_open_children(%s::bigint)"

LEAVE: LiteralString = """
UPDATE cases_case SET involved_units = array_remove(involved_units, %s::bigint) WHERE id = %s
"""

HIDE_FAMILY: LiteralString = """
WITH RECURSIVE family (id) AS (
    SELECT %s::bigint
    UNION
    SELECT c.id FROM cases_case c JOIN family f ON c.parent_id = f.id OR c.handed_from_id = f.id
)
UPDATE cases_case SET against_unit_id = %s::bigint, against_account_id = %s::bigint, public = public AND %s
FROM family WHERE cases_case.id = family.id RETURNING cases_case.id
"""

HOLD: LiteralString = f"SELECT {_HELD.format(id='%s::bigint')}"

SET_CLOCK: LiteralString = """
UPDATE cases_deadline SET due_at = %s, raw_on = %s, provisional = %s, warn_at = %s, warned_at = %s,
       lapse_seen_at = %s, paused_at = %s, pause_reason = %s, extensions = %s, basis = %s WHERE id = %s
"""
