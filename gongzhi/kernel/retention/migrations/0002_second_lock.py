"""Holds are read by who set them and, in their area or unit, by those who may read the case that they name."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, number, protect, seen_case, within

HOLDS = f"""
    {acts_as("system")} OR set_by_id = {number("account")}
    OR CASE WHEN case_id IS NULL THEN {within()} OR unit_id = {number("unit")} ELSE {seen_case("case_id")} END
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial"), ("lock", "0002_kernel_tables")]
    operations = [protect("retention_legalhold", HOLDS)]
