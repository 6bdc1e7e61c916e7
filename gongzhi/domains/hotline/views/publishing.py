"""The pages on which an official lets everybody read a request, or takes it out of public sight."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.official import ClearForm, TakeDownForm
from gongzhi.domains.hotline.queries.public import as_shown
from gongzhi.domains.hotline.queries.requests import look_at, read_case
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage


class OfRequest(StaffPage, UseCasePage):
    """A decision about showing one request; it leads back to its page."""

    section = "official:inbox"
    frame = "web/staff_base.html"

    def next_url(self, outcome: object) -> str:
        """Back to the request."""
        return reverse("hotline:case", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the request, which must be theirs to read."""
        case = read_case(self.actor, self.kwargs["pk"])
        return super().get_context_data(
            back_url=reverse("hotline:case", args=[case.pk]), about=f"{case.number} {case.title}", **kwargs
        )


class Clear(OfRequest):
    """Let everybody read a request, after a look at what they will read."""

    template_name = "hotline/official/clear.html"
    title, button = _("公开诉求"), _("公开")
    form_class = ClearForm

    def perform(self, form: Form, *, key: str) -> object:
        """Clear it; twice is once."""
        case = services.clear_request(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        messages.success(self.request, gettext("已公开。发现不合适的内容，可以撤下。"))
        return case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show title and text as everybody would read them; that an official looked is written down."""
        case = read_case(self.actor, self.kwargs["pk"])
        request = look_at(actor=self.actor, case=case, now=self.now)
        return super().get_context_data(as_shown=as_shown(case.title, request.text), **kwargs)


class TakeDown(OfRequest):
    """Show a request to the public no longer, and say why."""

    title, button = _("撤下公开的诉求"), _("撤下")
    form_class = TakeDownForm

    def perform(self, form: Form, *, key: str) -> object:
        """Take it down; twice is once."""
        case = services.take_down_request(
            actor=self.actor, case_id=self.kwargs["pk"], now=self.now, **form.answers
        )
        messages.success(self.request, gettext("已撤下，并已告知本人。"))
        return case
