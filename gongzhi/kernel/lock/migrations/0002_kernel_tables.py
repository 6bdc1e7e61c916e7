"""The second lock on every kernel table that names a person or a case."""

from django.db import migrations

from gongzhi.kernel.lock.policies import (
    OF_CASES,
    SOMEBODY,
    acts_as,
    number,
    of_case,
    protect,
    setting,
    told,
    within,
)

KEEPERS = acts_as("system", "administrator")
PERSONS = f"""
    id = {number("person")} OR {acts_as("system")}
    OR EXISTS (SELECT 1 FROM cases_case c WHERE c.opened_by_id = people_person.id)
"""
# Whoever is about to sign in looks up any account; who has signed in, their own and those of officials.
ACCOUNTS = f"""
    person_id IS NULL AND {SOMEBODY} OR id = {number("account")}
    OR {acts_as("system", "visitor", "administrator")}
"""
ENTRIES = f"""
    {KEEPERS} OR account_id = {number("account")} OR subject = 'person:' || NULLIF({setting("person")}, '')
    OR {within()} OR EXISTS (SELECT 1 FROM cases_case c WHERE c.id = audit_entry.case_id)
"""
MESSAGES = f"""
    {KEEPERS} OR person_id = {number("person")}
    OR {told("kept_from_unit_id")}
       AND (unit_id = {number("unit")} OR unit_id IS NULL AND person_id IS NULL AND {within()})
"""


class Migration(migrations.Migration):
    dependencies = [("lock", "0001_role"), ("admin", "0003_logentry_add_action_flag_choices")]
    operations = [
        protect("cases_case", OF_CASES),
        protect("cases_step", of_case("cases_step")),
        protect("cases_deadline", of_case("cases_deadline")),
        protect("documents_document", of_case("documents_document")),
        protect("people_person", SOMEBODY),
        protect("people_account", ACCOUNTS),
        protect("people_post", SOMEBODY),
        protect("audit_entry", ENTRIES),
        protect("events_outbox", KEEPERS),
        protect("notices_message", MESSAGES),
        protect("notices_read", f"{acts_as('system')} OR account_id = {number('account')}"),
        protect("django_admin_log", acts_as("system", "administrator")),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON audit_entry, cases_step FROM gongzhi_web",
            "GRANT UPDATE, DELETE ON audit_entry, cases_step TO gongzhi_web",
        ),
    ]
