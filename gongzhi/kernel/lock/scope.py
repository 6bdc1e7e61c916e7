"""Who acts in the database: the reach that is announced at the start of every transaction.

The policies compare each row with these settings. They are set with SET LOCAL, so they end with their
transaction and never stay on a connection that a pool hands to somebody else. Nothing announced: every protected
table is empty and refuses writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Final, LiteralString

import psycopg
from django.db import connections

from gongzhi.kernel.prepared import checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the database lets through: a region's range of codes, a unit, a person, an account.

    Text throughout, as PostgreSQL keeps settings; empty means none. `low` to `high` is the area whose cases are open,
    `keeps_low` to `keeps_high` the area whose technical records an administrator keeps. `kept_from` and `kept_accounts`
    are arrays of units and of accounts about which the actor must not read complaints. What a person has shown opens
    one row: `code` the case with that query code, `username` the account of that name, `opened` the persons whose
    particulars are looked at for `purpose`. `post` is the seat in which an official acts.
    """

    acts: str
    low: str = ""
    high: str = ""
    opens_sealed: str = ""
    unit: str = ""
    person: str = ""
    account: str = ""
    kept_from: str = "{}"
    kept_accounts: str = "{}"
    keeps_low: str = ""
    keeps_high: str = ""
    code: str = ""
    username: str = ""
    opened: str = ""
    purpose: str = ""
    post: str = ""


SYSTEM = Scope(acts="system")
VISITOR = Scope(acts="visitor")
_NAMES: Final = tuple(field.name for field in fields(Scope))
# The cases in hand: those the running transaction has opened or locked, set by the statements that do so.
LET_GO: LiteralString = "SELECT set_config('gongzhi.case', '', true)"
_NOBODY = Scope(acts="")
_acting: ContextVar[Scope | None] = ContextVar("gongzhi_scope", default=None)


def acting_scope() -> Scope | None:
    """Return the scope in which the running code acts; None when nobody does."""
    return _acting.get()


@contextmanager
def acting(scope: Scope) -> Iterator[None]:
    """Act in *scope* until the block ends; a transaction that is already open learns of it at once."""
    token = _acting.set(scope)
    try:
        _tell(LET_GO)
        yield
    finally:
        _acting.reset(token)
        _tell(LET_GO)


def become(scope: Scope) -> None:
    """Go on in another scope until the surrounding `acting` block ends; without one nothing is changed."""
    if _acting.get() is not None:
        _acting.set(scope)
        _tell()


def go_on(**changed: str) -> None:
    """Go on in the running scope with something more opened, as `go_on(account=...)` once a password was right."""
    scope = _acting.get()
    if scope is not None:
        become(replace(scope, **changed))


@contextmanager
def also(**changed: str) -> Iterator[None]:
    """Act in the running scope with something more opened, as `also(code=...)`; without a scope change nothing."""
    scope = _acting.get()
    if scope is None:
        yield
        return
    try:
        become(replace(scope, **changed))
        yield
    finally:
        become(scope)


def begin(raw: "psycopg.Connection[tuple[object, ...]]", scope: Scope | None) -> None:
    """Begin a transaction of *raw* and say who acts, in one message to the server.

    psycopg would send BEGIN and each statement by itself; a web request waits for every answer.
    """
    send(raw, b"; ".join(beginning(scope)))


def send(raw: "psycopg.Connection[tuple[object, ...]]", command: bytes) -> None:
    """Send what returns no rows and wait for its answer; psycopg itself would wait in Python."""
    checked(raw.pgconn, raw.pgconn.exec_(command))


@lru_cache(maxsize=4096)
def beginning(scope: Scope | None) -> tuple[bytes, ...]:
    """Return the commands that begin a transaction and say who acts in it."""
    told = {name: value for name in _NAMES if (value := getattr(scope, name, ""))}
    return b"BEGIN", *(f"SET LOCAL gongzhi.{name} = {_quoted(told[name])}".encode() for name in told)


def _quoted(value: str) -> str:
    """Return a string of SQL; signs that it could not hold become one that nothing matches."""
    return "'" + value.replace("\x00", "\ufffd").replace("\\", "\ufffd").replace("'", "''") + "'"


@lru_cache(maxsize=4096)
def _changing(scope: Scope) -> str:
    return "; ".join(f"SET LOCAL gongzhi.{name} = {_quoted(getattr(scope, name))}" for name in _NAMES)


def _tell(*more: LiteralString) -> None:
    """Announce the change to the transactions that have begun; one that has not yet will begin with it.

    A broken one refuses everything anyway.
    """
    command = "; ".join([_changing(_acting.get() or _NOBODY), *more]).encode()
    for connection in connections.all(initialized_only=True):
        raw = connection.connection
        if raw is not None and connection.in_atomic_block and _takes_statements(raw):
            send(raw, command)


def _takes_statements(raw: "psycopg.Connection[tuple[object, ...]]") -> bool:
    return not raw.closed and raw.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS
