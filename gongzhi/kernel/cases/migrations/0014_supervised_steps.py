"""Index the steps that put a matter under supervision, few among many: lists ask each open matter for one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_open_of_a_county'),
        ('organisations', '0002_business'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='step',
            index=models.Index(condition=models.Q(('move', 'supervise')), fields=['case'], name='step_supervised'),
        ),
    ]
