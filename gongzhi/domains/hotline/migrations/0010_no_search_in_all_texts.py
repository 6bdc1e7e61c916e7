"""Forget the search in all texts: published answers are found by their words (0007), and nothing that looks past the lock stays unused."""

from importlib import import_module

from django.db import migrations

from gongzhi.kernel.lock.policies import past_the_lock

MATCHING = import_module("gongzhi.domains.hotline.migrations.0004_public_matching").MATCHING
SIGNATURE = "hotline_public_matching(text, text, text, bigint[], timestamptz, bigint, integer)"


class Migration(migrations.Migration):
    dependencies = [("hotline", "0009_published_alike")]
    operations = [
        migrations.RunSQL(f"DROP FUNCTION {SIGNATURE}", [MATCHING, past_the_lock(SIGNATURE).sql]),
    ]
