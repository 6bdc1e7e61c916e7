"""The one way to send a hot statement: prepared once on the server, inside Django's own transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, LiteralString, cast
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.postgres import types

#: The types of whole numbers and of their arrays, and the widest of each.
WIDE: Final = {types[name].oid: types["int8"].oid for name in ("int2", "int4")} | {
    types[name].array_oid: types["int8"].array_oid for name in ("int2", "int4")
}
_prepared: "WeakKeyDictionary[psycopg.Connection[Any], _Prepared]" = WeakKeyDictionary()


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
        return _of(here.connection).run(statement, values)


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


def _of(raw: "psycopg.Connection[Any]") -> "_Prepared":
    """Return what is prepared on a connection."""
    kept = _prepared.get(raw)
    if kept is None:
        kept = _prepared[raw] = _Prepared(raw)
    return kept


class _Prepared:
    """The statements that one connection has prepared, each once, by the name the server knows it by.

    They are sent by libpq's own blocking call: psycopg's cursor waits in Python for the socket, which costs as much again
    as the statement. Values go as text, so that one prepared statement takes whatever stands for a column.
    """

    def __init__(self, raw: "psycopg.Connection[Any]") -> None:
        self.pgconn = raw.pgconn
        self.transformer = Transformer.from_context(raw)
        self.names: dict[str, bytes] = {}

    def run(self, statement: LiteralString, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Prepare *statement* if it is new here, execute it, return its rows."""
        given = cast("Sequence[bytes]", self.transformer.dump_sequence(values, [PyFormat.TEXT] * len(values)))
        kinds = self.transformer.types or ()
        if settings.GONGZHI_PREPARE:
            name = self.names.get(statement) or self._prepare(statement, kinds)
            result = checked(self.pgconn, self.pgconn.exec_prepared(name, given))
        else:  # a pooler in between cannot keep them
            result = checked(
                self.pgconn, self.pgconn.exec_params(_numbered(statement).encode(), given, _wide(kinds))
            )
        if not result.nfields:
            return []
        self.transformer.set_pgresult(result)
        return self.transformer.load_rows(0, result.ntuples, tuple)

    def _prepare(self, statement: LiteralString, kinds: Sequence[int]) -> bytes:
        name = f"gongzhi_{len(self.names)}".encode()
        checked(self.pgconn, self.pgconn.prepare(name, _numbered(statement).encode(), _wide(kinds)))
        self.names[statement] = name
        return name


def _wide(kinds: Sequence[int]) -> list[int]:
    """Return types in which a whole number is a bigint, whatever the first one that comes is small enough for."""
    return [WIDE.get(one, one) for one in kinds]


def checked(pgconn: pq.abc.PGconn, result: pq.abc.PGresult) -> pq.abc.PGresult:
    """Return what the server answered; raise its error as psycopg would."""
    if result.status in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
        return result
    if pgconn.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(result.get_error_message())
    raise psycopg.errors.error_from_result(result)


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
