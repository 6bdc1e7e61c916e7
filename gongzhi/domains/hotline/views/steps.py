"""The page on which an official makes one step: a line in the table is all that a new step needs."""

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext

from gongzhi.base.declined import NotAllowed, NotPossible, gettext_noop
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms import steps as forms
from gongzhi.domains.hotline.queries.answers import (
    answer_for_everybody,
    loses_more_than_a_greeting,
    passages_for_one,
)
from gongzhi.domains.hotline.queries.dispatching import proposed_unit
from gongzhi.domains.hotline.queries.duplicates import likely_the_same
from gongzhi.domains.hotline.queries.public import as_shown
from gongzhi.domains.hotline.queries.related import same_in_unit
from gongzhi.domains.hotline.queries.requests import look_at
from gongzhi.domains.hotline.queries.suggested import Suggested, categories_to_choose, suggestion_of
from gongzhi.domains.hotline.views.suggestions import box_of, taken_over
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.cases.personfile import place_shown
from gongzhi.web.accounts import moveforms
from gongzhi.web.accounts.moving import MovePage, Way
from gongzhi.web.errors import words_of
from gongzhi.web.forms import Form


def _plain(move: str, form: type[Form] = moveforms.SureForm) -> Way[Form]:
    return Way(form, partial(services.move_request, move=move))


WAYS: dict[str, Way[Form]] = {
    "dispatch": Way(forms.DispatchForm, services.dispatch_request),
    "answer": Way(forms.AnswerForm, services.answer_directly),
    "divert": Way(forms.DivertForm, services.divert_request),
    "split": Way(forms.SplitForm, services.split_request),
    "hand_to_petitions": Way(moveforms.SureForm, services.hand_to_petitions),
    "name": Way(forms.NameForm, services.name_complained_of),
    "accept": _plain("accept"),
    "return": Way(forms.ReturnForm, services.return_request),
    "respond": Way(moveforms.NoteForm, services.respond_at_once),
    "assign": Way(forms.AssignForm, services.settle_dispute),
    "reply": Way(forms.AnswerForm, services.reply_to_request),
    "submit_reply": Way(forms.AnswerForm, services.reply_to_request),
    "extend": Way(moveforms.NoteForm, services.extend_request),
    "report_progress": Way(forms.ProgressForm, services.report_progress),
    "invite": Way(forms.InviteForm, services.invite_units),
    "approve": Way(moveforms.SureForm, services.approve_reply),
    "send_back": _plain("send_back", moveforms.NoteForm),
    "call_back": Way(forms.CallBackForm, services.record_call_back),
    "revisit": Way(moveforms.NoteForm, services.revisit_request),
    "rework": Way(forms.AssignForm, services.rework_request),
    "reopen": Way(forms.AssignForm, services.reopen_request),
    "uphold": Way(moveforms.NoteForm, services.uphold_reply),
    "supervise": Way(moveforms.NoteForm, services.supervise_request),
    "join": _plain("join"),
    "excuse": _plain("excuse", moveforms.NoteForm),
    "contribute": _plain("contribute", moveforms.NoteForm),
}

#: The steps of the second person, who reads an answer before it goes out.
SECOND_CHECK: Final = frozenset({"approve", "send_back"})
#: What is told of one person is not told to another, public or not (个人信息保护法 art. 10).
FOR_ONE: Final = gettext_noop(
    "答复里有：%(passages)s。另一位反映人会看到全文。请打开这一件，去掉或改写后单独答复。"
)
#: What changes before everybody reads it is shown to its writer first.
LOOK_FIRST: Final = gettext_noop(
    "还没有发出：这份答复公开时会隐去几处，请看下面大家看到的样子。单位的电话要登记过才不隐去。看过不用改的，再按一次提交；要改的，改好再发。"
)


class StepPage(MovePage):
    """Make one step in one request, or in the part of a unit that helps."""

    template_name = "hotline/official/move.html"
    reads = "hotline.read"
    ways = WAYS

    def form_arguments(self) -> dict[str, Any]:
        """Offer the units, reasons and outcomes of this step."""
        outcomes = {outcome: words[0] for outcome, words in forms.OUTCOMES.items()}
        offered = moveforms.offered_in(self.move, self.case, localdate(self.now), outcomes)
        same = same_in_unit(self.actor, self.case) if "reply" in self.move.asks else ()
        return {
            "offered": offered
            | {
                "route": offered["reason"],
                "also": [(one.pk, str(one.case)) for one in same],
                "public": [(True, "")] if self.case.public else [],
                "uncleared": [(True, "")] if self._uncleared else [],
                "category": self._categories(),
            }
        }

    def _categories(self) -> Sequence[tuple[Any, Any]]:
        if self.move.key == "split":
            return forms.every_category()
        return categories_to_choose(self.case) if self._suggested else ()

    def initial(self) -> dict[str, Any]:
        """Fill in what is known: the unit that the list names, whom the matter complains of, the reply that was sent back."""
        if self.move.names:
            return self._complained_of()
        if self.move.key == "submit_reply" and self.case.outcome:
            return {"reply": self._about.reply, "outcome": self.case.outcome}
        taken = taken_over(self._suggested, self.request.GET.get("category", ""))
        if self.move.key == "split":
            return {"text": self._about.text}
        proposed = self._proposed()
        return ({"unit_id": proposed[0].pk} if proposed else {}) | taken

    def perform(self, form: Form, *, key: str) -> Case:
        """Carry out the use case; an answer meant for linked requests too is given to each of them, unless it tells of a person.

        An answer of which something is crossed out before everybody reads it comes back once, to be looked at.
        """
        words, _shown = self._for_everybody(form)
        is_seen = self.request.POST.get("seen") == _mark(words) or not _published(form)
        if not is_seen and loses_more_than_a_greeting(words, self.case.unit):
            raise NotPossible(LOOK_FIRST)
        case = super().perform(form, key=key)
        answers = form.answers
        others = answers.get("also", [])
        found = passages_for_one(answers["reply"], case.unit) if others else []
        for other_id in others:
            if found:
                self._not_too(other_id, gettext(FOR_ONE) % {"passages": "、".join(found)})
            else:
                self._answer_too(other_id, str(uuid5(UUID(key), str(other_id))), answers)
        return case

    def carry_out(self, case_id: int, key: str, answers: Mapping[str, Any]) -> Case:
        """Call the use case for one request; `also` names further ones."""
        return super().carry_out(
            case_id, key, {name: said for name, said in answers.items() if name != "also"}
        )

    def _answer_too(self, case_id: int, key: str, answers: dict[str, Any]) -> None:
        """Give the same answer to a linked request; what is not possible there is said and the others go on."""
        try:
            self.carry_out(case_id, key, answers | {"cleared": False})  # it was not read
        except (NotPossible, NotAllowed) as refusal:
            self._not_too(case_id, words_of(refusal))

    def _not_too(self, case_id: int, why: str) -> None:
        words = {"number": case_number(case_id), "why": why}
        messages.warning(self.request, gettext("%(number)s 没有一并答复：%(why)s") % words)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the step is about, the unit that the list names, what the model suggests, and what is likely the same."""
        about = self._about
        box = box_of(self._suggested, self.case) if self._suggested else None
        alike = likely_the_same(self.actor, self.case) if self._suggests else ()
        words, shown = self._for_everybody(kwargs["form"])
        return super().get_context_data(
            about=about,
            exact_place=place_shown(self.actor, self.case, about.place)[1],
            outcome=next((words[0] for key, words in forms.OUTCOMES.items() if key == self.case.outcome), ""),
            reply="" if self.case.parent_id or "reply" in self.move.asks else about.reply,
            is_published=self.case.public and bool(_published(kwargs["form"])),
            everybody_reads=shown,
            seen=_mark(words),
            proposed=self._proposed(),
            box=box,
            alike=alike,
            as_shown=as_shown(self.case.title, about.text)
            if self._uncleared and "cleared" in kwargs["form"].fields
            else None,
            **kwargs,
        )

    def _for_everybody(self, form: Form) -> tuple[str, str]:
        """Return the answer as it was written, here or for the second check, and what everybody will read of it; nothing where nothing is published."""
        words = ""
        if self.case.public:
            checked = self._about.reply if self.move.key in SECOND_CHECK else ""
            words = form.data.get(_published(form), checked).strip()
        return words, answer_for_everybody(words, self.case.unit)

    @cached_property
    def _about(self) -> Any:
        """The request that the case is about; that an official looked is written down."""
        return look_at(actor=self.actor, case=self.case, now=self.now)

    @property
    def _uncleared(self) -> bool:
        """Whether nobody has said yet that what the person wrote may be shown; what is sent again may still say so."""
        again = self.request.method == "POST"
        return self.case.public and (again or self._about.cleared_at is None)

    @property
    def _suggests(self) -> bool:
        """Whether anything is suggested here: before a dispatch, and not where it only runs along (shadow mode)."""
        return self.move.key == "dispatch" and not settings.TRIAGE_SHADOW

    @cached_property
    def _suggested(self) -> Suggested | None:
        """What the model suggests before a dispatch."""
        return suggestion_of(self.case, localdate(self.now)) if self._suggests else None

    def _complained_of(self) -> dict[str, Any]:
        official = self.case.against_account
        return {
            "against_unit_id": self.case.against_unit_id,
            "official": official.username if official else "",
        }

    def _proposed(self) -> Any:
        return proposed_unit(self.case, localdate(self.now)) if self.move.assigns else None


def _published(form: Form) -> str:
    """Return the name of the field that everybody reads, or nothing."""
    return form.published if isinstance(form, forms.MoveForm) else ""


def _mark(words: str) -> str:
    """Return the mark by which a page knows again the words that it showed."""
    return sha256(words.encode()).hexdigest()[:16]
