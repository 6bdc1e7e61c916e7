"""信访登记: the four steps in which a person writes a petition, and the confirmation."""

from typing import Any, Final

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from gongzhi.domains.petitions.api import DOMAIN
from gongzhi.domains.petitions.forms.citizen import (
    CONFIDENTIAL,
    KINDS,
    PRIVACY,
    CheckForm,
    ContactForm,
    KindForm,
    WhatForm,
    broad_categories,
)
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.domains.petitions.services import Submission, submit_petition
from gongzhi.domains.petitions.views.receipt import RECEIPT, ahead_of, on_receipt
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.accounts.bycode import remember
from gongzhi.web.accounts.drafting import DraftStep, ReceivedPage, next_step
from gongzhi.web.accounts.receipts import SHEET
from gongzhi.web.accounts.sending import count_sent
from gongzhi.web.draft import draft_of, keep, mark_sent
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage

STEPS: Final = (
    ("petitions:new-what", "demand"),
    ("petitions:new-contact", "phone"),
    ("petitions:new-check", "sent"),
)


class KindStep(UseCasePage):
    """Step 1: which class, what each of them leads to, and what is not for petitions."""

    template_name = "petitions/new_kind.html"
    section = "petitions:new"
    form_class = KindForm

    def perform(self, form: Form, *, key: str) -> str:
        """Begin the draft, or change its class."""
        keep(self.request, DOMAIN, key, kind=form.answers["kind"])
        return key

    def initial(self) -> dict[str, Any]:
        """What was chosen before."""
        kept = self._kept()
        return {"key": self.request.GET.get("draft", ""), "kind": kept.get("kind")} if kept else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell whoever has said it elsewhere that their words came along."""
        return super().get_context_data(said=self._kept().get("said", ""), **kwargs)

    def _kept(self) -> dict[str, Any]:
        return draft_of(self.request, DOMAIN, self.request.GET.get("draft", "")) or {}

    def next_url(self, outcome: str) -> str:
        """On to what is demanded."""
        return next_step(self.request, DOMAIN, STEPS, outcome)


class LaterStep(DraftStep):
    """A step after the first."""

    section = "petitions:new"
    drafts = DOMAIN
    steps = STEPS


class WhatStep(LaterStep):
    """Step 2: what is demanded, on which facts."""

    template_name = "petitions/new_what.html"
    form_class = WhatForm

    def initial(self) -> dict[str, Any]:
        """What was answered before, or said elsewhere."""
        return {"facts": self.draft.get("said", ""), **super().initial()}


class ContactStep(LaterStep):
    """Step 3: who petitions."""

    template_name = "petitions/new_contact.html"
    form_class = ContactForm


class CheckStep(LaterStep):
    """Step 4: everything once more, and the button that sends."""

    template_name = "petitions/new_check.html"
    form_class = CheckForm

    def initial(self) -> dict[str, Any]:
        """The title, taken from the demand until the person changes it."""
        return {
            "title": str(Truncator(self.draft["demand"].strip().rstrip("。！!；;")).chars(40)),
            "key": self.draft_key,
        }

    def perform(self, form: Form, *, key: str) -> str:
        """Send the petition, once for this key."""
        count_sent("petitions.submit", self.request, self.draft["phone"], key, self.now)
        same = ("kind", "demand", "facts", "place", "complained_of", "name", "phone")
        submission = Submission(
            title=form.answers["title"],
            region_code=self.draft["region"],
            category=self.draft.get("category", ""),  # a draft may be older than the question
            confidential=self.draft["privacy"] == CONFIDENTIAL,
            **{name: self.draft[name] for name in same},
        )
        petition = submit_petition(actor=self.actor, submission=submission, now=self.now, key=key)
        mark_sent(self.request, DOMAIN, self.draft_key, petition.pk)
        remember(self.request, petition.case, self.now)
        return self.draft_key

    def next_url(self, outcome: str) -> str:
        """The confirmation."""
        return reverse("petitions:received", args=[outcome])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything to check, each with the way to change it."""
        draft, key = self.draft, self.draft_key
        what, contact = (
            reverse("petitions:new-what", args=[key]),
            reverse("petitions:new-contact", args=[key]),
        )
        place = f"{path_name(draft['region'])} {draft['place']}".strip()
        rows = [
            (
                pgettext("petition", "类别"),
                dict(KINDS)[draft["kind"]],
                f"{reverse('petitions:new')}?draft={key}",
            ),
            (gettext("领域"), _field_of(draft.get("category", "")), what),
            (gettext("请求"), draft["demand"], what),
            (gettext("事实和理由"), draft["facts"], what),
            (gettext("地点"), place, what),
            (gettext("反映的单位或人"), draft["complained_of"], what),
            (gettext("姓名"), draft["name"], contact),
            (gettext("电话"), draft["phone"], contact),
            (gettext("是否保密"), dict(PRIVACY)[draft["privacy"]], contact),
        ]
        shown = [{"label": label, "value": value, "url": url} for label, value, url in rows if value]
        return super().get_context_data(rows=shown, **kwargs)


def _field_of(key: str) -> Any:
    return dict(broad_categories()).get(key, "") if key else ""


class Received(ReceivedPage):
    """The confirmation: the query code, and what the regulation owes next."""

    template_name = "petitions/received.html"
    drafts = DOMAIN
    sheet_title = RECEIPT

    def shown(self, person: Actor, case_id: int) -> dict[str, Any]:
        """The petition with what comes next, each with its article."""
        found = matter_for(person, case_id)
        return {"case": found.case, "of_domain": on_receipt(found), "ahead": ahead_of(found)}


class Receipt(Received):
    """The confirmation as a sheet to print."""

    template_name = SHEET
