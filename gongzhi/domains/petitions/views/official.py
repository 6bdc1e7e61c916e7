"""The official's page of one petition or review, its steps, and the opinion to print."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions import services
from gongzhi.domains.petitions.forms import official as forms
from gongzhi.domains.petitions.queries.matters import (
    joint_of,
    live_duplicates,
    looked_at,
    matter_for,
    recommendations_of,
)
from gongzhi.domains.petitions.services.papers import file_opinion
from gongzhi.domains.petitions.views.track import opinion_shown
from gongzhi.kernel.cases.choosing import units_to_name
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import place_shown, waits_to_post
from gongzhi.kernel.cases.posting import may_post
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.web.accounts import casepage, moveforms
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.moving import MovePage, Way
from gongzhi.web.accounts.papers import papers_shown
from gongzhi.web.forms import Form

WAYS: dict[str, Way[Form]] = {
    "forward": Way(forms.SendForm, services.forward_petition),
    "assign": Way(forms.AssignForm, services.assign_petition),
    "pass_accusation": Way(forms.PassForm, services.pass_accusation),
    "take_up": Way(moveforms.SureForm, services.take_up),
    "divert": Way(moveforms.ReasonForm, services.divert_petition),
    "not_accept": Way(forms.RefuseForm, services.refuse_acceptance),
    "no_longer_accept": Way(moveforms.ReasonForm, services.accept_no_longer),
    "classify": Way(forms.ClassifyForm, services.classify_petition),
    "hand_to_hotline": Way(moveforms.SureForm, services.hand_to_hotline),
    "name": Way(moveforms.NameForm, services.name_complained_of),
    "supervise": Way(moveforms.ReasonForm, services.supervise_petition),
    "report_urgent": Way(forms.UrgentForm, services.report_urgent),
    "record_incident": Way(moveforms.ReasonForm, services.record_incident),
    "recommend": Way(moveforms.NoteForm, services.recommend_to_unit),
    "answer_recommendation": Way(forms.TakeUpForm, services.answer_recommendation),
    "accept": Way(moveforms.SureForm, services.accept_petition),
    "perform": Way(moveforms.SureForm, services.perform_duty),
    "study": Way(moveforms.SureForm, services.study_suggestion),
    "object": Way(moveforms.NoteForm, services.object_to_petition),
    "agree": Way(moveforms.NoteForm, services.agree_to_objection),
    "refuse_objection": Way(moveforms.NoteForm, services.refuse_objection),
    "settle": Way(forms.SettleForm, services.settle_competence),
    "draft_opinion": Way(forms.OpinionForm, services.draft_opinion),
    "issue_opinion": Way(moveforms.SureForm, services.issue_opinion),
    "send_back": Way(moveforms.NoteForm, services.send_back_opinion),
    "serve": Way(moveforms.NoteForm, services.serve_opinion),
    "mediate": Way(moveforms.NoteForm, services.record_agreement),
    "extend": Way(moveforms.NoteForm, services.extend_petition),
    "hold_hearing": Way(moveforms.NoteForm, services.record_hearing),
    "report_progress": Way(moveforms.NoteForm, services.report_progress),
    "report_back": Way(moveforms.NoteForm, services.report_back),
    "invite": Way(forms.InviteForm, services.invite_units),
    "contribute": Way(moveforms.NoteForm, services.contribute_opinion),
    "answer_duty": Way(moveforms.ReplyForm, services.answer_petition),
    "answer_suggestion": Way(moveforms.ReplyForm, services.answer_petition),
    "conclude": Way(moveforms.ReplyForm, services.answer_petition),
    "recuse": Way(moveforms.NoteForm, services.recuse_official),
    "open_hearing": Way(moveforms.SureForm, services.open_hearing),
    "close_hearing": Way(moveforms.SureForm, services.close_hearing),
}


class CasePage(casepage.CasePage):
    """One matter: what is demanded, its opinion, what belongs to it."""

    template_name = "petitions/official/case.html"
    reads = "petitions.read"

    def look(self) -> Case:
        """Read the matter."""
        self.found = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        return self.found.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the matter."""
        context = super().get_context_data(**kwargs)
        found, case, petition = self.found, self.found.case, self.found.petition
        region, place = place_shown(self.actor, case, petition.place if petition else "")
        return context | {
            "found": found,
            "about": found.review or petition,
            "place": f"{path_name(region)} {place}".strip(),
            "duplicates": live_duplicates(self.actor, case) if case.stage == "registered" else (),
            "joint": joint_of(self.actor, case),
            "recommendations": recommendations_of(case),
            "to_post": waits_to_post(case) and may_post(self.actor, case),
            **papers_shown(self.actor, case),
        }


class Reveal(casepage.Revealing, CasePage):
    """The same page with the contact shown once."""

    shows = ("name", "phone", "address")


class StepPage(MovePage):
    """Make one step in one matter."""

    template_name = "petitions/official/move.html"
    reads = "petitions.read"
    ways = WAYS

    def form_arguments(self) -> dict[str, Any]:
        """Offer the units, reasons, outcomes and live matters that the step asks for."""
        offered = moveforms.offered_in(self.move, self.case, localdate(self.now), forms.OUTCOMES)
        refuses = self.move.key == "not_accept"
        live = live_duplicates(self.actor, self.case) if refuses else ()
        named = units_to_name(self.case, localdate(self.now)) if refuses else ()
        offered["live_id"] = [("", _("没有")), *((one.pk, f"{one.number} {one.title}") for one in live)]
        offered["competent_id"] = [("", _("没有")), *((one.pk, one.name) for one in named)]
        return {"offered": offered}

    def perform(self, form: Form, *, key: str) -> Case:
        """Make the step; an opinion that is issued is typeset and kept with the case at once."""
        case = super().perform(form, key=key)
        if self.move.key == "issue_opinion":
            verify = self.request.build_absolute_uri(reverse("petitions:verify"))
            file_opinion(actor=self.actor, case_id=case.pk, verify_url=verify, now=self.now)
        return case

    def initial(self) -> dict[str, Any]:
        """A draft that was sent back is changed, not written anew."""
        opinion = matter_for(self.actor, self.case.pk).opinion
        if self.move.key != "draft_opinion" or opinion is None:
            return {}
        return {name: getattr(opinion, name) for name in ("outcome", "facts", "decision", "basis")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the step is about; reading it here is a look as on the page of the matter."""
        found = looked_at(actor=self.actor, case_id=self.case.pk, now=self.now)
        draft = found.opinion if self.move.key in ("issue_opinion", "send_back") else None
        outcome = forms.OUTCOMES.get(draft.outcome) if draft else None  # type: ignore[call-overload]
        return super().get_context_data(
            about=found.review or found.petition, draft=draft, outcome=outcome, **kwargs
        )


class OpinionSheet(StaffPage):
    """The issued opinion, to print and serve."""

    template_name = "petitions/opinion.html"
    section = "official:inbox"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it once it is issued, and write down that it was read."""
        found = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        if found.issued is None:
            raise Http404
        back = reverse("petitions:case", args=[found.case.pk])
        pdf = reverse("petitions:sheet-pdf", args=[found.case.pk])
        return super().get_context_data(
            case=found.case, **opinion_shown(found), back_url=back, pdf_url=pdf, **kwargs
        )
