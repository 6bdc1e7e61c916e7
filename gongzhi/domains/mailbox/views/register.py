"""纸质来信登记: staff of a mailbox's unit type in what came on paper, and write its query code back to the writer."""

from typing import Any, cast

from django.contrib import messages
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox.forms.official import RegisterForm
from gongzhi.domains.mailbox.queries.offices import offices_of_unit
from gongzhi.domains.mailbox.services import Submission, register_letter
from gongzhi.kernel.cases.bycode import written_down_by
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.accounts.moving import INBOX
from gongzhi.web.forms import Form
from gongzhi.web.periods import periods_of
from gongzhi.web.views import UseCasePage

ROLES = frozenset({Role.HANDLER, Role.HEAD})
ON_PAPER = "letter"


class Register(RoleRequired, UseCasePage):
    """Type in a letter on paper; whoever has no mailbox in their unit is told so."""

    template_name = "mailbox/official/register.html"
    section = "mailbox:register"
    roles = ROLES
    form_class = RegisterForm

    def form_arguments(self) -> dict[str, Any]:
        """Offer the mailboxes of the own unit."""
        offices = offices_of_unit(self.actor.unit_id, localdate(self.now))
        return {"offices": [(one.key, one.title) for one in offices]}

    def initial(self) -> dict[str, Any]:
        """Begin in the official's own region."""
        return {"region": self.actor.region_code}

    def perform(self, form: Form, *, key: str) -> object:
        """Register it, once."""
        said = {**cast(RegisterForm, form).said, "office": form.answers["office"], "channel": ON_PAPER}
        return register_letter(actor=self.actor, submission=Submission(**said), now=self.now, key=key)

    def next_url(self, outcome: Any) -> str:
        """What to write back to the writer; of a letter that goes around the office nothing more is shown here."""
        if outcome.case.stage != "around":
            return reverse("mailbox:taken", args=[outcome.pk])
        messages.success(
            self.request, gettext("已登记。这封信反映本单位，由别的部门办理；查询码已发给来信人。")
        )
        return reverse(INBOX)


class Taken(RoleRequired):
    """Number, query code and the days that are owed, to write back to the writer."""

    template_name = "mailbox/official/taken.html"
    section = "mailbox:register"
    roles = ROLES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the code to whoever typed it in."""
        case = written_down_by(
            actor=self.actor, reads="mailbox.read", case_id=self.kwargs["pk"], now=self.now
        )
        return super().get_context_data(
            case=case,
            code=spaced(case.query_code),
            periods=periods_of(case, self.now),
            title=_("已登记"),
            **kwargs,
        )
