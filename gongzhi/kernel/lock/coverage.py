"""Which tables must stand behind the lock: all but those that say they hold no personal data, and a few of Django's."""

from typing import Final

from django.apps import apps
from django.db import connection
from django.db.models import Model

#: Tables whose models are not ours, with the reason why they stand open.
OPEN: Final = {
    "django_session": "sealed, and read by a random key that only its holder knows",
    "django_content_type": "names of tables",
    "auth_permission": "unused: permissions are declared rules",
    "auth_group": "unused: permissions are declared rules",
    "auth_group_permissions": "unused: permissions are declared rules",
}
NAMES_SOMEBODY: Final = frozenset({"people.Person", "people.Account", "people.Post", "cases.Case"})
NUMBERS: Final = frozenset({"case_id", "person_id", "account_id", "post_id"})
_LOCKED: Final = """
SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND relrowsecurity AND relforcerowsecurity
  AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = 'r')
  AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = 'a')
"""


def must_be_locked(model: type[Model]) -> bool:
    """Say whether a model's table holds anything about a person or a case.

    A model of ours ends its docstring with the line "Personal data: ..."; one that names a person, an account, a post
    or a case is locked whatever it says.
    """
    meta = model._meta
    if meta.db_table in OPEN:
        return False
    for field in meta.concrete_fields:
        if field.name in NUMBERS or (field.related_model and _label(field.related_model) in NAMES_SOMEBODY):
            return True
    says_none = "Personal data: none" in " ".join((model.__doc__ or "").split())
    return not says_none and not meta.auto_created  # a table between two others names nobody but those


def unlocked_tables() -> list[str]:
    """Return the tables that must be locked and are not."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED)
        locked = {name for (name,) in cursor.fetchall()}
    models = apps.get_models(include_auto_created=True)
    return sorted({m._meta.db_table for m in models if must_be_locked(m)} - locked)


def _label(related: type[Model] | str) -> str:
    return related if isinstance(related, str) else related._meta.label
