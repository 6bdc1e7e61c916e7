"""What waits stands together by procedure, stage and place, closed cases among it.

The planner takes being open for a chance of its own beside the stage, so the partial index of migration 0017 looked a
twentieth of its size, and the inbox of one unit read what waits in the whole province.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0018_answer_read")]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_here',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['procedure', 'stage', 'region_code'], name='case_here'),
        ),
    ]
