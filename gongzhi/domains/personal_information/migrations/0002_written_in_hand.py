"""A rights request is written with its case in hand."""

from django.db import migrations

from gongzhi.kernel.lock.policies import SOMEBODY, of_case

TABLE = "personal_information_rightsrequest"


class Migration(migrations.Migration):
    dependencies = [("personal_information", "0001_initial"), ("lock", "0003_published_is_not_open")]
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY added ON {TABLE} WITH CHECK ({of_case(TABLE)})",
            f"ALTER POLICY added ON {TABLE} WITH CHECK ({SOMEBODY})",
        )
    ]
