"""Forgetting takes what was written with a step; a grade is no words, and old days are counted with it."""

from django.db import migrations

from gongzhi.kernel.lock.policies import past_the_lock

BLANK = """
CREATE OR REPLACE FUNCTION retention_blank_steps(cases bigint[]) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE cases_step s
    SET answers = CASE WHEN answers ? 'grade' THEN jsonb_build_object('grade', answers->'grade') ELSE '{}' END
    FROM cases_case c
    WHERE s.case_id = ANY (cases) AND c.id = s.case_id AND c.closed_at < now() - interval '1 year'
      AND current_setting('gongzhi.acts', true) = 'system'
      AND NOT EXISTS (SELECT FROM retention_legalhold h WHERE h.lifted_at IS NULL AND h.case_id = c.id);
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0007_holds_name_their_case")]
    operations = [
        migrations.RunSQL(BLANK, migrations.RunSQL.noop),
        past_the_lock("retention_blank_steps(bigint[])"),
    ]
