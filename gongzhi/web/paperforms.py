"""Forms on paper, for every domain that prints some: the sheet with its number and code, and the field for the number typed in."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.base.paperforms import new_form_number, read_form_number, shown_form_number
from gongzhi.base.regioncodes import COUNTY, TOWNSHIP, VILLAGE
from gongzhi.web.views import Page


class FormNumberField(forms.CharField):
    """The number at the top right of a printed form, however it is typed, kept as printed forms are known by."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "number": _("登记表编号不对，请对照纸上重新输入，或扫码打开")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("登记表编号"))
        kwargs.setdefault("help_text", _("录入纸质登记表的，填右上角的编号；扫码打开的已经填好"))
        super().__init__(max_length=20, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        """Refuse what no sheet bears."""
        typed = str(super().clean(value))
        try:
            return read_form_number(typed) if typed else ""
        except ValueError as fault:
            raise ValidationError(self.error_messages["number"], code="number") from fault


def scanned_sheet(request: HttpRequest) -> tuple[str, str]:
    """Return the number of the sheet whose code was scanned, and the code of the place where it was handed out; or nothing."""
    number, region = request.GET.get("form", ""), request.GET.get("region", "")
    known = region.isascii() and region.isdigit() and len(region) in (COUNTY, TOWNSHIP, VILLAGE)
    return number[:20], region if known else ""


class FormSheet(Page):
    """A form to print and fill in by hand: each has a number of its own and a QR that opens the entry page with it."""

    entry_page: ClassVar[str]
    sheet_title: ClassVar[Any]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Draw a number; the place where it is handed out goes along in the QR."""
        number, (_none, place) = new_form_number(), scanned_sheet(self.request)
        query = {"form": number} | ({"region": place} if place else {})
        address = f"{reverse(self.entry_page)}?{urlencode(query)}"
        return super().get_context_data(
            number=shown_form_number(number),
            entry_url=self.request.build_absolute_uri(address),
            sheet_title=self.sheet_title,
            **kwargs,
        )
