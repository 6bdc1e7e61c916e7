"""Contents waiting to be removed and the progress of forgetting belong to the system alone."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, protect

SYSTEM = acts_as("system")


class Migration(migrations.Migration):
    dependencies = [("retention", "0002_second_lock")]
    operations = [
        protect("retention_removedcontent", SYSTEM, inserted=SYSTEM),
        protect("retention_walk", SYSTEM, inserted=SYSTEM),
    ]
