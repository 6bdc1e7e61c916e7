"""信访公开: where, when and how one petitions each unit, for everybody; and the form of those who speak for it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.forms.official import OpennessForm
from gongzhi.domains.petitions.queries.openness import office_phone, unit_with_openness, units_found
from gongzhi.domains.petitions.services.openness import may_publish, publish_openness
from gongzhi.kernel.organisations.regions import counties, path_name
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import Form
from gongzhi.web.views import Page, UseCasePage


class Units(Page):
    """Find a unit by its name or its county."""

    template_name = "petitions/units.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look once something is asked."""
        words = self.request.GET.get("q", "").replace("\x00", "").strip()[:40]
        region = self.request.GET.get("region", "")
        region = region if region.isascii() and region.isdigit() and 6 <= len(region) <= 12 else ""
        return super().get_context_data(
            words=words,
            region=region,
            counties=counties(),
            asked=bool(words or region),
            units=units_found(words, region),
            **kwargs,
        )


class UnitPage(Page):
    """One unit: channels, address, phone, reception, how to query, and the way a petition goes (art. 18)."""

    template_name = "petitions/unit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what it made public; what it did not is said to be missing."""
        found = unit_with_openness(self.kwargs["pk"])
        if found is None:
            raise Http404
        unit, openness = found
        return super().get_context_data(
            unit=unit,
            openness=openness,
            phone=office_phone(unit),
            place=path_name(unit.region_id),
            may_publish=may_publish(self.actor, unit),
            **kwargs,
        )


class MyUnit(RoleRequired):
    """From the navigation to the form of the own unit."""

    roles = frozenset({Role.HEAD})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead on."""
        if self.actor.unit_id is None:
            raise Http404
        return HttpResponseRedirect(reverse("petitions:edit-unit", args=[self.actor.unit_id]))


class EditUnit(RoleRequired, UseCasePage):
    """Make it public, or change it."""

    frame = "web/staff_base.html"
    section = "petitions:openness"
    roles = frozenset({Role.HEAD, Role.DISPATCHER})
    title, button = _("信访公开信息"), _("公开")
    form_class = OpennessForm

    def initial(self) -> dict[str, Any]:
        """Begin with what stands."""
        found = unit_with_openness(self.kwargs["pk"])
        if found is None:
            raise Http404
        unit, openness = found
        names = ("address", "phone", "place", "hours", "web")
        return (
            {name: getattr(openness, name) for name in names} if openness else {"phone": office_phone(unit)}
        )

    def perform(self, form: Form, *, key: str) -> object:
        """Publish it."""
        return publish_openness(actor=self.actor, unit_id=self.kwargs["pk"], now=self.now, **form.answers)

    def next_url(self, outcome: Any) -> str:
        """The public page."""
        messages.success(self.request, gettext("已公开。"))
        return reverse("petitions:unit", args=[self.kwargs["pk"]])
