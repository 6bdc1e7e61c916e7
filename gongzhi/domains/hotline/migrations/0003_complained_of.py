"""Whom a request is about, in the person's own words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hotline", "0002_second_lock"), ("cases", "0004_against_account")]
    operations = [
        migrations.AddField(
            model_name="request",
            name="complained_of",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
    ]
