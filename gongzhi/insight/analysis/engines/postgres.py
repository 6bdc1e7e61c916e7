"""PostgreSQL itself, asked by the owner of the installation: the proof that an export says what the facts say."""

from collections.abc import Iterator
from contextlib import contextmanager

import ibis
import ibis.expr.types as ir
import psycopg

from gongzhi.insight.analysis.tables import COLUMNS, TABLES, values_of
from gongzhi.insight.statistics.figures import Period


@contextmanager
def rows(url: str, table: str, period: Period) -> Iterator[ir.Table]:
    """Yield the rows of a table, computed from what the database holds when they are asked for."""
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("SET row_security = off")  # rather an error than fewer rows
        statement = psycopg.ClientCursor(link).mogrify(TABLES[table], values_of(period.first, period.last))
        link.execute(f"CREATE TEMP VIEW asked AS {statement}".encode())
        yield ibis.postgres.from_connection(link).table("asked").select(*COLUMNS)
