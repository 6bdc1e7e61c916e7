"""纸质来信登记: staff of a mailbox's unit type in what came on paper, and write its query code back to the writer."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from gongzhi.domains.mailbox.forms.official import RegisterForm
from gongzhi.domains.mailbox.queries.letters import letter_for
from gongzhi.domains.mailbox.queries.offices import has_mailbox, offices_of_unit
from gongzhi.domains.mailbox.services import Submission, register_letter
from gongzhi.domains.mailbox.views.write import RECEIPT, on_receipt
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.accounts.moving import INBOX
from gongzhi.web.accounts.receipts import SHEET, TakenPage
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage

ROLES = frozenset({Role.HANDLER, Role.HEAD})
ON_PAPER = "letter"


class Register(RoleRequired, UseCasePage):
    """Type in a letter on paper; whoever has no mailbox in their unit is told so."""

    template_name = "mailbox/official/register.html"
    section = "mailbox:register"
    roles = ROLES
    form_class = RegisterForm

    @classmethod
    def concerns(cls, actor: Actor, today: date) -> bool:
        """Only a unit with a mailbox gets letters on paper."""
        return has_mailbox(actor.unit_id, today)

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
        told = gettext("已登记。这封信反映本单位，由别的部门办理；查询码已发给来信人。")
        if outcome.by_post:
            told = gettext("已登记。这封信反映本单位，由别的部门办理，答复也由他们寄给来信人。")
        messages.success(self.request, told)
        return reverse(INBOX)


class Taken(TakenPage):
    """Number, query code and the days that are owed, to write back to the writer."""

    template_name = "mailbox/official/taken.html"
    section = "mailbox:register"
    roles = ROLES
    reads, taken, sheet_title = "mailbox.read", "mailbox:taken", RECEIPT

    def shown(self, person: Actor, case: Case) -> dict[str, Any]:
        """To which mailbox it was written."""
        return {"of_domain": on_receipt(letter_for(person, case.pk).office)}


class TakenReceipt(Taken):
    """The same as a sheet to print and send back."""

    template_name = SHEET
