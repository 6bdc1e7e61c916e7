"""The one way to send a hot statement: prepared once on the server, inside Django's own transaction.

What a transaction begins with travels along with its first statement, and its COMMIT with the last, where whoever
sends that says so: a step of a case waits twice for the server, not four times.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from select import POLLIN, POLLOUT, poll
from typing import Any, Final, LiteralString, NamedTuple, Protocol, TypeVar, cast
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models.base import ModelState
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.postgres import types

#: The types of whole numbers and of their arrays, and the widest of each.
WIDE: Final = {types[name].oid: types["int8"].oid for name in ("int2", "int4")} | {
    types[name].array_oid: types["int8"].array_oid for name in ("int2", "int4")
}
M = TypeVar("M", bound=models.Model)
Commands = Sequence[bytes]  # what returns no rows, as BEGIN and COMMIT
_prepared: "WeakKeyDictionary[psycopg.Connection[Any], _Prepared]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Part:
    """What is written along with a step, in its statement: SQL that takes `case_id` from `step`, and its values.

    Where the step turns out to be there already, `step` is empty and nothing is written.
    """

    sql: LiteralString
    values: tuple[Any, ...]


def run(statement: LiteralString, values: Sequence[Any], *, writes: bool = True) -> list[tuple[Any, ...]]:
    """Execute *statement* with *values* on Django's connection and return its rows; say so where it *writes* nothing.

    Only for the few statements behind opening a case, making a move, auditing and publishing: a prepared
    statement skips parsing and planning, which is half their cost on the server. Never for reads limited
    to an area: the plan of the first area would be kept for all others.
    """
    return _run(statement, values, ends=0, writes=writes)


def run_with(
    statement: LiteralString, values: Sequence[Any], parts: Iterable[Part], *, ends: int = 0
) -> list[tuple[Any, ...]]:
    """Execute a statement that ends in WITH queries, one of them `step`, together with *parts*; return the case.

    *ends* promises that so many of the blocks around it write nothing more: their COMMIT goes along, if they are all
    there are and wrote nothing before. What is asked in them after that is asked in another transaction.
    """
    along = tuple(parts)
    whole = _joined(statement, tuple(part.sql for part in along))
    return _run(whole, [*values, *(value for part in along for value in part.values)], ends)


def _run(
    statement: LiteralString, values: Sequence[Any], ends: int, writes: bool = True
) -> list[tuple[Any, ...]]:
    here = cast("Transacting", connections[DEFAULT_DB_ALIAS])
    if not here.in_atomic_block:  # a lone statement gets a transaction, which begins by saying who acts
        with transaction.atomic():
            return _run(statement, values, ends=1)
    with here.wrap_database_errors:
        connected = _of(here.connection)
        message = connected.message(statement, values)
        before, after = here.travelling(ends)
        try:
            return connected.send(message, before, after)
        except BaseException:
            here.needs_rollback = here.needs_rollback or bool(after)  # what it would undo is undone already
            raise
        finally:
            here.travelled(writes)


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


def as_read(model: type[M], columns: Mapping[str, Any]) -> M:
    """Return the row of *model* that a hot statement has read, as `from_db` does, which asks a setter of each column."""
    row = model.__new__(model)
    row.__dict__.update(columns)
    row._state = ModelState()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


class Transacting(Protocol):
    """What is asked of Django's connection, which is ours (`kernel.lock.base`)."""

    in_atomic_block: bool
    needs_rollback: bool
    connection: "psycopg.Connection[Any]"
    wrap_database_errors: AbstractContextManager[None]

    def travelling(self, ends: int) -> tuple[Commands, Commands]:
        """Return the commands that travel before a prepared statement and after it."""
        ...

    def travelled(self, wrote: bool) -> None:
        """Note that the statement was sent, and what has become of the transaction."""
        ...


def _of(raw: "psycopg.Connection[Any]") -> "_Prepared":
    """Return what is prepared on a connection."""
    kept = _prepared.get(raw)
    if kept is None:
        kept = _prepared[raw] = _Prepared(raw)
    return kept


class _Message(NamedTuple):
    """What is sent: the name of a prepared statement, or a whole one with the types of its values."""

    what: bytes
    values: Sequence[bytes] = ()
    kinds: Sequence[int] | None = ()


class _Prepared:
    """The statements that one connection has prepared, each once, by the name the server knows it by.

    They are sent by libpq's own blocking call: psycopg's cursor waits in Python for the socket, which costs as much again
    as the statement. Values go as text, so that one prepared statement takes whatever stands for a column.
    """

    def __init__(self, raw: "psycopg.Connection[Any]") -> None:
        self.pgconn = raw.pgconn
        self.transformer = Transformer.from_context(raw)
        self.names: dict[str, bytes] = {}
        self.socket = poll()
        self.socket.register(self.pgconn.socket)

    def message(self, statement: LiteralString, values: Sequence[Any]) -> "_Message":
        """Return *statement* with *values* as the server takes it, prepared if it is new here."""
        given = cast("Sequence[bytes]", self.transformer.dump_sequence(values, [PyFormat.TEXT] * len(values)))
        kinds = self.transformer.types or ()
        if settings.GONGZHI_PREPARE:
            return _Message(self.names.get(statement) or self._prepare(statement, kinds), given, None)
        return _Message(_numbered(statement).encode(), given, _wide(kinds))  # a pooler in between keeps none

    def send(self, message: "_Message", before: Commands, after: Commands) -> list[tuple[Any, ...]]:
        """Execute a statement between commands that return no rows, all of them in one go; return its rows."""
        if before or after:
            answers = self._in_one_go([*map(_Message, before), message, *map(_Message, after)])
            result = [checked(self.pgconn, answer) for answer in answers][len(before)]
        elif message.kinds is None:
            result = checked(self.pgconn, self.pgconn.exec_prepared(message.what, message.values))
        else:
            result = checked(
                self.pgconn, self.pgconn.exec_params(message.what, message.values, message.kinds)
            )
        if not result.nfields:
            return []
        self.transformer.set_pgresult(result)
        return self.transformer.load_rows(0, result.ntuples, tuple)

    def _in_one_go(self, messages: "Sequence[_Message]") -> list[pq.abc.PGresult]:
        """Send everything before waiting for the first answer; where one fails, the server skips what follows it."""
        try:
            self.pgconn.enter_pipeline_mode()
            for message in messages:
                if message.kinds is None:
                    self.pgconn.send_query_prepared(message.what, message.values)
                else:
                    self.pgconn.send_query_params(message.what, message.values, message.kinds)
            self.pgconn.pipeline_sync()
            answers = [self._answer() for _ in messages]
            self._next()  # the end of what was sent together
            self.pgconn.exit_pipeline_mode()
        except BaseException:
            self.pgconn.finish()  # nobody could tell which answer belongs to what
            raise
        return answers

    def _answer(self) -> pq.abc.PGresult:
        """Wait for what the server says to one command."""
        answer = self._next()
        if answer is None:
            raise psycopg.OperationalError(self.pgconn.get_error_message())
        self._next()  # None: that was all of it
        return answer

    def _next(self) -> pq.abc.PGresult | None:
        """Wait for the next answer where other threads may run, which hold what it may be waiting for: a locked case.

        `get_result` by itself waits with the interpreter's lock held (psycopg 3.3).
        """
        while (unsent := self.pgconn.flush()) or self.pgconn.is_busy():
            self.socket.modify(self.pgconn.socket, POLLIN | POLLOUT if unsent else POLLIN)
            self.socket.poll()
            self.pgconn.consume_input()
        return self.pgconn.get_result()

    def _prepare(self, statement: LiteralString, kinds: Sequence[int]) -> bytes:
        name = f"gongzhi_{len(self.names)}".encode()
        checked(self.pgconn, self.pgconn.prepare(name, _numbered(statement).encode(), _wide(kinds)))
        self.names[statement] = name
        return name


def _wide(kinds: Sequence[int]) -> list[int]:
    """Return types in which a whole number is a bigint, whatever the first one that comes is small enough for."""
    return [WIDE.get(one, one) for one in kinds]


def checked(pgconn: pq.abc.PGconn, result: pq.abc.PGresult) -> pq.abc.PGresult:
    """Return what the server answered; raise its error as psycopg would. An error without a code is not the server's: it is gone."""
    if result.status in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
        return result
    if pgconn.status == pq.ConnStatus.BAD or result.error_field(pq.DiagnosticField.SQLSTATE) is None:
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
