"""The time in which a unit may return a request binds nobody: where it runs now, the request shows the days that are owed."""

from django.db import migrations

# By what waits in a stage (`case_here`) and the deadlines of a case, so that nothing else is read.
RIGHT = """
SELECT set_config('gongzhi.acts', 'system', true);
UPDATE cases_deadline d SET binds_office = false FROM cases_case c
WHERE c.procedure = 'hotline.request' AND c.stage = 'dispatched' AND d.case_id = c.id
  AND d.clock = 'return' AND d.stopped_at IS NULL;
UPDATE cases_case c SET
    due_at = (SELECT min(d.due_at) FROM cases_deadline d
              WHERE d.case_id = c.id AND d.binds_office AND d.stopped_at IS NULL AND d.paused_at IS NULL),
    warn_at = (SELECT min(d.warn_at) FROM cases_deadline d
               WHERE d.case_id = c.id AND d.binds_office AND d.stopped_at IS NULL AND d.paused_at IS NULL)
WHERE c.procedure = 'hotline.request' AND c.stage = 'dispatched';
"""


class Migration(migrations.Migration):
    dependencies = [("hotline", "0013_published_once_taken"), ("cases", "0020_no_search_by_title")]
    operations = [migrations.RunSQL(RIGHT, migrations.RunSQL.noop)]
