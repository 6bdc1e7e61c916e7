"""The second lock on findings: those of the own area, and those about the own unit. The worker alone adds them."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, number, protect, within

SYSTEM = acts_as("system")


class Migration(migrations.Migration):
    dependencies = [("integrity", "0001_initial"), ("lock", "0001_role")]
    operations = [
        protect("integrity_finding", f"{SYSTEM} OR {within()} OR unit_id = {number('unit')}", inserted=SYSTEM)
    ]
