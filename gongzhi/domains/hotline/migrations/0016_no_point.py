"""A request has its place in words and a region; the point on a map was filled in by nobody."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hotline", "0015_split")]
    operations = [
        migrations.RemoveField("request", "longitude"),
        migrations.RemoveField("request", "latitude"),
    ]
