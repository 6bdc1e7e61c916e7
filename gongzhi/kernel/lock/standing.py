"""Whether a connection stands behind the lock: as a role that owns no table and cannot step around a policy."""

from django.db import connection

_STEPS_AROUND = """
SELECT r.rolname, r.rolsuper OR r.rolbypassrls, EXISTS (
    SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND pg_has_role(r.oid, c.relowner, 'MEMBER')
) FROM pg_roles r WHERE r.rolname = current_user
"""


def who_steps_around() -> str:
    """Return the name of the connected role when the lock does not hold it; empty when it does."""
    with connection.cursor() as cursor:
        cursor.execute(_STEPS_AROUND)
        name, unbound, owns = cursor.fetchone()
    return str(name) if unbound or owns else ""
