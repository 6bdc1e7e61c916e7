"""The call-taker's page: one dense screen on which everything is written while the person speaks."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import Conflict, NeedsReason, NotPossible, gettext_noop
from gongzhi.base.paperforms import form_key
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.citizen import first_sentence
from gongzhi.domains.hotline.forms.official import CallForm
from gongzhi.domains.hotline.queries.requests import gone_on, requests_of_caller
from gongzhi.domains.hotline.queries.suggested import Suggested, suggestion_for_words, unit_named
from gongzhi.domains.hotline.services import Submission
from gongzhi.domains.hotline.views.citizen_received import RECEIPT, on_receipt
from gongzhi.kernel.access.decide import is_kept
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import deadlines_of, procedure_of, shown_deadline
from gongzhi.kernel.organisations.categories import suggested
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.accounts.receipts import SHEET, TakenPage
from gongzhi.web.errors import words_of
from gongzhi.web.forms import Form
from gongzhi.web.paperforms import FormSheet, scanned_sheet
from gongzhi.web.views import UseCasePage

#: The buttons that only look something up or fill something in.
LOOKS_UP: Final = {"look", "suggest", "take"}
TAKEN = "这张登记表已经录入过，不再登记第二次。请按来电号码查此前诉求；确是另一件事的，请用新的登记表。"
GOES_UP = gettext_noop("已登记。反映的是本单位或上级，由上一级办理；编号和查询码已发给来电人。")


class Call(RoleRequired, UseCasePage):
    """Write down a call; "查此前诉求" and "推荐类别" only look things up, "采纳" only fills in: nothing is sent."""

    template_name = "hotline/official/call.html"
    section = "hotline:call"
    roles = frozenset({Role.CALL_TAKER})
    form_class = CallForm
    lacking: Sequence[object] = ()

    def initial(self) -> dict[str, Any]:
        """Begin in the call-taker's own region; a scanned sheet brings its number and where it was handed out."""
        number, place = scanned_sheet(self.request)
        return {"region": (number and place) or self.actor.region_code, "form_number": number}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look something up, or register the call."""
        if LOOKS_UP & request.POST.keys():
            form = self.form_class(self._filled_in(request.POST), initial=self.initial())
            form.leave_unchecked()
            return self.show(form)
        return super().post(request, *args, **kwargs)

    @staticmethod
    def _filled_in(sent: QueryDict) -> QueryDict:
        """Return what was sent, with the suggested category where the call-taker has pressed to take it over."""
        if not sent.get("take"):
            return sent
        filled = sent.copy()
        filled["category"] = str(sent["take"])
        return filled

    def perform(self, form: Form, *, key: str) -> Case:
        """Register the request; answer it at once where the call-taker can."""
        answers = form.answers
        number = answers["form_number"]
        if number:
            key = form_key(number)
        submission = Submission(
            kind=answers["kind"],
            category=answers["category"],
            title=answers["title"] or first_sentence(answers["text"]),
            text=answers["text"],
            region_code=answers["region"],
            place=answers["place"],
            complained_of=answers["complained_of"],
            name=answers["name"],
            phone=answers["phone"],
            channel="phone",
            confidential=answers["confidential"],
            source_reference=f"form:{number}" if number else None,
        )
        try:
            if answers["reply"] and not answers["as_petition"]:
                return self._registered_and_answered(submission, answers, key)
            request = services.submit_request(actor=self.actor, submission=submission, now=self.now, key=key)
        except Conflict as fault:
            if not number:
                raise
            raise NotPossible(TAKEN) from fault
        if answers["as_petition"] and not is_kept(self.actor, request.case):
            handed_key = str(uuid5(UUID(key), "petition"))
            handed = services.hand_to_petitions(
                actor=self.actor, case_id=request.pk, now=self.now, key=handed_key
            )
            return gone_on(handed) or handed
        return request.case

    def _registered_and_answered(self, submission: Submission, answers: dict[str, Any], key: str) -> Case:
        """Register and answer at once; what the reply leaves open is listed, and nothing is registered before it is settled."""
        try:
            told = services.register_and_answer(
                actor=self.actor,
                submission=submission,
                reply=answers["reply"],
                outcome=answers["outcome"] or "explained",
                despite=answers["despite"],
                now=self.now,
                key=key,
            )
        except NeedsReason as lack:
            self.lacking = lack.points
            raise
        if told.not_answered is not None:
            messages.warning(self.request, words_of(told.not_answered))
        return told.request.case

    def next_url(self, outcome: Case) -> str:
        """What to read out to the caller: of a petition, its own number and code; of what complains of the own centre nothing."""
        if is_kept(self.actor, outcome):
            messages.success(self.request, gettext(GOES_UP))
            return reverse("hotline:call")
        domain_key = outcome.procedure.partition(".")[0]
        return reverse(f"{domain_key}:taken", args=[outcome.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add earlier requests of this number and the categories that the words suggest."""
        form = kwargs["form"]
        if self.lacking:
            form.ask_why()
        said = form.data.get("text", "") if form.is_bound else ""
        found = self._suggested(form, said) if "suggest" in form.data else None
        by_words = settings.TRIAGE_SUGGESTIONS and not found and not form.data.get("complained_of")
        phone = form.fields["phone"].to_python(form.data.get("phone", "")) if "look" in form.data else ""
        earlier = requests_of_caller(actor=self.actor, phone=phone, now=self.now) if phone else ()
        return super().get_context_data(
            looked=phone,
            earlier=[{"request": one, "stage": _stage(one.case)} for one in earlier],
            found=found,
            unit=unit_named(found) if found else None,
            suggests=settings.TRIAGE_SUGGESTIONS,
            suggestions=suggested(said) if by_words else (),
            lacking=self.lacking,
            **kwargs,
        )

    def _suggested(self, form: Form, said: str) -> Suggested | None:
        """Ask the model about what was written down so far, at the place chosen so far."""
        region = form.fields["region"]
        chosen = region.widget.value_from_datadict(form.data, {}, "region")
        known = (
            isinstance(chosen, str) and chosen.isascii() and chosen.isdigit() and len(chosen) in (6, 9, 12)
        )
        return suggestion_for_words(
            said,
            chosen if known else self.actor.region_code,
            localdate(self.now),
            complains=bool(form.data.get("complained_of", "").strip()),
        )


def _stage(case: Case) -> Any:
    return procedure_of(case).label_of(case.stage)


class Taken(TakenPage):
    """What the call-taker reads out: number, query code, by when there is an answer."""

    template_name = "hotline/official/taken.html"
    section = "hotline:call"
    roles = frozenset({Role.CALL_TAKER})
    reads, taken, sheet_title = "hotline.read", "hotline:taken", RECEIPT

    def shown(self, person: Actor, case: Case) -> dict[str, Any]:
        """Where it stands, and by when there is an answer."""
        promise = shown_deadline(deadlines_of(case))
        return {"of_domain": on_receipt(case), "promise": promise, "stage": _stage(case)}


class TakenReceipt(Taken):
    """The same as a sheet to print, for whoever brought a form or stands at the counter."""

    template_name = SHEET


class Sheet(FormSheet):
    """诉求登记表, to print and fill in by hand."""

    template_name = "hotline/form_sheet.html"
    entry_page, sheet_title = "hotline:call", _("诉求登记表")
