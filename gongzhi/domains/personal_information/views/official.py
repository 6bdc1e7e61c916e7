"""The official's page of one request, and its four steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.domains.personal_information import services
from gongzhi.domains.personal_information.forms import (
    AssignForm,
    ProveForm,
    RefuseForm,
    RevealForm,
    SureForm,
)
from gongzhi.domains.personal_information.queries import (
    asker,
    looked_at,
    may_see_asker,
    rights_request_for,
    units_to_choose,
)
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import open_moves, procedure_of, steps_of
from gongzhi.kernel.declare.procedure import Move
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage


@dataclass(frozen=True)
class Way:
    """How a step is made: the form that asks and the use case that carries it out."""

    form: type[Form]
    carry_out: Callable[..., Case]


WAYS = {
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
            moves=[move for move in open_moves(self.actor, case) if move.key in WAYS],
            entries=[
                {"title": told.words, "at": told.step.at, "who": told.step.unit or "", "quote": told.said}
                for told in steps_of(case)
            ],
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


class MovePage(StaffPage, UseCasePage):
    """Make one step in one request."""

    template_name = "personal_information/move.html"
    section = "official:inbox"
    case: Case
    move: Move

    @property
    def form_class(self) -> type[Form]:  # type: ignore[override]
        """The form of the step."""
        self._find()
        return WAYS[self.move.key].form

    def _find(self) -> None:
        """Find case and step. After a double click the case has moved on: the declared step still gives the form."""
        self.asked = rights_request_for(self.actor, self.kwargs["pk"])
        self.case = self.asked.case
        offered = open_moves(self.actor, self.case)
        declared = [move for move in procedure_of(self.case).moves if self.request.method == "POST"]
        key = self.kwargs["move"]
        found = next((move for move in [*offered, *declared] if move.key == key), None)
        if found is None or key not in WAYS:
            raise NotPossible(_("这件事现在不能做这一步，可能已经有人办过。请回到事项页看看它进行到了哪里。"))
        self.move = found

    def form_arguments(self) -> dict[str, Any]:
        """Offer the units of the county."""
        return {"units": units_to_choose(self.case, localdate(self.now))} if self.move.assigns else {}

    def perform(self, form: Form, *, key: str) -> Case:
        """Carry out the use case."""
        carry_out = WAYS[self.move.key].carry_out
        case = carry_out(actor=self.actor, case_id=self.case.pk, now=self.now, key=key, **form.answers)
        messages.success(self.request, gettext("已办理：%(move)s。") % {"move": self.move.label})
        return case

    def next_url(self, outcome: Case) -> str:
        """Back to the inbox."""
        return reverse("official:inbox")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show beside the form what the step is about."""
        back_url = reverse("personal_information:case", args=[self.case.pk])
        return super().get_context_data(
            case=self.case, found=self.asked, move=self.move, back_url=back_url, **kwargs
        )
