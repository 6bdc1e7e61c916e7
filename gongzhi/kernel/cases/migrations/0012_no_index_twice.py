"""Drop the indexes of four references that begin a longer index of the same table: each move wrote them for nothing.

So it did the second one of the query code, for LIKE: the code is compared sign by sign (collation "C"), and the first serves.
Django would take the references away and check them anew over every row; only their indexes go.
"""

import django.db.models.deletion
from django.db import migrations, models

TWICE = (
    ("cases_case", "category_id", "cases_case_category_id_c6dc5a5a"),
    ("cases_case", "opened_by_id", "cases_case_opened_by_id_ed5328b2"),
    ("cases_case", "query_code varchar_pattern_ops", "cases_case_query_code_f1ba5550_like"),
    ("cases_deadline", "case_id", "cases_deadline_case_id_fd6938e1"),
    ("cases_step", "case_id", "cases_step_case_id_95522377"),
)


def _reference(to, **more):
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=to, **more)


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0011_warn_at"),
        ("organisations", "0002_business"),
        ("people", "0008_opened_for_a_purpose"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {table} ({column})")
                for table, column, name in TWICE
            ],
            state_operations=[
                migrations.AlterField("case", "category", _reference("organisations.mattercategory", null=True)),
                migrations.AlterField(
                    "case", "opened_by", _reference("people.person", null=True, related_name="cases")
                ),
                migrations.AlterField("deadline", "case", _reference("cases.case", related_name="deadlines")),
                migrations.AlterField("step", "case", _reference("cases.case", related_name="steps")),
            ],
        )
    ]
