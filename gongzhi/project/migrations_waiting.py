"""Which changes of the tables a database still lacks."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def waiting_migrations() -> list[str]:
    """Name the migrations that have not been applied, in the order in which they would be."""
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
