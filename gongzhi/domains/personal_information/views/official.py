"""The official's page of one request, and its four steps."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from gongzhi.domains.personal_information import services
from gongzhi.domains.personal_information.forms import AssignForm, ProveForm, RefuseForm, RevealForm
from gongzhi.domains.personal_information.queries import (
    asker,
    looked_at,
    may_see_asker,
    refused_by,
    rights_request_for,
    units_to_choose,
)
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import moves_offered, procedure_of, steps_of
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.moving import MovePage, Way
from gongzhi.web.forms import Form, SureForm
from gongzhi.web.templatetags.web import query_code
from gongzhi.web.timeline import timeline

WAYS: dict[str, Way[Form]] = {
    "assign": Way(AssignForm, services.assign_rights_request),
    "prove": Way(ProveForm, services.prove_rights_request),
    "grant": Way(SureForm, services.grant_rights_request),
    "refuse": Way(RefuseForm, services.refuse_rights_request),
}


class CasePage(StaffPage):
    """One request: what is asked, who asks, where it stands, what can be done now."""

    template_name = "personal_information/case.html"
    section = "official:inbox"
    revealed: ClassVar[dict[str, str] | None] = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what the actor may read, and write down that they looked."""
        found = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        case = found.case
        return super().get_context_data(
            found=found,
            case=case,
            stage=procedure_of(case).label_of(case.stage),
            moves=moves_offered(self.actor, case, self.now),
            entries=timeline(steps_of(case)),
            refused_by=refused_by(case),
            may_reveal=may_see_asker(self.actor, case),
            **{"revealed": self.revealed, **kwargs},
        )


class Reveal(CasePage):
    """The same page with the contact shown, once, after a reason was given; only by POST."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and write down that it was shown."""
        form = RevealForm(request.POST)
        form.fields.pop("key")
        form.is_valid()  # what is missing is refused by the use case, after it has asked who may at all
        words = form.cleaned_data.get("reason", "")
        person = asker(actor=self.actor, case_id=self.kwargs["pk"], words=words, now=self.now)
        shown = {"name": person.name, "phone": person.phone, "address": person.address}
        response = self.render_to_response(self.get_context_data(revealed=shown))
        response.headers["Cache-Control"] = "no-store"
        return response


class StepPage(MovePage):
    """Make one step in one request."""

    template_name = "personal_information/move.html"
    reads = "personal_information.read"
    ways = WAYS

    def form_arguments(self) -> dict[str, Any]:
        """Offer the units of the county."""
        return {"units": units_to_choose(self.case, localdate(self.now))} if self.move.assigns else {}

    def perform(self, form: Form, *, key: str) -> Case:
        """Carry it out; whoever cannot be sent the code drawn at the proof gets it from the official before them."""
        case = super().perform(form, key=key)
        if self.move.key == "prove" and case.opened_by is not None and not case.opened_by.by_sms:
            words = gettext("本人没有登记手机，收不到短信。请把新的查询码写给本人：%(code)s")
            messages.warning(self.request, words % {"code": query_code(case.query_code)})
        return case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is asked."""
        found = rights_request_for(self.actor, self.case.pk)
        return super().get_context_data(found=found, **kwargs)
