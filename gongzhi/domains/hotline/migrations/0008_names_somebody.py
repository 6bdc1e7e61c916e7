"""Requests registered before bear the flag too by which one tells that their writer names somebody."""

from django.db import migrations

from gongzhi.kernel.cases.opening import NAMES_SOMEBODY

FLAG = f"""
UPDATE cases_case c SET flags = array_append(flags, '{NAMES_SOMEBODY}') FROM hotline_request r
WHERE r.case_id = c.id AND r.complained_of <> '' AND '{NAMES_SOMEBODY}' <> ALL (c.flags);
"""
UNFLAG = f"UPDATE cases_case SET flags = array_remove(flags, '{NAMES_SOMEBODY}') WHERE '{NAMES_SOMEBODY}' = ANY (flags);"


class Migration(migrations.Migration):
    dependencies = [("hotline", "0007_published_words")]
    operations = [migrations.RunSQL(FLAG, UNFLAG)]
