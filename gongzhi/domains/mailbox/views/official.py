"""The official's pages: one letter, its steps, and the contact of the writer shown once for a purpose."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.forms import official as forms
from gongzhi.domains.mailbox.queries.letters import (
    letter_for,
    looked_at,
    may_publish,
    may_see_requester,
    requester,
    units_to_choose,
    units_to_name,
)
from gongzhi.domains.mailbox.queries.published import publication_of
from gongzhi.kernel.cases.reading import open_moves, procedure_of, steps_of
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.registry.api import domain
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.moving import MovePage, Way
from gongzhi.web.forms import Form
from gongzhi.web.periods import periods_of
from gongzhi.web.timeline import timeline

WAYS: dict[str, Way[Form]] = {
    "take_in": Way(forms.SureForm, services.take_in_letter),
    "assign": Way(forms.AssignForm, services.assign_letter),
    "answer": Way(forms.ReplyForm, services.answer_letter),
    "mark": Way(forms.MarkForm, services.mark_letter),
    "hand_to_petitions": Way(forms.SureForm, services.hand_to_petitions),
    "hand_to_hotline": Way(forms.SureForm, services.hand_to_hotline),
    "name": Way(forms.NameForm, services.name_complained_of),
    "supervise": Way(forms.NoteForm, services.supervise_letter),
    "draft_answer": Way(forms.ReplyForm, services.draft_answer),
    "approve_answer": Way(forms.SureForm, services.approve_answer),
    "send_back": Way(forms.NoteForm, services.send_back_answer),
    "report_progress": Way(forms.NoteForm, services.report_progress),
    "extend": Way(forms.NoteForm, services.extend_letter),
    "return": Way(forms.ReasonForm, services.return_letter),
}


class CasePage(StaffPage):
    """One letter: what it says, its periods with their articles, the answer, what can be done now."""

    template_name = "mailbox/official/case.html"
    section = "official:inbox"
    revealed: ClassVar[dict[str, str] | None] = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what the actor may read, and write down that they looked."""
        letter = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        case = letter.case
        return super().get_context_data(
            letter=letter,
            case=case,
            place=f"{path_name(case.region_code)} {letter.place}".strip(),
            stage=procedure_of(case).label_of(case.stage),
            moves=[move for move in open_moves(self.actor, case) if move.key in WAYS],
            entries=timeline(steps_of(case)),
            periods=periods_of(case, self.now),
            publication=publication_of(case.pk),
            may_publish=may_publish(self.actor, letter),
            may_reveal=may_see_requester(self.actor, case),
            purposes=[(one.key, one.label) for one in domain("mailbox").purposes],
            **{"revealed": self.revealed, **kwargs},
        )


class Reveal(CasePage):
    """The same page with the contact shown, once, after a purpose was chosen; only by POST."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and write down that it was shown."""
        form = forms.RevealForm(request.POST)
        form.fields.pop("key")
        form.is_valid()  # what is missing is refused by the use case, after it has asked who may at all
        person = requester(
            actor=self.actor,
            case_id=self.kwargs["pk"],
            purpose=form.cleaned_data.get("purpose", ""),
            words=form.cleaned_data.get("reason", ""),
            now=self.now,
        )
        shown = {"name": person.name, "phone": person.phone}
        response = self.render_to_response(self.get_context_data(revealed=shown))
        response.headers["Cache-Control"] = "no-store"
        return response


class StepPage(MovePage):
    """Make one step in one letter."""

    template_name = "mailbox/official/move.html"
    reads = "mailbox.read"
    ways = WAYS

    def form_arguments(self) -> dict[str, Any]:
        """Offer the units, reasons and outcomes that the step asks for."""
        today, move = localdate(self.now), self.move
        choices = forms.Choices(
            units=units_to_choose(self.case, today) if move.assigns else (),
            any_units=units_to_name(self.case, today) if move.names else (),
            reasons=move.reasons,
            outcomes=move.outcomes,
        )
        return {"choices": choices}

    def initial(self) -> dict[str, Any]:
        """A draft that was sent back is changed, not written anew."""
        if self.move.key not in ("draft_answer", "answer"):
            return {}
        return {"reply": letter_for(self.actor, self.case.pk).reply, "outcome": self.case.outcome}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the step is about."""
        letter = letter_for(self.actor, self.case.pk)
        draft = letter.reply if self.move.key in ("approve_answer", "send_back") else ""
        return super().get_context_data(letter=letter, draft=draft, **kwargs)
