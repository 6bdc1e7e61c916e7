"""Holds are read by who set them and, in their area or unit, by those who may read the case that they name."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, number, seen_case, within

BEFORE = f"""
    {acts_as("system")} OR {within()} OR unit_id = {number("unit")} OR set_by_id = {number("account")}
    OR case_id IS NOT NULL AND {seen_case("case_id")}
"""
NOW = f"""
    {acts_as("system")} OR set_by_id = {number("account")}
    OR CASE WHEN case_id IS NULL THEN {within()} OR unit_id = {number("unit")} ELSE {seen_case("case_id")} END
"""


def holds(rows: str) -> str:
    """Let through only *rows*, for reading and for changing."""
    return f"""
        ALTER POLICY seen ON retention_legalhold USING ({rows});
        ALTER POLICY changed ON retention_legalhold USING ({rows});
    """


class Migration(migrations.Migration):
    dependencies = [("retention", "0005_shut_functions")]
    operations = [migrations.RunSQL(holds(NOW), holds(BEFORE))]
