"""The reception room: what somebody says, writes or brings is written down faithfully and read back (art. 19)."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import Conflict, NotPossible
from gongzhi.base.paperforms import form_key
from gongzhi.domains.petitions import services
from gongzhi.domains.petitions.forms.official import ReceptionForm
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.domains.petitions.services import Submission
from gongzhi.domains.petitions.views.receipt import RECEIPT, ahead_of, on_receipt
from gongzhi.kernel.access.decide import is_kept
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.accounts.receipts import SHEET, TakenPage
from gongzhi.web.forms import Form
from gongzhi.web.paperforms import FormSheet, scanned_sheet
from gongzhi.web.views import UseCasePage

TAKEN = "这张登记表已经录入过，不再登记第二次。请在待办里按信访人查找；确是另一件事的，请用新的登记表。"
ROLES = frozenset({Role.CALL_TAKER, Role.DISPATCHER, Role.HANDLER, Role.HEAD})


class Reception(RoleRequired, UseCasePage):
    """Write down a visit, a letter or a call."""

    template_name = "petitions/official/reception.html"
    section = "petitions:reception"
    roles = ROLES
    form_class = ReceptionForm

    def initial(self) -> dict[str, Any]:
        """Begin in the official's own region; a scanned sheet brings its number and where it was handed out."""
        number, place = scanned_sheet(self.request)
        if not number:
            return {"region": self.actor.region_code}
        return {"form_number": number, "channel": "letter", "region": place or self.actor.region_code}

    def perform(self, form: Form, *, key: str) -> Case:
        """Register it; a sheet of paper only once, whoever types it in and however often."""
        submission = Submission(**form.answers)
        self.by_post = not submission.phone
        if submission.form_number:
            key = form_key(submission.form_number)
        try:
            return services.submit_petition(
                actor=self.actor, submission=submission, now=self.now, key=key
            ).case
        except Conflict as fault:
            if not submission.form_number:
                raise
            raise NotPossible(TAKEN) from fault

    def next_url(self, outcome: Case) -> str:
        """What to hand to the person; of what complains of the own unit nothing more is shown here."""
        if is_kept(self.actor, outcome):
            told = gettext("已登记。反映的是本单位或上级，由上一级办理；查询码已发给信访人。")
            if self.by_post:
                told = gettext("已登记。反映的是本单位或上级，由上一级办理，告知书和答复也由他们寄给信访人。")
            messages.success(self.request, told)
            return reverse("petitions:reception")
        return reverse("petitions:taken", args=[outcome.pk])


class Taken(TakenPage):
    """What the person takes home: number, query code, and by when they hear."""

    template_name = "petitions/official/taken.html"
    section = "petitions:reception"
    roles = ROLES
    reads, taken, sheet_title = "petitions.read", "petitions:taken", RECEIPT

    def shown(self, person: Actor, case: Case) -> dict[str, Any]:
        """The class of the matter, and what the regulation owes next."""
        found = matter_for(person, case.pk)
        return {"of_domain": on_receipt(found), "ahead": ahead_of(found)}


class TakenReceipt(Taken):
    """The same as a sheet to print and hand over (信访工作条例 art. 22: who petitions can query what becomes of it)."""

    template_name = SHEET


class Sheet(FormSheet):
    """信访登记表, to print and fill in by hand."""

    template_name = "petitions/form_sheet.html"
    entry_page, sheet_title = "petitions:reception", _("信访登记表")
