"""The database itself refuses to change or remove an audit row."""

from django.db import migrations

FORBID = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit record is append-only';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
ALLOW = "DROP TRIGGER append_only ON audit_entry; DROP FUNCTION audit_is_append_only();"


class Migration(migrations.Migration):
    """A trigger for every statement that is not an insert."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(sql=FORBID, reverse_sql=ALLOW)]
