"""Pages about the person's own case: let in is who has shown its code lately, or is signed in as the person."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import looks_of
from gongzhi.kernel.cases.reading import case_for, open_moves, procedure_of, successor_of, told_to_person
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import domain
from gongzhi.web.accounts.bycode import person_in
from gongzhi.web.forms import Form
from gongzhi.web.navigation import Text
from gongzhi.web.periods import periods_of
from gongzhi.web.timeline import timeline
from gongzhi.web.views import Page, UseCasePage

TRACK = "citizen:track"


def own_page(case: Case) -> str:
    """Return the address at which a person follows their case; the front page where its domain has none."""
    name = domain(case.procedure).person_page
    return reverse(name, args=[case.pk]) if name else reverse("citizen:home")


class OwnCase(Page):
    """A page about the person's own case: without the code it leads to where the code is typed.

    ``reads`` is the domain's permission to read it.
    """

    section = TRACK
    reads: ClassVar[str]
    own: Actor
    case: Case

    @property
    def actor(self) -> Actor:
        """The person whose case it is."""
        return self.own

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who has shown the code lately, or is signed in as the person."""
        person = person_in(request, case_id=self.kwargs["case_id"], now=self.now)
        if person is None:
            messages.info(
                request, _("请先填查询码和手机号后四位；超过半小时没有操作，或者查询码换过，也要再填一次。")
            )
            return HttpResponseRedirect(reverse(TRACK))
        self.own = person
        self.case = self.read(self.kwargs["case_id"])
        return super().dispatch(request, *args, **kwargs)

    def read(self, case_id: int) -> Case:
        """Read the case; a domain reads what belongs to it along with it."""
        return case_for(self.own, self.reads, case_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the case."""
        return super().get_context_data(case=self.case, progress_url=own_page(self.case), **kwargs)


class OwnProgress(OwnCase):
    """Where the own matter stands, each day that is owed, what was done, and what the person may do now."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it, with the way to the case in which the matter went on."""
        case = self.case
        after = successor_of(self.own, case)
        return super().get_context_data(
            stage=procedure_of(case).label_of(case.stage),
            entries=timeline(told_to_person(case)),
            periods=periods_of(case, self.now),
            open={move.key for move in open_moves(self.own, case)},
            after_url=own_page(after) if after else "",
            **kwargs,
        )


class Lookers(OwnCase):
    """谁看过我的信息: who opened the person's contact in this matter, when, in which unit and post, and why."""

    template_name = "web/own_lookers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the ledger of this matter; of other matters only their own code tells."""
        return super().get_context_data(shown=looks_of(self.own, self.case, self.now), **kwargs)


class OwnStep(OwnCase, UseCasePage):
    """Something the person does about their case: a form, the use case *carry_out*, and plain words when it is done."""

    template_name = "web/own_step.html"
    move: ClassVar[str]
    lead: ClassVar[Text] = ""
    done: ClassVar[Text] = ""
    danger: ClassVar[bool] = False
    carry_out: ClassVar[Callable[..., Case]]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the form only while the move is open; a sent form is judged by the use case itself."""
        if self.move not in {move.key for move in open_moves(self.own, self.case)}:
            messages.warning(request, _("这件事现在不能做这一步，下面是它的最新情况。"))
            return HttpResponseRedirect(own_page(self.case))
        return super().get(request, *args, **kwargs)

    def perform(self, form: Form, *, key: str) -> Case:
        """Do it."""
        return self.carry_out(actor=self.own, case_id=self.case.pk, now=self.now, key=key, **form.answers)

    def next_url(self, outcome: Any) -> str:
        """Back to the progress, with a word that it is done."""
        messages.success(self.request, str(self.done))
        return own_page(self.case)
