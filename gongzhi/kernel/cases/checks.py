"""A check against the database: no open case may follow a version of a procedure that is no longer declared."""

from collections.abc import Sequence

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections

from gongzhi.kernel.registry.api import procedure


def versions_in_use_are_declared(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Refuse to start when an open case began under a version that was removed: its clocks would stand still."""
    cases = apps.get_model(
        "cases", "Case"
    )  # not imported above: checks are registered before models are loaded
    if not databases or cases._meta.db_table not in connections["default"].introspection.table_names():
        return []
    in_use = cases.objects.filter(closed_at__isnull=True).values_list("procedure", "version").distinct()
    return [
        Error(f"Open cases follow {key} in version {version}, which is not declared.", id="gongzhi.E002")
        for key, version in in_use
        if not _is_declared(key, version)
    ]


def _is_declared(key: str, version: str) -> bool:
    try:
        procedure(key, version)
    except LookupError:
        return False
    return True
