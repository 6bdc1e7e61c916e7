"""Whom among the officials a case complains of; complaints are never public; co-handling cases seen past the lock."""

import django.db.models.deletion
from django.db import migrations, models

# Runs as the system does: who withdraws a request does not see the cases of the units that help.
OPEN_CHILDREN = """
CREATE FUNCTION cases_open_children(parent bigint)
RETURNS TABLE (id bigint, unit_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public SET gongzhi.acts = 'system' SET gongzhi.low = '' SET gongzhi.high = '~'
SET gongzhi.opens_sealed = '1' SET gongzhi.kept_from = '{}' AS $$
    SELECT c.id, c.unit_id FROM cases_case c WHERE c.parent_id = parent AND c.closed_at IS NULL ORDER BY c.id
$$;
"""
# Behind the second lock nobody sees the complaints that are kept from them, so nobody could leave out what tells of them.
KEPT = """
CREATE FUNCTION cases_kept_from(units bigint[], accounts bigint[])
RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public SET gongzhi.acts = 'system' SET gongzhi.low = '' SET gongzhi.high = '~'
SET gongzhi.opens_sealed = '1' SET gongzhi.kept_from = '{}' AS $$
    SELECT c.id FROM cases_case c WHERE c.against_unit_id = ANY (units) OR c.against_account_id = ANY (accounts)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_step_by_key"), ("people", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="against_account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complaints",
                to="people.account",
            ),
        ),
        migrations.RunSQL(
            "UPDATE cases_case SET public = false WHERE public AND against_unit_id IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("public", False),
                    models.Q(("against_account", None), ("against_unit", None)),
                    _connector="OR",
                ),
                name="complaint_never_public",
            ),
        ),
        migrations.RunSQL(OPEN_CHILDREN, "DROP FUNCTION cases_open_children(bigint)"),
        migrations.RunSQL(KEPT, "DROP FUNCTION cases_kept_from(bigint[], bigint[])"),
    ]
