"""Messages are kept from the official complained of as well, and from whom a complaint names only later."""

from django.db import migrations, models

# Runs as the system does: whoever names the unit complained of does not see the messages that went there.
KEEP = """
CREATE FUNCTION notices_keep_from(about bigint[], unit bigint, account bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public SET gongzhi.acts = 'system' AS $$
    UPDATE notices_message SET kept_from_unit_id = unit, kept_from_account_id = account WHERE case_id = ANY (about)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="message", name="kept_from_account_id", field=models.BigIntegerField(null=True)
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION notices_keep_from(bigint[], bigint, bigint)"),
    ]
