"""Gives a command its database: DATABASE_URL, else the server in the home folder, started for as long as needed.

Commands that keep the installation connect as its owner. What serves people, web and worker, connects as the role
that owns nothing: WEB_DATABASE_URL, else the same database by that role's name.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from gongzhi.kernel.encryption.keyring import add_version
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.lock.standing import who_steps_around
from gongzhi.kernel.people.models import Particulars
from gongzhi.project.migrations_waiting import waiting_migrations
from gongzhi.project.postgres import database_at_hand
from gongzhi.project.settings import HOME, database_from
from gongzhi.project.supervise import Ended

NEXT_STEP = (
    f"Web and worker connect as {WEB}, a role that owns nothing. Run `gongzhi migrate` first; on a server of yours let"
    f" that role sign in and set WEB_DATABASE_URL (docs/handbook/operations.md, The two roles)."
)


@contextmanager
def database() -> Iterator[str]:
    """Yield the address of a database that answers; programs started meanwhile find it in DATABASE_URL."""
    with database_at_hand(HOME) as url, connected_to(url):
        yield url


@contextmanager
def locked_database() -> Iterator[str]:
    """Yield the address behind the second lock; raise Ended when nobody stands there, or not behind it."""
    if given := os.environ.get("WEB_DATABASE_URL"):
        with connected_to(given):
            _check_lock()
            yield given
        return
    with database_at_hand(HOME) as url, connected_to(behind_lock(url)) as locked:
        _check_lock()
        yield locked


def behind_lock(url: str) -> str:
    """Return the address of the same database as it is reached from behind the lock."""
    if given := os.environ.get("WEB_DATABASE_URL"):
        return given
    parts = conninfo_to_dict(url)
    return url if parts.get("user") == WEB else make_conninfo(url, user=WEB, password="")  # nosec B106


def migrate() -> int:
    """Bring the tables up to date and return how many migrations that took; a new installation gets its keys."""
    waiting = len(waiting_migrations())
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    make_first_keys()
    return waiting


def make_first_keys() -> None:
    """Draw the keys of an installation that has sealed nothing yet; raise Ended where they are lost.

    New ones in place of lost ones would hide that everything before cannot be read.
    """
    if settings.KEYRING or Path(settings.KEYS).exists():
        return
    if Particulars.objects.exists():
        raise Ended(
            f"The keys {settings.KEYS} are missing, and names and phones were sealed with them. "
            "Put the file back (docs/handbook/encryption.md)."
        )
    add_version()


@contextmanager
def connected_to(url: str) -> Iterator[str]:
    """Use the database at *url* until the block ends, in this process and those started meanwhile."""
    given, settings = os.environ.get("DATABASE_URL"), connections["default"].settings_dict
    before = dict(settings)
    connections.close_all()
    settings.update(database_from(url))
    os.environ["DATABASE_URL"] = url
    try:
        yield url
    finally:
        connections.close_all()
        settings.update(before)
        if given is None:
            del os.environ["DATABASE_URL"]
        else:
            os.environ["DATABASE_URL"] = given


def _check_lock() -> None:
    try:
        unbound = who_steps_around()
    except OperationalError as error:
        raise Ended(f"{str(error).strip()}\n{NEXT_STEP}") from error
    if unbound:
        raise Ended(f"The role {unbound} steps around the second lock. {NEXT_STEP}")
