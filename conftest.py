"""What every test stands on: a real PostgreSQL of its own, plain static files, a folder for documents."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.db import connections
from django.test import override_settings
from hypothesis import settings as trying
from pytest_django.plugin import DjangoDbBlocker

from gongzhi.kernel.encryption.keyring import add_version
from gongzhi.project.postgres import throw_away_server
from gongzhi.project.settings import HOME, database_from

#: How long an example takes is no business of a property: on a busy machine it would fail for no fault of its own.
trying.register_profile("gongzhi", deadline=None)
trying.load_profile("gongzhi")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules marked long, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start a server when the first test asks for the database, unless DATABASE_URL names one."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with throw_away_server(HOME) as server:
        os.environ["DATABASE_URL"] = server.url  # for the processes that tests start
        connections["default"].settings_dict.update(database_from(server.url))
        yield
    del os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let tests with transactions of their own empty the tables behind them, which nobody else may."""
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        for table in ("audit_entry", "audit_leaf", "audit_node", "audit_checkpoint"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER no_truncate")


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Encrypt with keys drawn for these tests."""
    with override_settings(KEYS=str(tmp_path_factory.mktemp("keys") / "keys.json"), KEYRING=""):
        add_version()
        yield


@pytest.fixture(scope="session", autouse=True)
def plain_storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve static files without having collected them; keep documents away from the real folder."""
    plain = configured.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with override_settings(STORAGES=plain, DOCUMENTS_ROOT=tmp_path_factory.mktemp("documents")):
        yield
