"""What the second lock lets through, as SQL: one expression for each shape of protected table.

Each expression compares a row with the announced settings (see `scope`). An unset or empty setting becomes NULL or
an empty range, which matches nothing: whatever is forgotten, the lock stays shut. Comparisons are ranges and
equalities, so that the indexes behind the lists stay usable.
"""

from django.db import migrations

WEB = "gongzhi_web"


def setting(name: str) -> str:
    """Return the announced text; NULL when nothing was announced."""
    return f"current_setting('gongzhi.{name}', true)"


def number(name: str) -> str:
    """Return the announced number; NULL when there is none."""
    return f"NULLIF({setting(name)}, '')::bigint"


def numbers(name: str) -> str:
    """Return the announced numbers; NULL when nothing was announced."""
    return f"NULLIF({setting(name)}, '')::bigint[]"


def acts_as(*who: str) -> str:
    """Say that one of the platform's own roles acts."""
    return f"{setting('acts')} IN ({', '.join(repr(one) for one in who)})"


def within(column: str = "region_code") -> str:
    """Say that a region lies in the announced area: a range over a column collated "C"."""
    return f"({column} >= {setting('low')} AND {column} < {setting('high')})"


def kept_by(column: str = "region_code") -> str:
    """Say that the actor is the platform itself, or keeps the technical records of a region."""
    area = f"{column} >= {setting('keeps_low')} AND {column} < {setting('keeps_high')}"
    return f"({acts_as('system')} OR {area})"


def told(unit: str = "against_unit_id", account: str = "against_account_id") -> str:
    """Say that a complaint about the unit and the account in two columns need not be kept from the actor.

    Neither who is complained of nor their unit learns of it (信访工作条例 art. 30).
    """
    return (
        f"({unit} IS NULL OR {unit} <> ALL ({numbers('kept_from')}))"
        f" AND ({account} IS NULL OR {account} <> ALL ({numbers('kept_accounts')}))"
    )


SOMEBODY = f"{setting('acts')} <> ''"
IN_HAND = f"= ANY ({numbers('case')})"
# The likeliest come first. What one wrote oneself, and what a code opens, is read whomever it is about. That a matter is
# published opens nothing here: everybody reads it through a view of the few columns that are.
OF_CASES = f"""
    {acts_as("system")}
    OR {within()} AND (NOT sealed OR {setting("opens_sealed")} = '1') AND {told()}
    OR (unit_id = {number("unit")} OR arbiter_unit_id = {number("unit")} OR involved_units @> ARRAY[{number("unit")}])
       AND {told()}
    OR opened_by_id = {number("person")}
    OR query_code = NULLIF({setting("code")}, '')
    OR id {IN_HAND}
"""


def seen_case(column: str) -> str:
    """Say that the case numbered in a column is in the actor's reach, by a function of the first migration.

    A function is looked into only when nothing cheaper has answered; a subquery would be planned and set up with every
    statement, and PostgreSQL may even make a hash of every case there is for it.
    """
    return f"lock_sees_case({column})"


def of_case(table: str, column: str = "case_id") -> str:
    """Let a row through when its case is in the actor's reach; that it is published is not enough."""
    return f"""
        {acts_as("system")} OR {table}.{column} {IN_HAND} OR {seen_case(f"{table}.{column}")}
    """


def protect(table: str, rows: str, *, inserted: str = SOMEBODY) -> migrations.RunSQL:
    """Return the migration that lets through only *rows* of *table*, whoever owns it.

    Reading and changing need the row to be visible; what a change makes of it may lie elsewhere, as when a unit
    gives a case away. Only the system deletes.
    """
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY seen ON {table} FOR SELECT USING ({rows});
        CREATE POLICY added ON {table} FOR INSERT WITH CHECK ({inserted});
        CREATE POLICY changed ON {table} FOR UPDATE USING ({rows}) WITH CHECK ({SOMEBODY});
        CREATE POLICY forgotten ON {table} FOR DELETE USING ({acts_as("system")});
        """,
        f"""
        DROP POLICY seen ON {table};
        DROP POLICY added ON {table};
        DROP POLICY changed ON {table};
        DROP POLICY forgotten ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def past_the_lock(signature: str) -> migrations.RunSQL:
    """Return the migration that shuts a SECURITY DEFINER function, such as "people_with_phone(bytea[])".

    Only the web's role calls it, and it finds no table before ours: PostgreSQL looks among temporary tables first
    unless they are named last, and a trigger on such a table would run as the owner of everything.
    """
    return migrations.RunSQL(
        f"""
        ALTER FUNCTION {signature} SET search_path = pg_catalog, public, pg_temp;
        REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {signature} TO {WEB};
        """,
        f"GRANT EXECUTE ON FUNCTION {signature} TO PUBLIC",
    )
