"""When and why a request was taken out of public sight; the words by which everybody found it go with it."""

from django.db import migrations, models

ON = "AFTER INSERT OR UPDATE OF {columns} ON hotline_request"
TRIGGER = """
CREATE OR REPLACE TRIGGER keep_words {on}
    FOR EACH ROW WHEN (NEW.replied_at IS NOT NULL) EXECUTE FUNCTION hotline_keep_words();
"""


def again(columns: str) -> str:
    """Return the statement by which the words are kept anew whenever one of these columns is set."""
    return TRIGGER.format(on=ON.format(columns=columns))


class Migration(migrations.Migration):
    dependencies = [("hotline", "0016_no_point")]
    operations = [
        migrations.AddField("request", "taken_down_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "request", "taken_down_why", models.CharField(blank=True, db_default="", default="", max_length=200)
        ),
        migrations.RunSQL(again("text, replied_at, taken_down_at"), again("text, replied_at")),
    ]
