"""A public request is shown to others once the unit has taken it in hand or it is answered: nobody has read it before."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("gongzhi.domains.hotline.migrations.0006_published")
VIEW = BEFORE.VIEWS.partition(";")[0]
UNREAD = "('received', 'dispatched', 'disputed')"
# One that is handled again after its answer lies with the unit anew, and was read.
ONCE_TAKEN = (
    f"{VIEW} AND c.stage <> 'withdrawn' AND (r.replied_at IS NOT NULL OR c.stage NOT IN {UNREAD});"
)


def again(view: str) -> str:
    """Return the statement that puts a view in the place of the one of the same name."""
    return view.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")


class Migration(migrations.Migration):
    dependencies = [("hotline", "0012_by_post")]
    operations = [migrations.RunSQL(again(ONCE_TAKEN), again(f"{VIEW};"))]
