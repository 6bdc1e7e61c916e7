"""Index what is open by its key, which begins with the county: lists of what is open in one read nothing else."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_no_index_twice'),
        ('organisations', '0002_business'),
        ('people', '0008_opened_for_a_purpose'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['id'], name='case_open'),
        ),
    ]
