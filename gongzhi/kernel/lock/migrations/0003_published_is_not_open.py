"""That a matter is published opens no table; and one adds only to what is in reach or in hand."""

from django.db import migrations

from gongzhi.kernel.lock.policies import IN_HAND, OF_CASES, SOMEBODY, acts_as, of_case, setting

BEFORE = f"{OF_CASES} OR public AND NOT sealed AND {setting('acts')} <> ''"
TABLES = ("cases_step", "cases_deadline", "documents_document")


def adding(table: str, check: str) -> migrations.RunSQL:
    """Let only rows be added that pass *check*."""
    return migrations.RunSQL(
        f"ALTER POLICY added ON {table} WITH CHECK ({check})",
        f"ALTER POLICY added ON {table} WITH CHECK ({SOMEBODY})",
    )


def using(policy: str) -> migrations.RunSQL:
    """Let a policy of the cases go by the actor's reach alone."""
    return migrations.RunSQL(
        f"ALTER POLICY {policy} ON cases_case USING ({OF_CASES})",
        f"ALTER POLICY {policy} ON cases_case USING ({BEFORE})",
    )


class Migration(migrations.Migration):
    dependencies = [("lock", "0002_kernel_tables")]
    operations = [
        using("seen"),
        using("changed"),
        adding("cases_case", f"{acts_as('system')} OR id {IN_HAND}"),
        *(adding(table, of_case(table)) for table in TABLES),
    ]
