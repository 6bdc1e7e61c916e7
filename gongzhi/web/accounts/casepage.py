"""The official's page of one case, for every domain, and the same page with the contact shown once for a purpose."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import may_reveal, may_see_requester, requester
from gongzhi.kernel.cases.reading import moves_offered, procedure_of, steps_of
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.registry.api import domain
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.moving import INBOX
from gongzhi.web.periods import periods_of
from gongzhi.web.timeline import timeline


def purposes_of(reads: str) -> list[tuple[str, Words]]:
    """Return what the domain of an action lets a contact be looked at for."""
    return [(one.key, one.label) for one in domain(reads).purposes]


class CasePage(StaffPage):
    """One case: where it stands, its periods with their articles, what can be done now.

    ``reads`` is the domain's permission to read it; ``look`` reads the case.
    """

    section = INBOX
    reads: ClassVar[str]
    revealed: Mapping[str, str] | None = None

    def look(self) -> Case:
        """Read the case with what belongs to it, and write down that the actor looked."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what the actor may read."""
        case = self.look()
        return super().get_context_data(
            case=case,
            stage=procedure_of(case).label_of(case.stage),
            moves=moves_offered(self.actor, case, self.now),
            entries=timeline(steps_of(case)),
            periods=periods_of(case, self.now),
            may_see=may_see_requester(self.actor, case),
            may_reveal=may_reveal(self.actor, case),
            purposes=purposes_of(self.reads),
            revealed=self.revealed,
            **kwargs,
        )


class RevealForm(forms.Form):
    """Why the contact is looked at."""

    purpose = forms.CharField(max_length=20)
    reason = forms.CharField(max_length=60)


class Revealing(StaffPage):
    """Makes of a case page the same page with the contact shown, once, after a purpose was chosen; only by POST."""

    http_method_names = ("post",)
    reads: ClassVar[str]
    shows: ClassVar[tuple[str, ...]] = ("name", "phone")
    revealed: Mapping[str, str] | None = None

    def purposes(self) -> Sequence[tuple[str, Words]]:
        """Return what a contact may be looked at for."""
        return purposes_of(self.reads)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it and write down that it was shown."""
        form = RevealForm(request.POST)
        form.is_valid()  # what is missing is refused by the use case, after it has asked who may at all
        given = form.cleaned_data
        purpose = given.get("purpose", "")
        person = requester(
            actor=self.actor,
            reads=self.reads,
            case_id=self.kwargs["pk"],
            purpose=purpose if purpose in dict(self.purposes()) else "",
            words=given.get("reason", ""),
            now=self.now,
        )
        self.revealed = {name: getattr(person, name) for name in self.shows}
        response = self.render_to_response(self.get_context_data(**kwargs))
        response.headers["Cache-Control"] = "no-store"
        return response
