"""The administrator's pages for units, categories, the responsibility list and local values; regions to look up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, QueryDict

from gongzhi.kernel.lock.scope import acting_scope
from gongzhi.kernel.organisations.models import LocalValue, MatterCategory, Region, Responsibility, Unit
from gongzhi.kernel.organisations.remembered import forget_everything

WAIT_FOR_TWIN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))"


class OneAtATime(admin.ModelAdmin[Any]):
    """Rows of one table are saved one after the other: whoever presses twice is told of the twin, not of a fault.

    An address filters them by what is offered as a filter and by nothing else.
    """

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Refuse to filter by a column that is no filter: what is not shown could be asked for sign by sign."""
        offered = (one[0] if isinstance(one, list | tuple) else one for one in self.list_filter)
        filters = any(lookup == name or lookup.startswith(f"{name}__") for name in offered)
        return filters and super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save one row; before it is checked, a save waits for the one that runs."""
        request.GET, request.POST = self._readable(request.GET), self._readable(request.POST)  # type: ignore[assignment]
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(WAIT_FOR_TWIN, (self.opts.label,))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _readable(self, sent: QueryDict) -> QueryDict:
        """Return what was sent without what no field could hold: Django looks choices up before it checks them."""
        kept = sent.copy()
        for name, values in sent.lists():
            plain = [value.replace("\x00", "") for value in values]
            if name in self.autocomplete_fields:
                key = self.opts.get_field(name).remote_field.model._meta.pk  # type: ignore[union-attr]
                plain = [value for value in plain if value == "" or _fits(key, value)]
            kept.setlist(name, plain)
        return kept


def _fits(field: Any, value: str) -> bool:
    try:
        field.to_python(value)
    except ValidationError:
        return False
    return True


class ForAdministrators(OneAtATime):
    """Open to administrators only (``is_staff``); every change is known to this process at once."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the pages are shown in the menu."""
        return _is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether a row may be looked at."""
        return _is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether a row may be added."""
        return _is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether a row may be changed."""
        return _is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows end on a day and stay for the cases that rest on them; nobody deletes them."""
        return False

    def save_related(self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool) -> None:
        """Save, then forget the answers that may have changed."""
        super().save_related(request, form, formsets, change)
        forget_everything()


class KeptForm(ModelForm[Any]):
    """A row of a list, in a region that whoever writes it keeps."""

    def clean_region(self) -> Region | None:
        """Refuse a region outside the area that is kept."""
        region: Region | None = self.cleaned_data.get("region")
        if not _keeps(region.pk if region else ""):
            raise ValidationError("这个地区不在您管理的范围内，请选择本地区的；其他地区的由当地管理员填写。")
        return region


class KeptByArea(ForAdministrators):
    """Rows of a region: every administrator looks them up, the one who keeps the region adds and changes them."""

    form = KeptForm

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what lies in the area that is kept."""
        return super().has_change_permission(request, obj) and (obj is None or _keeps(obj.region_id or ""))


@admin.register(Region)
class RegionAdmin(ForAdministrators):
    """Regions come from the divisions file and are only looked up here."""

    list_display = ("code", "name", "level", "kind", "urban", "valid_to")
    list_filter = ("level", "kind", "urban")
    search_fields = ("code__startswith", "name__startswith")
    raw_id_fields = ("parent", "successor")
    show_full_result_count = False
    list_select_related = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Regions are loaded, not typed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Regions are loaded, not typed."""
        return False


@admin.register(Unit)
class UnitAdmin(KeptByArea):
    """Units of any kind, with the region they work in and the unit above."""

    list_display = ("name", "short_name", "kind", "region", "parent", "phone", "valid_to")
    list_filter = ("kind",)
    search_fields = ("name", "short_name", "key", "uscc")
    autocomplete_fields = ("region", "parent")
    list_select_related = ("region", "parent")


@admin.register(MatterCategory)
class MatterCategoryAdmin(ForAdministrators):
    """The three levels of matters."""

    list_display = ("label", "key", "level", "parent", "instant", "business", "position")
    list_filter = ("level", "instant", "business")
    search_fields = ("label", "label_en", "key")
    autocomplete_fields = ("parent",)
    list_select_related = ("parent",)


@admin.register(Responsibility)
class ResponsibilityAdmin(KeptByArea):
    """The responsibility list, line by line; loading a file is quicker for many lines."""

    list_display = ("category", "region", "lead_unit", "arbiter", "valid_from", "valid_to")
    list_filter = ("valid_from", ("category__parent", admin.RelatedOnlyFieldListFilter))
    search_fields = ("category__label", "category__key", "region__name", "lead_unit__name", "basis")
    autocomplete_fields = ("category", "region", "lead_unit", "co_units", "arbiter")
    list_select_related = ("category", "region", "lead_unit", "arbiter")


@admin.register(LocalValue)
class LocalValueAdmin(KeptByArea):
    """What cities and counties set for themselves."""

    list_display = ("key", "region", "value", "since", "basis", "source")
    list_filter = ("source", "key")
    search_fields = ("key", "basis", "region__name")
    autocomplete_fields = ("region",)
    list_select_related = ("region",)


def _is_administrator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and getattr(request.user, "is_staff", False))


def _keeps(region_code: str) -> bool:
    """Say whether whoever acts keeps a region; the policies of the database compare the same announcement."""
    scope = acting_scope()
    return scope is not None and (scope.acts == "system" or scope.keeps_low <= region_code < scope.keeps_high)
