"""Who acts in the database: the reach that is announced at the start of every transaction.

The policies compare each row with these settings. They are set with SET LOCAL, so they end with their
transaction and never stay on a connection that a pool hands to somebody else. Nothing announced: every protected
table is empty and refuses writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass, replace
from typing import LiteralString

import psycopg
from django.db import connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the database lets through: a region's range of codes, a unit, a person, an account.

    Text throughout, as PostgreSQL keeps settings; empty means none. `low` to `high` is the area whose cases are open,
    `keeps_low` to `keeps_high` the area whose technical records an administrator keeps. `kept_from` and `kept_accounts`
    are arrays of units and of accounts about which the actor must not read complaints. What a person has shown opens
    one row: `code` the case with that query code, `username` the account of that name, `opened` the person whose
    particulars are looked at for a purpose.
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


SYSTEM = Scope(acts="system")
VISITOR = Scope(acts="visitor")
ANNOUNCE: LiteralString = """
SELECT set_config('gongzhi.acts', %s, true), set_config('gongzhi.low', %s, true), set_config('gongzhi.high', %s, true),
    set_config('gongzhi.opens_sealed', %s, true), set_config('gongzhi.unit', %s, true),
    set_config('gongzhi.person', %s, true), set_config('gongzhi.account', %s, true),
    set_config('gongzhi.kept_from', %s, true), set_config('gongzhi.kept_accounts', %s, true),
    set_config('gongzhi.keeps_low', %s, true), set_config('gongzhi.keeps_high', %s, true),
    set_config('gongzhi.code', %s, true), set_config('gongzhi.username', %s, true), set_config('gongzhi.opened', %s, true)
"""
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


def announce(raw: "psycopg.Connection[tuple[object, ...]]", scope: Scope | None) -> None:
    """Tell the running transaction of *raw* who acts: one prepared statement."""
    psycopg.Cursor(raw).execute(ANNOUNCE, astuple(scope or _NOBODY), prepare=True)


def _tell(*more: LiteralString) -> None:
    """Announce the change to a transaction that is open already; one that was broken refuses everything anyway."""
    raw = connection.connection
    if raw is not None and connection.in_atomic_block and _takes_statements(raw):
        announce(raw, _acting.get())
        for statement in more:
            raw.execute(statement)


def _takes_statements(raw: "psycopg.Connection[tuple[object, ...]]") -> bool:
    broken = (psycopg.pq.TransactionStatus.INERROR, psycopg.pq.TransactionStatus.UNKNOWN)
    return not raw.closed and raw.info.transaction_status not in broken
