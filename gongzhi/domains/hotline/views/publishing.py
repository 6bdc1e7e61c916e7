"""The page on which an official takes a public request out of public sight."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.official import TakeDownForm
from gongzhi.domains.hotline.queries.requests import read_case
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage


class TakeDown(StaffPage, UseCasePage):
    """Show a request to the public no longer, and say why."""

    section = "official:inbox"
    frame = "web/staff_base.html"
    title, button = _("撤下公开的诉求"), _("撤下")
    form_class = TakeDownForm

    def perform(self, form: Form, *, key: str) -> object:
        """Take it down; twice is once."""
        case = services.take_down_request(
            actor=self.actor, case_id=self.kwargs["pk"], now=self.now, **form.answers
        )
        messages.success(self.request, gettext("已撤下，并已告知本人。"))
        return case

    def next_url(self, outcome: object) -> str:
        """Back to the request."""
        return reverse("hotline:case", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the request, which must be theirs to read."""
        case = read_case(self.actor, self.kwargs["pk"])
        return super().get_context_data(
            back_url=reverse("hotline:case", args=[case.pk]), about=f"{case.number} {case.title}", **kwargs
        )
