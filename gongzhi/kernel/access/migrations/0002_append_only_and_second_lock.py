"""The ledger can only grow, and who may read it is held by the database as well."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, number, protect, seen_case, within

FORBID = """
CREATE FUNCTION access_look_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '3 years' THEN
        RETURN OLD;  -- kept long enough: forgetting may take it
    END IF;
    RAISE EXCEPTION 'the ledger of looks is append-only';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_look
    FOR EACH ROW EXECUTE FUNCTION access_look_is_append_only();
REVOKE UPDATE ON access_look FROM gongzhi_web;
"""
ALLOW = """
GRANT UPDATE ON access_look TO gongzhi_web;
DROP TRIGGER append_only ON access_look;
DROP FUNCTION access_look_is_append_only();
"""
OF_ONES_OWN = f"{acts_as('system')} OR person_id = {number('person')}"


LOOKS = f"{OF_ONES_OWN} OR account_id = {number('account')} OR {seen_case('access_look.case_id')}"
ORDERS = f"{OF_ONES_OWN} OR {seen_case('access_delayorder.case_id')}"
EXPORTS = f"""
    {acts_as("system")} OR asked_by_id = {number("account")} OR unit_id = {number("unit")} OR {within()}
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_ledger"), ("lock", "0002_kernel_tables")]
    operations = [
        migrations.RunSQL(FORBID, ALLOW),
        protect("access_look", LOOKS),
        protect("access_delayorder", ORDERS),
        protect("access_export", EXPORTS),
    ]
