"""The one way to send a hot statement: prepared once on the server, inside Django's own transaction."""

from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg
from django.db import connection, transaction


def run(statement: LiteralString, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Execute *statement* with *values* on Django's connection and return its rows.

    Only for the few statements behind opening a case, making a move, auditing and publishing: a prepared
    statement skips parsing and planning, which is half their cost on the server. Never for reads limited
    to an area: the plan of the first area would be kept for all others.
    """
    if not connection.in_atomic_block:  # a lone statement gets a transaction, which begins by saying who acts
        with transaction.atomic():
            return run(statement, values)
    with connection.wrap_database_errors:
        # Django's own cursors bind values in the client, which cannot be prepared: take psycopg's plain one.
        cursor = psycopg.Cursor(connection.connection)
        cursor.execute(statement, values, prepare=True)
        returned = cursor.pgresult
        return cursor.fetchall() if returned is not None and returned.nfields else []
