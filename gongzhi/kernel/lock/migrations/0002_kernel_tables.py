"""The second lock on every kernel table that names a person or a case."""

from django.db import migrations

from gongzhi.kernel.lock.policies import (
    OF_CASES,
    SOMEBODY,
    acts_as,
    kept_by,
    number,
    of_case,
    protect,
    seen_case,
    setting,
    told,
    within,
)

# Who may read a matter sees, masked, whose it is.
PERSONS = f"{acts_as('system')} OR id = {number('person')} OR lock_sees_person(id)"
# Until somebody has signed in, the account that they name; then their own, and for officials those of each other.
ACCOUNTS = f"""
    id = {number("account")} OR username = NULLIF({setting("username")}, '')
    OR {acts_as("system", "administrator")}
    OR person_id IS NULL AND {SOMEBODY} AND NOT {acts_as("visitor", "citizen")}
"""
ENTRIES = f"""
    {kept_by()} OR account_id = {number("account")} OR subject = 'person:' || NULLIF({setting("person")}, '')
    OR CASE WHEN case_id IS NULL THEN {within()} ELSE {seen_case("audit_entry.case_id")} END
"""
MESSAGES = f"""
    {kept_by()} AND {told("kept_from_unit_id", "kept_from_account_id")} OR person_id = {number("person")}
    OR {told("kept_from_unit_id", "kept_from_account_id")}
       AND (unit_id = {number("unit")} OR unit_id IS NULL AND person_id IS NULL AND {within()})
"""
# They ask as whoever asks: the policy of the case itself decides.
SEES = """
CREATE FUNCTION lock_sees_case(number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public AS $$
BEGIN
    RETURN EXISTS (SELECT FROM cases_case WHERE id = number);
END
$$;
CREATE FUNCTION lock_sees_person(number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public AS $$
BEGIN
    RETURN EXISTS (SELECT FROM cases_case WHERE opened_by_id = number);
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("lock", "0001_role"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("cases", "0004_against_account"),
        ("notices", "0002_kept_from_account"),
    ]
    operations = [
        migrations.RunSQL(SEES, "DROP FUNCTION lock_sees_case(bigint), lock_sees_person(bigint)"),
        protect("cases_case", OF_CASES),
        protect("cases_step", of_case("cases_step")),
        protect("cases_deadline", of_case("cases_deadline")),
        protect("documents_document", of_case("documents_document")),
        protect("people_person", PERSONS),
        protect("people_account", ACCOUNTS),
        protect("people_post", SOMEBODY),
        protect("audit_entry", ENTRIES),
        protect("events_outbox", kept_by()),
        protect("notices_message", MESSAGES),
        protect("notices_read", f"{acts_as('system')} OR account_id = {number('account')}"),
        protect("django_admin_log", acts_as("system", "administrator")),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON audit_entry, cases_step FROM gongzhi_web",
            "GRANT UPDATE, DELETE ON audit_entry, cases_step TO gongzhi_web",
        ),
    ]
