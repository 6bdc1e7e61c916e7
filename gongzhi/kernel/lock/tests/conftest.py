"""A table to write to, and what others see in it."""

import psycopg
import pytest
from django.db import connection


@pytest.fixture
def kept():
    """Make a table whose numbers are seen to be of one kind at the end, as references are; return who reads it elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (case_id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")

    def seen_by_others():
        parameters = connection.get_connection_params()
        address = {k: v for k, v in parameters.items() if k in {"host", "port", "user", "dbname", "password"}}
        with psycopg.connect(**address) as other:
            return [number for (number,) in other.execute("SELECT case_id FROM kept ORDER BY 1")]

    yield seen_by_others
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE kept")
