"""Copy every change made on the administrator's pages into the append-only record."""

from django.conf import settings
from django.db import migrations

CREATE = """
CREATE FUNCTION audit_administrators_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_entry (at, action, role, account_id, region_code, subject, purpose, details)
    SELECT NEW.action_time,
           'admin.' || CASE NEW.action_flag WHEN 1 THEN 'added' WHEN 2 THEN 'changed' ELSE 'deleted' END,
           'administrator', NEW.user_id, '',
           left(coalesce((SELECT c.model FROM django_content_type c WHERE c.id = NEW.content_type_id), '')
                || ':' || coalesce(NEW.object_id, ''), 80),
           '', jsonb_build_object('changes', NEW.change_message);
    RETURN NEW;
END $$;
CREATE TRIGGER audit_administrators_change AFTER INSERT ON django_admin_log
    FOR EACH ROW EXECUTE FUNCTION audit_administrators_change();
"""
DROP = """
DROP TRIGGER audit_administrators_change ON django_admin_log;
DROP FUNCTION audit_administrators_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
