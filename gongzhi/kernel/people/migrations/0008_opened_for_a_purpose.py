"""Nobody's particulars are opened without a purpose, which is announced with them."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, number, numbers, setting

BEFORE = f"""
    person_id = {number("person")} OR person_id = ANY ({numbers("opened")}) OR {acts_as("system")}
"""
NOW = f"""
    person_id = {number("person")} OR person_id = ANY ({numbers("opened")}) AND {setting("purpose")} <> ''
    OR {acts_as("system")}
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_where_made")]
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY seen ON people_particulars USING ({NOW})",
            f"ALTER POLICY seen ON people_particulars USING ({BEFORE})",
        )
    ]
