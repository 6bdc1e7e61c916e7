"""Nobody's words are shown before an official has read them and said so; what was answered under the rule before counts as read then."""

from importlib import import_module

from django.db import migrations, models

from gongzhi.kernel.lock.policies import past_the_lock

PUBLISHED = import_module("gongzhi.domains.hotline.migrations.0013_published_once_taken")
WORDS = import_module("gongzhi.domains.hotline.migrations.0007_published_words")
TAKEN_DOWN = import_module("gongzhi.domains.hotline.migrations.0017_taken_down")
CLEARED = f"{PUBLISHED.VIEW} AND c.stage <> 'withdrawn' AND r.cleared_at IS NOT NULL;"
# The trigger does not watch the new column yet: the words of these answers stay as they are.
READ = """
SELECT set_config('gongzhi.acts', 'system', true);
UPDATE hotline_request r SET cleared_at = r.replied_at FROM cases_case c
WHERE c.id = r.case_id AND c.public AND NOT c.sealed AND r.replied_at IS NOT NULL;
"""
KEEP = "CREATE FUNCTION hotline_keep_words()" + WORDS.WORDS.partition("hotline_keep_words()")[2].partition("CREATE TRIGGER")[0]


def keeping(condition: str) -> str:
    """Return the statement after which words are kept only of what fulfils this too."""
    kept = KEEP.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return kept.replace("AND NEW.text <> ''", f"AND NEW.text <> ''{condition}")


class Migration(migrations.Migration):
    dependencies = [("hotline", "0017_taken_down")]
    operations = [
        migrations.AddField("request", "cleared_at", models.DateTimeField(null=True)),
        migrations.RunSQL(READ, migrations.RunSQL.noop),
        migrations.RunSQL(keeping(" AND NEW.cleared_at IS NOT NULL"), [keeping(""), past_the_lock("hotline_keep_words()").sql]),
        past_the_lock("hotline_keep_words()"),
        migrations.RunSQL(
            TAKEN_DOWN.again("text, replied_at, taken_down_at, cleared_at"),
            TAKEN_DOWN.again("text, replied_at, taken_down_at"),
        ),
        migrations.RunSQL(PUBLISHED.again(CLEARED), PUBLISHED.again(PUBLISHED.ONCE_TAKEN)),
    ]
