"""Django's PostgreSQL connection, which says at the start of each transaction who acts.

A statement outside a transaction gets a small one of its own: announced settings live no longer than that.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction

from gongzhi.kernel.lock.scope import acting_scope, begin, send

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

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        """Begin a transaction by announcing who acts; nobody acting announces nothing."""
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if autocommit:
            return
        try:
            with self.wrap_database_errors:
                begin(self.connection, acting_scope())
        except BaseException:
            self.close()  # else it would stay in a transaction that nobody ends
            raise

    def _commit(self) -> None:
        """Commit by one blocking call of the driver's library, as `begin` begins; every step of a case does it."""
        if self.connection is not None:
            with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
                send(self.connection, b"COMMIT")


def _in_a_transaction(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Run a statement that stands alone in a transaction, so that it is announced as well."""
    connection = context["connection"]
    if connection.in_atomic_block or acting_scope() is None:
        return execute(sql, params, many, context)
    if (until_the_end := _reading.get()) is not None:
        until_the_end.enter_context(transaction.atomic(using=connection.alias))
        return execute(sql, params, many, context)
    with transaction.atomic(using=connection.alias):
        return execute(sql, params, many, context)
