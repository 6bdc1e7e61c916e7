"""Forget the search by the title alone: cases are found by their words (0007), and nothing that looks past the lock stays unused."""

from importlib import import_module

from django.db import migrations

from gongzhi.kernel.lock.policies import past_the_lock

TITLED = import_module("gongzhi.kernel.cases.migrations.0005_titled").TITLED
SIGNATURE = "cases_titled(text)"


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_here_whatever_the_stage")]
    operations = [
        migrations.RunSQL(f"DROP FUNCTION {SIGNATURE}", [TITLED, past_the_lock(SIGNATURE).sql]),
    ]
