"""The next warning on the case row: who looks for what is due soon asks no clock of each case any more."""

from django.conf import settings
from django.db import migrations, models


OPEN_CASES = """
UPDATE cases_case c SET warn_at = d.warn_at
FROM (
    SELECT case_id, min(warn_at) AS warn_at FROM cases_deadline
    WHERE stopped_at IS NULL AND paused_at IS NULL AND binds_office GROUP BY case_id
) d WHERE d.case_id = c.id AND c.closed_at IS NULL AND d.warn_at IS NOT NULL
"""


class Migration(migrations.Migration):
    atomic = False  # the backfill's pending trigger events would stand in the way of the index

    dependencies = [
        ('cases', '0010_hold'),
        ('organisations', '0002_business'),
        ('people', '0008_opened_for_a_purpose'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='warn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(OPEN_CASES, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['warn_at', 'due_at'], name='case_warned'),
        ),
    ]
