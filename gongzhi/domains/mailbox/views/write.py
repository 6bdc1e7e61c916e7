"""写信: the mailboxes, the public page of each, the letter, and the confirmation with the days that are owed."""

from collections.abc import Iterable
from typing import Any, Final, cast

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from gongzhi.base.rownumbers import row_number
from gongzhi.domains.mailbox.forms.citizen import WriteForm
from gongzhi.domains.mailbox.queries.letters import letter_for
from gongzhi.domains.mailbox.queries.offices import office_by_key, open_offices
from gongzhi.domains.mailbox.queries.published import PAGE, published_letter, published_of
from gongzhi.domains.mailbox.services import Submission, write_letter
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.accounts.bycode import remember
from gongzhi.web.accounts.drafting import ReceivedPage
from gongzhi.web.accounts.receipts import SHEET, Row
from gongzhi.web.accounts.sending import count_sent
from gongzhi.web.draft import mark_sent
from gongzhi.web.forms import Form
from gongzhi.web.views import NotCopied, Page, UseCasePage

DOMAIN: Final = "mailbox"
RECEIPT: Final = _("来信登记回执")


class Offices(Page):
    """Every mailbox that takes letters, the wider area first."""

    template_name = "mailbox/offices.html"
    section = "mailbox:offices"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them with their places."""
        rows = [
            {"office": one, "place": path_name(one.region_code)} for one in open_offices(localdate(self.now))
        ]
        return super().get_context_data(rows=rows, **kwargs)


class OfOffice(Page):
    """A page of one mailbox."""

    section = "mailbox:offices"

    @cached_property
    def office(self) -> Any:
        """The mailbox of the address."""
        found = office_by_key(self.kwargs["office"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it."""
        found = {"office": self.office, "office_place": path_name(self.office.region_code)}
        return super().get_context_data(**{**kwargs, **found})


class OfficePage(OfOffice):
    """What people wrote to a mailbox and what it answered, as far as both agreed to show it."""

    template_name = "mailbox/office.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find a page of it."""
        rows = published_of(self.office, row_number(self.request.GET.get("before", "")))
        return super().get_context_data(
            rows=rows,
            takes=self.office.closed_on is None,
            next=f"?before={rows[-1].pk}" if len(rows) == PAGE else "",
            **kwargs,
        )


class PublishedPage(NotCopied, Page):
    """One published letter with its answer."""

    template_name = "mailbox/published.html"
    section = "mailbox:offices"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find it, or say that there is nothing public here."""
        found = published_letter(self.kwargs["case_id"])
        if found is None:
            raise Http404
        return super().get_context_data(letter=found, place=path_name(found.region_code), **kwargs)


class Write(OfOffice, UseCasePage):
    """Write a letter to a mailbox."""

    template_name = "mailbox/write.html"
    form_class = WriteForm

    def perform(self, form: Form, *, key: str) -> str:
        """Register it once, however often the button is pressed."""
        given = form.answers
        count_sent("mailbox.write", self.request, given["phone"], key, self.now)
        submission = Submission(office=self.office.key, **cast(WriteForm, form).said)
        letter = write_letter(actor=self.actor, submission=submission, now=self.now, key=key)
        mark_sent(self.request, DOMAIN, key, letter.pk)
        remember(self.request, letter.case, self.now)
        return key

    def next_url(self, outcome: str) -> str:
        """The confirmation."""
        return reverse("mailbox:received", args=[outcome])


class Received(ReceivedPage):
    """The confirmation: the query code, and the days that are owed."""

    template_name = "mailbox/received.html"
    drafts = DOMAIN
    sheet_title = RECEIPT

    def shown(self, person: Actor, case_id: int) -> dict[str, Any]:
        """The letter, with whether it goes around its office."""
        letter = letter_for(person, case_id)
        around = letter.case.stage == "around"
        return {"case": letter.case, "goes_around": around, "of_domain": on_receipt(letter.office)}


class Receipt(Received):
    """The confirmation as a sheet to print."""

    template_name = SHEET


def on_receipt(office: Any) -> Iterable[Row]:
    """Return what a receipt says of a letter besides what every matter has: to which mailbox it was written."""
    return [(_("写给"), f"{office.title}（{office.unit.name}）")]
