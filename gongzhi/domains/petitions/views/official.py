"""The official's page of one petition or review, its steps, and the opinion to print."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from gongzhi.domains.petitions import services
from gongzhi.domains.petitions.forms import official as forms
from gongzhi.domains.petitions.queries.matters import (
    joint_of,
    live_duplicates,
    looked_at,
    matter_for,
    may_see_requester,
    recommendations_of,
    requester,
    steps_that_fit,
    units_to_choose,
    units_to_name,
)
from gongzhi.domains.petitions.queries.papers import papers_of
from gongzhi.domains.petitions.services.papers import file_opinion
from gongzhi.domains.petitions.views.track import opinion_shown
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import open_moves, procedure_of, steps_of
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.registry.api import domain
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.moving import MovePage, Way
from gongzhi.web.forms import Form
from gongzhi.web.periods import periods_of
from gongzhi.web.timeline import timeline

WAYS: dict[str, Way[Form]] = {
    "forward": Way(forms.SendForm, services.forward_petition),
    "assign": Way(forms.AssignForm, services.assign_petition),
    "pass_accusation": Way(forms.PassForm, services.pass_accusation),
    "take_up": Way(forms.SureForm, services.take_up),
    "divert": Way(forms.ReasonForm, services.divert_petition),
    "not_accept": Way(forms.RefuseForm, services.refuse_acceptance),
    "no_longer_accept": Way(forms.ReasonForm, services.accept_no_longer),
    "classify": Way(forms.ClassifyForm, services.classify_petition),
    "hand_to_hotline": Way(forms.SureForm, services.hand_to_hotline),
    "name": Way(forms.NameForm, services.name_complained_of),
    "supervise": Way(forms.ReasonForm, services.supervise_petition),
    "report_urgent": Way(forms.UrgentForm, services.report_urgent),
    "record_incident": Way(forms.ReasonForm, services.record_incident),
    "recommend": Way(forms.NoteForm, services.recommend_to_unit),
    "answer_recommendation": Way(forms.TakeUpForm, services.answer_recommendation),
    "accept": Way(forms.SureForm, services.accept_petition),
    "perform": Way(forms.SureForm, services.perform_duty),
    "study": Way(forms.SureForm, services.study_suggestion),
    "object": Way(forms.NoteForm, services.object_to_petition),
    "agree": Way(forms.NoteForm, services.agree_to_objection),
    "refuse_objection": Way(forms.NoteForm, services.refuse_objection),
    "settle": Way(forms.SettleForm, services.settle_competence),
    "draft_opinion": Way(forms.OpinionForm, services.draft_opinion),
    "issue_opinion": Way(forms.SureForm, services.issue_opinion),
    "send_back": Way(forms.NoteForm, services.send_back_opinion),
    "serve": Way(forms.NoteForm, services.serve_opinion),
    "mediate": Way(forms.NoteForm, services.record_agreement),
    "extend": Way(forms.NoteForm, services.extend_petition),
    "hold_hearing": Way(forms.NoteForm, services.record_hearing),
    "report_progress": Way(forms.NoteForm, services.report_progress),
    "report_back": Way(forms.NoteForm, services.report_back),
    "invite": Way(forms.InviteForm, services.invite_units),
    "contribute": Way(forms.NoteForm, services.contribute_opinion),
    "answer_duty": Way(forms.ReplyForm, services.answer_petition),
    "answer_suggestion": Way(forms.ReplyForm, services.answer_petition),
    "conclude": Way(forms.ReplyForm, services.answer_petition),
    "recuse": Way(forms.NoteForm, services.recuse_official),
    "open_hearing": Way(forms.SureForm, services.open_hearing),
    "close_hearing": Way(forms.SureForm, services.close_hearing),
}


class CasePage(StaffPage):
    """One matter: what is demanded, its dates with their articles, its opinion, what can be done now."""

    template_name = "petitions/official/case.html"
    section = "official:inbox"
    revealed: ClassVar[dict[str, str] | None] = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what the actor may read, and write down that they looked."""
        found = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        case, petition = found.case, found.petition
        return super().get_context_data(
            found=found,
            case=case,
            about=found.review or petition,
            place=f"{path_name(case.region_code)} {petition.place if petition else ''}".strip(),
            stage=procedure_of(case).label_of(case.stage),
            moves=[m for m in steps_that_fit(found, open_moves(self.actor, case)) if m.key in WAYS],
            entries=timeline(steps_of(case)),
            periods=periods_of(case, self.now),
            duplicates=live_duplicates(self.actor, case) if case.stage == "registered" else (),
            joint=joint_of(self.actor, case),
            recommendations=recommendations_of(case),
            papers=papers_of(self.actor, case),
            may_attach=not case.is_closed and may(self.actor, "petitions.attach", case),
            may_reveal=may_see_requester(self.actor, case),
            purposes=[(one.key, one.label) for one in domain("petitions").purposes],
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
        shown = {"name": person.name, "phone": person.phone, "address": person.address}
        response = self.render_to_response(self.get_context_data(revealed=shown))
        response.headers["Cache-Control"] = "no-store"
        return response


class StepPage(MovePage):
    """Make one step in one matter."""

    template_name = "petitions/official/move.html"
    reads = "petitions.read"
    ways = WAYS

    def form_arguments(self) -> dict[str, Any]:
        """Offer the units, reasons, outcomes and live matters that the step asks for."""
        today, move = localdate(self.now), self.move
        choices = forms.Choices(
            units=units_to_choose(self.case, today) if move.assigns or move.opens else (),
            any_units=units_to_name(self.case, today) if move.names else (),
            reasons=move.reasons,
            outcomes=move.outcomes,
            live=live_duplicates(self.actor, self.case) if move.key == "not_accept" else (),
        )
        return {"choices": choices}

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
        """Add what the step is about."""
        found = matter_for(self.actor, self.case.pk)
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
