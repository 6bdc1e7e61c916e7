"""The administrator's pages: the holidays of a year, and a look at the audit record as far as it may be seen."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.calendars import forget_calendar
from gongzhi.kernel.cases.complaints import only_told
from gongzhi.kernel.cases.models import CalendarYear
from gongzhi.kernel.organisations.admin import ForAdministrators
from gongzhi.kernel.people.actor import Role


class DaysField(forms.CharField):
    """Days, one on a line or separated by commas or blanks."""

    widget = forms.Textarea(attrs={"rows": 8})

    def prepare_value(self, value: Any) -> Any:
        """Show one day on a line."""
        return "\n".join(day.isoformat() for day in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Read the days, each once, in their order."""
        days: set[date] = set()
        for word in str(value or "").replace(",", " ").replace("，", " ").replace("、", " ").split():
            try:
                days.add(date.fromisoformat(word))
            except ValueError as fault:
                raise ValidationError(f"「{word}」不是日期。请写成 2026-10-01 的样子，一行一天。") from fault
        return sorted(days)

    def validate(self, value: Any) -> None:
        """Refuse an empty list where one is needed."""
        if self.required and not value:
            raise ValidationError("请填写日期，一行一天。")


class CalendarYearForm(forms.ModelForm[CalendarYear]):
    """One year's notice."""

    days_off = DaysField(label="放假日期", help_text="一行一天，如 2026-10-01")
    worked_weekends = DaysField(label="调休上班日期", required=False, help_text="一行一天；没有就空着")

    class Meta:
        model = CalendarYear
        fields = ("year", "days_off", "worked_weekends", "notice")


@admin.register(CalendarYear)
class CalendarYearAdmin(ForAdministrators):
    """The years entered here replace those shipped with the platform."""

    form = CalendarYearForm
    list_display = ("year", "notice", "entered_at")
    ordering = ("-year",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the year, write it down, and count by it from now on."""
        super().save_model(request, obj, form, change)
        forget_calendar()
        record(
            actor=request.actor,  # type: ignore[attr-defined]
            action="cases.calendar_entered",
            now=timezone.now(),
            details={"year": obj.year, "notice": obj.notice},
        )


@admin.register(Entry)
class EntryAdmin(ForAdministrators):
    """The record, newest first. It names cases and persons by number only: the administrator sees no matters.

    Complaints about a unit or a person are left out for those who belong there, administrators or not; what people
    did for themselves does not name their account, for their matter may be confidential (GB/T 33358-2016).
    """

    list_display = ("at", "action", "role", "official", "unit_id", "region_code", "case_id", "purpose")
    search_fields = ("=case_id", "action__startswith", "=subject")
    ordering = ("-id",)
    show_full_result_count = False
    list_per_page = 50
    fields = readonly_fields = (
        "at",
        "action",
        "role",
        "official",
        "post_id",
        "unit_id",
        "region_code",
        "case_id",
        "subject",
        "purpose",
        "details",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """Leave out what must be kept from this administrator."""
        return only_told(request.actor, super().get_queryset(request))  # type: ignore[attr-defined]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        """Find an account only by what it did in a post."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        if search_term.isascii() and search_term.isdigit() and len(search_term) < 19:
            in_post = queryset.filter(account_id=int(search_term)).exclude(role=Role.CITIZEN.value)
            found = found | in_post
        return found, doubled

    @admin.display(description="账号编号")
    def official(self, entry: Entry) -> int | None:
        """Name the account of an official."""
        return None if entry.role == Role.CITIZEN.value else entry.account_id

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are written by what happens."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes the record, and the database refuses it too."""
        return False
