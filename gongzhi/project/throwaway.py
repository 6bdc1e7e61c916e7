"""A plugin of pytest: a throw-away PostgreSQL for the tests, started only where DATABASE_URL names no server.

It is named in `addopts`, because the settings are read before any conftest is.
"""

import os
import shutil
import tempfile
from pathlib import Path

from gongzhi.project.postgres import THROW_AWAY, Postgres

os.environ["GONGZHI_STATIC"] = "plain"


def _start() -> tuple[Path, Postgres | None]:
    """Give the tests a home of their own, and a server where none is named."""
    home = Path(tempfile.mkdtemp(prefix="gongzhi-tests-"))
    os.environ["GONGZHI_HOME"] = str(home)
    if os.environ.get("DATABASE_URL"):
        return home, None
    server = Postgres(home, settings=THROW_AWAY).start()
    os.environ["DATABASE_URL"] = server.url
    return home, server


_home, _server = _start()


def pytest_unconfigure() -> None:
    """Stop the server and remove its data; a killed test run takes the server with it."""
    if _server is not None:
        _server.stop()
    shutil.rmtree(_home, ignore_errors=True)
