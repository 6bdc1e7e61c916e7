"""The one way to send a hot statement: prepared once on the server, inside Django's own transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, LiteralString, cast

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction


@dataclass(frozen=True, slots=True)
class Part:
    """What is written along with a step, in its statement: SQL that takes `case_id` from `step`, and its values.

    Where the step turns out to be there already, `step` is empty and nothing is written.
    """

    sql: LiteralString
    values: tuple[Any, ...]


def run(statement: LiteralString, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Execute *statement* with *values* on Django's connection and return its rows.

    Only for the few statements behind opening a case, making a move, auditing and publishing: a prepared
    statement skips parsing and planning, which is half their cost on the server. Never for reads limited
    to an area: the plan of the first area would be kept for all others.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if not here.in_atomic_block:  # a lone statement gets a transaction, which begins by saying who acts
        with transaction.atomic():
            return run(statement, values)
    with here.wrap_database_errors:
        # Django's own cursors bind values in the client, which cannot be prepared; psycopg's plain one would read
        # a long statement anew for its placeholders each time.
        cursor = psycopg.RawCursor(here.connection)
        cursor.execute(_numbered(statement), values, prepare=True)
        returned = cursor.pgresult
        return cursor.fetchall() if returned is not None and returned.nfields else []


def run_with(statement: LiteralString, values: Sequence[Any], parts: Iterable[Part]) -> list[tuple[Any, ...]]:
    """Execute a statement that ends in WITH queries, one of them `step`, together with *parts*; return the case."""
    along = tuple(parts)
    whole = _joined(statement, tuple(part.sql for part in along))
    return run(whole, [*values, *(value for part in along for value in part.values)])


def added(row: models.Model) -> Part:
    """Return the part that inserts *row*, whose key is the case of the step."""
    fields = _fields(type(row))
    values = (field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields)
    return Part(_insert(type(row)), tuple(values))


def changed(model: type[models.Model], changes: Mapping[str, Any], counts: str = "") -> Part:
    """Return the part that sets columns of the row whose key is the case of the step, and counts one of them up."""
    fields = [model._meta.get_field(name) for name in changes]
    values = (
        cast("models.Field[Any, Any]", field).get_db_prep_save(value, connection)
        for field, value in zip(fields, changes.values(), strict=True)
    )
    return Part(_update(model, tuple(changes), counts), tuple(values))


@cache
def _numbered(statement: LiteralString) -> LiteralString:
    """Return a statement with $1, $2 ... in place of each %s, as PostgreSQL itself takes it."""
    pieces = statement.split("%s")
    return "".join(f"{piece}${number}" for number, piece in enumerate(pieces[:-1], start=1)) + pieces[-1]


@cache
def _joined(statement: LiteralString, parts: tuple[LiteralString, ...]) -> LiteralString:
    along = "".join(f", part{number} AS ({part})" for number, part in enumerate(parts))
    return f"{statement}{along} SELECT case_id FROM step"


@cache
def _fields(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insert(model: type[models.Model]) -> LiteralString:
    fields, key = _fields(model), model._meta.pk
    # A value in a select list is text unless it says what it is; varchar(20) would cut it silently.
    types = [(field.db_type(connection) or "").partition("(")[0] for field in fields]
    columns = ", ".join([str(key.column), *(str(field.column) for field in fields)])
    given = ", ".join(["step.case_id", *(f"%s::{one}" for one in types)])
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {given} FROM step"


@cache
def _update(model: type[models.Model], names: tuple[str, ...], counts: str) -> LiteralString:
    table, key = model._meta.db_table, model._meta.pk
    columns = [cast("models.Field[Any, Any]", model._meta.get_field(name)).column for name in names]
    sets = [
        *(f"{column} = %s" for column in columns),
        *([f"{counts} = {table}.{counts} + 1"] if counts else []),
    ]
    return f"UPDATE {table} SET {', '.join(sets)} FROM step WHERE {table}.{key.column} = step.case_id"
