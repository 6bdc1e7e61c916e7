"""The reception room: what somebody says, writes or brings is written down faithfully and read back (art. 19)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions import services
from gongzhi.domains.petitions.forms.official import ReceptionForm
from gongzhi.domains.petitions.queries.matters import received_case
from gongzhi.domains.petitions.services import Submission
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.cases.reading import deadlines_of
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage

ROLES = frozenset({Role.CALL_TAKER, Role.DISPATCHER, Role.HANDLER, Role.HEAD})


class Reception(RoleRequired, UseCasePage):
    """Write down a visit, a letter or a call."""

    template_name = "petitions/official/reception.html"
    section = "petitions:reception"
    roles = ROLES
    form_class = ReceptionForm

    def initial(self) -> dict[str, Any]:
        """Begin in the official's own region."""
        return {"region": self.actor.region_code}

    def perform(self, form: Form, *, key: str) -> Case:
        """Register it."""
        submission = Submission(**form.answers)
        return services.submit_petition(actor=self.actor, submission=submission, now=self.now, key=key).case

    def next_url(self, outcome: Case) -> str:
        """What to hand to the person."""
        return reverse("petitions:taken", args=[outcome.pk])


class Taken(RoleRequired):
    """What the person takes home: number, query code, and by when they hear."""

    template_name = "petitions/official/taken.html"
    section = "petitions:reception"
    roles = ROLES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the code to whoever wrote it down."""
        case = received_case(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        first = next(iter(deadlines_of(case)), None)
        return super().get_context_data(
            case=case, code=spaced(case.query_code), first=first, title=_("已登记"), **kwargs
        )
