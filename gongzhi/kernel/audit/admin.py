"""The administrator's look at the audit record: who did what when; nothing can be changed."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.organisations.admin import ForAdministrators


@admin.register(Entry)
class EntryAdmin(ForAdministrators):
    """The record, newest first. It names cases and persons by number only: the administrator sees no matters."""

    list_display = ("at", "action", "role", "account_id", "unit_id", "region_code", "case_id", "purpose")
    search_fields = ("=case_id", "=account_id", "action__startswith", "=subject")
    ordering = ("-id",)
    show_full_result_count = False
    list_per_page = 50
    fields = readonly_fields = (
        "at",
        "action",
        "role",
        "account_id",
        "post_id",
        "unit_id",
        "region_code",
        "case_id",
        "subject",
        "purpose",
        "details",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are written by what happens."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes the record, and the database refuses it too."""
        return False
