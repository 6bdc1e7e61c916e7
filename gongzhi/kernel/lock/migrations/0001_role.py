"""The role with which web and worker connect: it owns nothing and cannot step around the lock."""

from django.db import migrations

CREATE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'gongzhi_web') THEN
        CREATE ROLE gongzhi_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO gongzhi_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO gongzhi_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO gongzhi_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO gongzhi_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO gongzhi_web;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM gongzhi_web;
"""
# The role stays: another database of the same server may use it.
DROP = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM gongzhi_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM gongzhi_web;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM gongzhi_web;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM gongzhi_web;
REVOKE ALL ON SCHEMA public FROM gongzhi_web;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
        ("audit", "0003_administrators_changes"),
        ("cases", "0002_number"),
        ("documents", "0001_initial"),
        ("events", "0001_initial"),
        ("notices", "0001_initial"),
        ("delivery", "0001_initial"),
        ("sessions", "0001_initial"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
