"""Holds are read by those whose area or unit they name, and by who set them; what waits to be forgotten, by nobody else."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, number, protect, seen_case, within

HOLDS = f"""
    {acts_as("system")} OR {within()} OR unit_id = {number("unit")} OR set_by_id = {number("account")}
    OR case_id IS NOT NULL AND {seen_case("case_id")}
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial"), ("lock", "0002_kernel_tables")]
    operations = [protect("retention_legalhold", HOLDS)]
