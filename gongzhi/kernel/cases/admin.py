"""The administrator's page for the holidays of a year, as the State Council announces them."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.calendars import forget_calendar
from gongzhi.kernel.cases.models import CalendarYear
from gongzhi.kernel.organisations.admin import ForAdministrators


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
