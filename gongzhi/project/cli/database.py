"""Gives a command its database: DATABASE_URL, else the server in the home folder, started for as long as needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

from gongzhi.project.migrations_waiting import waiting_migrations
from gongzhi.project.postgres import database_at_hand
from gongzhi.project.settings import HOME, database_from


@contextmanager
def database() -> Iterator[str]:
    """Yield the address of a database that answers; programs started meanwhile find it in DATABASE_URL."""
    given = os.environ.get("DATABASE_URL")
    with database_at_hand(HOME) as url:
        connection = connections["default"]
        connection.settings_dict.update(database_from(url))
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            connections.close_all()
            if given is None:
                del os.environ["DATABASE_URL"]


def migrate() -> int:
    """Bring the tables up to date and return how many migrations that took."""
    waiting = len(waiting_migrations())
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    return waiting
