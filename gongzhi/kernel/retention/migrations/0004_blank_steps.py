"""Steps are only ever added: the web role cannot change one, save that forgetting empties those of old cases."""

from django.db import migrations

BLANK = """
CREATE FUNCTION retention_blank_steps(cases bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE cases_step s SET answers = '{}' FROM cases_case c
    WHERE s.case_id = ANY (cases) AND c.id = s.case_id AND c.closed_at < now() - interval '1 year'
      AND current_setting('gongzhi.acts', true) = 'system'
      AND NOT EXISTS (SELECT FROM retention_legalhold h WHERE h.lifted_at IS NULL AND h.case_id = c.id);
$$;
REVOKE ALL ON FUNCTION retention_blank_steps(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_blank_steps(bigint[]) TO gongzhi_web;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0003_system_only"), ("cases", "0004_against_account")]
    operations = [migrations.RunSQL(BLANK, "DROP FUNCTION retention_blank_steps(bigint[]);")]
