"""The sequence behind the numbers of cases, and step rows that are only ever added."""

from django.db import migrations


class Migration(migrations.Migration):
    """One sequence for the whole installation; the county is added in front of it."""

    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE cases_number AS bigint MINVALUE 1 MAXVALUE 9999999999999 CACHE 1",
            reverse_sql="DROP SEQUENCE cases_number",
        ),
    ]
