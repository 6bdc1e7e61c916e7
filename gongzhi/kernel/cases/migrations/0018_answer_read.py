"""Who offered a desk is told of the answer until they have read it; answers of before count as read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0017_what_waits_here'),
    ]

    operations = [
        migrations.AddField(
            model_name='handover',
            name='answer_read_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(
            "UPDATE cases_handover SET answer_read_at = decided_at WHERE decided_at IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
