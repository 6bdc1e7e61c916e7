"""Django's PostgreSQL connection, which says at the start of each transaction who acts.

A statement outside a transaction gets a small one of its own: announced settings live no longer than that. A transaction
begins on the server with its first statement; one that asks nothing costs no message.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from django.db import transaction
from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg.pq import TransactionStatus

from gongzhi.kernel.lock.scope import acting_scope, begin, beginning, send
from gongzhi.kernel.prepared import Commands

_reading: ContextVar[ExitStack | None] = ContextVar("gongzhi_reading", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything until the block ends in one transaction, begun when the first statement comes.

    It says once who acts, and all of a page is of the same moment; a page that reads nothing needs no database.
    """
    with ExitStack() as until_the_end:
        token = _reading.set(until_the_end)
        try:
            yield
        finally:
            _reading.reset(token)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection on which nobody reads or writes a protected row without having said who they are."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.execute_wrappers.append(_in_a_transaction)

    #: A transaction is wanted that the server knows nothing of yet.
    to_begin = False
    #: Nothing was asked in it but what writes nothing, so that its COMMIT may come before it is known that all went well.
    untouched = False

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        """Want a transaction, or want none any more."""
        if autocommit:
            self.to_begin = False  # before hooks run, which are outside
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        self.to_begin = self.untouched = not autocommit

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor; what is done with it in a transaction finds that begun."""
        self.begin()
        return super().create_cursor(name)

    def begin(self) -> None:
        """Begin the transaction that is wanted, by announcing who acts; nobody acting announces nothing."""
        self.untouched = False
        if not self.to_begin:
            return
        self.to_begin = False
        try:
            with self.wrap_database_errors:
                begin(self.connection, acting_scope())
        except BaseException:
            self.close()  # else it would stay in a transaction that nobody ends
            raise

    def travelling(self, ends: int) -> tuple[Commands, Commands]:
        """Return what travels with a prepared statement: the beginning if it is due; COMMIT if it *ends* all blocks.

        COMMIT only if nothing was written before it, for the statement may turn out to write nothing and be refused. Where
        a block goes on asking after that, it does so in another transaction.
        """
        before = beginning(acting_scope()) if self.to_begin else ()
        alone = self.untouched and self.commit_on_exit and not self.needs_rollback
        return before, (b"COMMIT",) if alone and len(self.atomic_blocks) <= ends else ()

    def travelled(self, wrote: bool) -> None:
        """Note that a prepared statement was sent; a transaction that has ended, well or not, is one to begin again."""
        self.to_begin = _is_idle(self.connection)
        self.untouched = self.to_begin or (self.untouched and not wrote)

    def _commit(self) -> None:
        """Commit by one blocking call of the driver's library, as `begin` begins, if anything was begun."""
        if self.connection is not None and not (self.to_begin and _is_idle(self.connection)):
            with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
                send(self.connection, b"COMMIT")


def _is_idle(raw: "psycopg.Connection[Any]") -> bool:
    return raw.info.transaction_status == TransactionStatus.IDLE


def _in_a_transaction(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Run a statement that stands alone in a transaction, so that it is announced as well."""
    connection = context["connection"]
    with ExitStack() as until_then:
        if not connection.in_atomic_block and acting_scope() is not None:
            (_reading.get() or until_then).enter_context(transaction.atomic(using=connection.alias))
        connection.begin()
        return execute(sql, params, many, context)
