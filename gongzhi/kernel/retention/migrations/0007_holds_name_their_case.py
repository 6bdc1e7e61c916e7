"""A hold on a person keeps the case that named them, and is read by those alone who may read that case.

Rows of before do not say which case it was: they get the one of the person that fewest may read, a complaint first. A hold
for which there is none is read by who set it and by the system.
"""

from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, number, seen_case, within

BEFORE = f"""
    {acts_as("system")} OR set_by_id = {number("account")}
    OR CASE WHEN case_id IS NULL THEN {within()} OR unit_id = {number("unit")} ELSE {seen_case("case_id")} END
"""
NOW = f"""
    {acts_as("system")} OR set_by_id = {number("account")}
    OR CASE WHEN unit_id IS NULL THEN {seen_case("case_id")} ELSE {within()} OR unit_id = {number("unit")} END
"""
NAME = """
    SET LOCAL gongzhi.acts = 'system';
    UPDATE retention_legalhold h SET case_id = (
        SELECT c.id FROM cases_case c WHERE c.opened_by_id = h.person_id AND c.opened_at <= h.set_at
        ORDER BY c.against_unit_id IS NULL AND c.against_account_id IS NULL, NOT c.sealed, c.id DESC LIMIT 1
    ) WHERE h.person_id IS NOT NULL;
    SET LOCAL gongzhi.acts = '';
"""
UNNAME = """
    SET LOCAL gongzhi.acts = 'system';
    UPDATE retention_legalhold SET case_id = NULL WHERE person_id IS NOT NULL;
    SET LOCAL gongzhi.acts = '';
"""


def holds(rows: str) -> str:
    """Let through only *rows*, for reading and for changing."""
    return f"""
        ALTER POLICY seen ON retention_legalhold USING ({rows});
        ALTER POLICY changed ON retention_legalhold USING ({rows});
    """


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0006_holds_of_told_cases"),
        ("cases", "0004_against_account"),
    ]
    operations = [
        migrations.RemoveConstraint(model_name="legalhold", name="hold_has_one_subject"),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("unit__isnull", True)),
                    models.Q(("case__isnull", False), ("person__isnull", True), ("unit__isnull", True)),
                    models.Q(("case__isnull", True), ("person__isnull", True), ("unit__isnull", False)),
                    _connector="OR",
                ),
                name="hold_has_one_subject",
            ),
        ),
        migrations.RunSQL(holds(NOW), holds(BEFORE)),
        migrations.RunSQL(NAME, UNNAME),
    ]
