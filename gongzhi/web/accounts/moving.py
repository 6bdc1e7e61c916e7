"""The page on which an official makes one step in one case, for every domain: it says how each step is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NeedsReason, NotPossible
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import case_for, open_moves, procedure_of
from gongzhi.kernel.declare.procedure import Move
from gongzhi.kernel.registry.api import domain
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.forms import Form, ReasonedForm
from gongzhi.web.views import UseCasePage

INBOX = "official:inbox"
StepForm = TypeVar("StepForm", bound=Form, covariant=True)


@dataclass(frozen=True)
class Way(Generic[StepForm]):
    """How a step is made: the form that asks and the use case that carries it out."""

    form: type[StepForm]
    carry_out: Callable[..., Case]


class MovePage(StaffPage, UseCasePage):
    """Make one step in one case. ``reads`` is the domain's permission to read it, ``ways`` its steps with a page."""

    section = INBOX
    reads: ClassVar[str]
    ways: ClassVar[Mapping[str, Way[Form]]]
    case: Case
    move: Move
    lacking: Sequence[object] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form of the step."""
        self._find()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the step; one that was made already is not refused but answered as the first time."""
        self._find()
        return super().post(request, *args, **kwargs)

    def _find(self) -> None:
        """Find case and step. After a double click the case has moved on: the declared step still gives the form."""
        self.case = case_for(self.actor, self.reads, self.kwargs["pk"])
        key = self.kwargs["move"]
        offered = open_moves(self.actor, self.case)
        declared = [move for move in procedure_of(self.case).moves if self.request.method == "POST"]
        found = next((move for move in [*offered, *declared] if move.key == key), None)
        if found is None or key not in self.ways:
            raise NotPossible(_("这件事现在不能做这一步，可能已经有人办过。请回到事项页看看它进行到了哪里。"))
        self.move = found
        self.form_class = self.ways[key].form  # type: ignore[misc]

    def carry_out(self, case_id: int, key: str, answers: Mapping[str, Any]) -> Case:
        """Call the use case of this step."""
        way = self.ways[self.move.key]
        return way.carry_out(actor=self.actor, case_id=case_id, now=self.now, key=key, **answers)

    def perform(self, form: Form, *, key: str) -> Case:
        """Carry out the use case; what a reply leaves open is listed, and why it should go out all the same is asked."""
        try:
            case = self.carry_out(self.case.pk, key, form.answers)
        except NeedsReason as lack:
            self.lacking = lack.points
            cast(ReasonedForm, form).ask_why()
            raise
        messages.success(self.request, gettext("已办理：%(move)s。") % {"move": self.move.label})
        return case

    def next_url(self, outcome: Case) -> str:
        """Back to the case, or to the inbox when there is nothing left to do in it for the actor."""
        try:
            case = case_for(self.actor, self.reads, outcome.pk)
        except NotPossible:
            return reverse(INBOX)
        return self._case_url(case) if open_moves(self.actor, case) else reverse(INBOX)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show beside the form what the step is about."""
        return super().get_context_data(
            case=self.case,
            move=self.move,
            back_url=self._case_url(self.case),
            lacking=self.lacking,
            **kwargs,
        )

    def _case_url(self, case: Case) -> str:
        return reverse(domain(case.procedure).case_page, args=[case.pk])
