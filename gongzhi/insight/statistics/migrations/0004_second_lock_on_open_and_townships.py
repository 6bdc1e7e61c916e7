"""The second lock on the counts of townships and of what is open: an official adds up those of their own area alone."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, protect, within

SYSTEM = acts_as("system")


class Migration(migrations.Migration):
    dependencies = [("statistics", "0003_open_and_townships"), ("lock", "0001_role")]
    operations = [
        protect("statistics_townshipcount", f"{SYSTEM} OR {within()}", inserted=SYSTEM),
        protect("statistics_opencount", f"{SYSTEM} OR {within()}", inserted=SYSTEM),
    ]
