"""The second lock on counts: an official adds up those of their own area alone."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, protect, within

SYSTEM = acts_as("system")


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial"), ("lock", "0001_role")]
    operations = [protect("statistics_dailycount", f"{SYSTEM} OR {within()}", inserted=SYSTEM)]
