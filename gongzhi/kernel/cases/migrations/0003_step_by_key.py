"""What an idempotency key leads to, asked past the second lock: the key is the right to know, and names nobody."""

from django.db import migrations

CREATE = """
CREATE FUNCTION cases_step_by_key(wanted uuid)
RETURNS TABLE (case_id bigint, move varchar, fingerprint bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT s.case_id, s.move, s.fingerprint FROM cases_step s WHERE s.key = wanted
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_number")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION cases_step_by_key(uuid)")]
