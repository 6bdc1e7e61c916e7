"""The official's pages: one letter, its steps, and the contact of the writer shown once for a purpose."""

from typing import Any

from django.utils.timezone import localdate

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.forms import official as forms
from gongzhi.domains.mailbox.queries.letters import (
    letter_for,
    looked_at,
    may_publish,
)
from gongzhi.domains.mailbox.queries.posting import is_to_post
from gongzhi.domains.mailbox.queries.published import publications_of
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import place_shown
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.web.accounts import casepage, moveforms
from gongzhi.web.accounts.moving import MovePage, Way
from gongzhi.web.accounts.papers import papers_shown
from gongzhi.web.forms import Form

WAYS: dict[str, Way[Form]] = {
    "take_in": Way(moveforms.SureForm, services.take_in_letter),
    "assign": Way(forms.AssignForm, services.assign_letter),
    "answer": Way(moveforms.ReplyForm, services.answer_letter),
    "mark": Way(forms.MarkForm, services.mark_letter),
    "hand_to_petitions": Way(moveforms.SureForm, services.hand_to_petitions),
    "hand_to_hotline": Way(moveforms.SureForm, services.hand_to_hotline),
    "name": Way(moveforms.NameForm, services.name_complained_of),
    "supervise": Way(moveforms.NoteForm, services.supervise_letter),
    "draft_answer": Way(moveforms.ReplyForm, services.draft_answer),
    "approve_answer": Way(moveforms.SureForm, services.approve_answer),
    "send_back": Way(moveforms.NoteForm, services.send_back_answer),
    "report_progress": Way(moveforms.NoteForm, services.report_progress),
    "extend": Way(moveforms.NoteForm, services.extend_letter),
    "return": Way(moveforms.ReasonForm, services.return_letter),
}


class CasePage(casepage.CasePage):
    """One letter: what it says, the answer, and what is shown of it."""

    template_name = "mailbox/official/case.html"
    reads = "mailbox.read"

    def look(self) -> Case:
        """Read the letter."""
        self.letter = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        return self.letter.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the letter."""
        context = super().get_context_data(**kwargs)
        letter, case = self.letter, self.letter.case
        region, place = place_shown(self.actor, case, letter.place)
        return context | {
            "letter": letter,
            "place": f"{path_name(region)} {place}".strip(),
            "publications": publications_of(case.pk),
            **papers_shown(self.actor, case),
            "may_publish": may_publish(self.actor, letter),
            "to_post": is_to_post(self.actor, letter),
        }


class Reveal(casepage.Revealing, CasePage):
    """The same page with the contact shown once, the address for the envelope too."""

    shows = ("name", "phone", "address")


class StepPage(MovePage):
    """Make one step in one letter."""

    template_name = "mailbox/official/move.html"
    reads = "mailbox.read"
    ways = WAYS

    def form_arguments(self) -> dict[str, Any]:
        """Offer the units, reasons and outcomes that the step asks for."""
        return {"offered": moveforms.offered_in(self.move, self.case, localdate(self.now), forms.OUTCOMES)}

    def initial(self) -> dict[str, Any]:
        """A draft that was sent back is changed, not written anew."""
        if self.move.key not in ("draft_answer", "answer"):
            return {}
        return {"reply": letter_for(self.actor, self.case.pk).reply, "outcome": self.case.outcome}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the step is about; reading it here is a look as on the page of the letter."""
        letter = looked_at(actor=self.actor, case_id=self.case.pk, now=self.now)
        draft = letter.reply if self.move.key in ("approve_answer", "send_back") else ""
        return super().get_context_data(letter=letter, draft=draft, **kwargs)
