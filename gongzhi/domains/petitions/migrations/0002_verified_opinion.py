"""What everybody may learn of an opinion with its number and its code: past the second lock, of these columns alone."""

from django.db import migrations

from gongzhi.kernel.lock.policies import past_the_lock


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION petitions_verified(given_number text, given_code text)
            RETURNS TABLE (number text, unit text, issued_on date)
            LANGUAGE sql STABLE SECURITY DEFINER AS $$
                SELECT o.number::text, u.name::text, (o.issued_at AT TIME ZONE 'Asia/Shanghai')::date
                FROM petitions_opinion o JOIN organisations_unit u ON u.id = o.unit_id
                WHERE given_code <> '' AND o.code = given_code AND o.number = given_number AND o.issued_at IS NOT NULL
            $$;
            """,
            "DROP FUNCTION petitions_verified(text, text)",
        ),
        past_the_lock("petitions_verified(text, text)"),
    ]
