"""The pages on which an official decides to show a letter with its answer, or to show it no longer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.forms.official import PublishForm, TakeDownForm
from gongzhi.domains.mailbox.queries.letters import looked_at
from gongzhi.insight.triage.leaks import leaks_in, masked
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage


class OfLetter(StaffPage, UseCasePage):
    """A decision about one letter; it leads back to its page."""

    section = "official:inbox"
    frame = "web/staff_base.html"

    def next_url(self, outcome: object) -> str:
        """Back to the letter, with a word that it is done."""
        messages.success(self.request, str(_("已办理。")))
        return reverse("mailbox:case", args=[self.kwargs["pk"]])


class Publish(OfLetter):
    """Show words of a letter and its answer; particulars are crossed out beforehand, the rest is checked by a person."""

    form_class = PublishForm
    title, button = _("公开来信和答复"), _("公开")

    def initial(self) -> dict[str, Any]:
        """Begin with the letter and the answer, particulars crossed out; that they were read is written down."""
        letter = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        reply = letter.reply if letter.replied_at else ""
        words = {"title": letter.case.title, "text": letter.text, "reply": reply}
        return {name: masked(said, leaks_in(said)) for name, said in words.items()}

    def perform(self, form: Form, *, key: str) -> object:
        """Publish it; the same again is the same."""
        return services.publish_letter(
            actor=self.actor, case_id=self.kwargs["pk"], now=self.now, **form.answers
        )

    def show(self, form: Form, status: int = 200) -> HttpResponse:
        """Draw the form; words that were refused will be changed, so their tick is gone and is given anew for the new ones."""
        if form.is_bound:
            form.ask_anew("checked")
        return super().show(form, status)


class TakeDown(OfLetter):
    """Show it no longer."""

    form_class = TakeDownForm
    title, button = _("撤下公开的来信"), _("撤下")

    def perform(self, form: Form, *, key: str) -> object:
        """Take it down; twice is once."""
        return services.take_down_letter(
            actor=self.actor, case_id=self.kwargs["pk"], now=self.now, **form.answers
        )
