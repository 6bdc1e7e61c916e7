"""信访登记: the four steps in which a person writes a petition, and the confirmation."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.cases.reading import deadlines_of
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.accounts.bycode import person_in, remember
from gongzhi.web.accounts.origin import counted_address
from gongzhi.web.accounts.own import TRACK
from gongzhi.web.draft import draft_of, keep, mark_sent
from gongzhi.web.forms import Form, plain
from gongzhi.web.views import Page, UseCasePage

DOMAIN: Final = "petitions"
SENT_PER_HOUR: Final = 60  # from one line, which may be a whole village's
SENT_PER_PHONE: Final = 10
STEPS: Final = (
    ("petitions:new-what", "demand"),
    ("petitions:new-contact", "phone"),
    ("petitions:new-check", "sent"),
)


def next_step(request: HttpRequest, key: str) -> str:
    """Return the address of the first step of a draft that is still open."""
    draft = draft_of(request, DOMAIN, key) or {}
    return reverse(next(name for name, answer in STEPS if answer not in draft), args=[key])


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
        key = self.request.GET.get("draft", "")
        kept = draft_of(self.request, DOMAIN, key) or {}
        return {"key": key, "kind": kept.get("kind")} if kept else {}

    def next_url(self, outcome: str) -> str:
        """On to what is demanded."""
        return next_step(self.request, outcome)


class DraftStep(UseCasePage):
    """A later step: gone drafts lead to the start, sent ones to their confirmation."""

    section = "petitions:new"

    @property
    def draft_key(self) -> str:
        """The key of the draft, from the address."""
        return str(self.kwargs["key"])

    @cached_property
    def draft(self) -> dict[str, Any]:
        """What has been answered so far."""
        return draft_of(self.request, DOMAIN, self.draft_key) or {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody into a step before its time."""
        if "sent" in self.draft:
            return HttpResponseRedirect(reverse("petitions:received", args=[self.draft_key]))
        if not self.draft:
            messages.warning(request, _("填写的内容已经超时或不在这台设备上，请从第一步重新开始。"))
            return HttpResponseRedirect(reverse("petitions:new"))
        order = [reverse(name, args=[self.draft_key]) for name, _answer in STEPS]
        first_open = next_step(request, self.draft_key)
        if order.index(request.path) > order.index(first_open):
            return HttpResponseRedirect(first_open)
        return super().dispatch(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        """What was answered before, under the draft's own key."""
        return {**self.draft, "key": self.draft_key}

    def perform(self, form: Form, *, key: str) -> str:
        """Keep the answers of this step."""
        keep(self.request, DOMAIN, self.draft_key, **form.answers)
        return self.draft_key

    def next_url(self, outcome: str) -> str:
        """On to the first step that is still open."""
        return next_step(self.request, outcome)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the draft for links between steps."""
        return super().get_context_data(draft_key=self.draft_key, draft=self.draft, **kwargs)


class WhatStep(DraftStep):
    """Step 2: what is demanded, on which facts."""

    template_name = "petitions/new_what.html"
    form_class = WhatForm


class ContactStep(DraftStep):
    """Step 3: who petitions."""

    template_name = "petitions/new_contact.html"
    form_class = ContactForm


class CheckStep(DraftStep):
    """Step 4: everything once more, and the button that sends."""

    template_name = "petitions/new_check.html"
    form_class = CheckForm

    def initial(self) -> dict[str, Any]:
        """The title, taken from the demand until the person changes it."""
        return {"title": str(Truncator(self.draft["demand"].strip()).chars(40)), "key": self.draft_key}

    def perform(self, form: Form, *, key: str) -> str:
        """Send the petition, once for this key."""
        allow("petitions.submit", counted_address(self.request), SENT_PER_HOUR, timedelta(hours=1), self.now)
        if not is_used(key):
            phone = plain(self.draft["phone"])
            allow("petitions.submit.phone", phone, SENT_PER_PHONE, timedelta(hours=1), self.now)
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
            (gettext("类别"), dict(KINDS)[draft["kind"]], f"{reverse('petitions:new')}?draft={key}"),
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


class Received(Page):
    """The confirmation: the query code, and what the regulation owes next; it opens only where it was sent from."""

    template_name = "petitions/received.html"
    section = TRACK

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it to the browser that sent the petition, and lead everyone else to the query code."""
        key: UUID = self.kwargs["key"]
        case_id = int((draft_of(request, DOMAIN, str(key)) or {}).get("sent", 0))
        person = person_in(request, case_id=case_id, now=self.now) if case_id else None
        if person is None:
            messages.info(request, _("确认页只在提交时的设备上保留半小时。请用查询码和手机号后四位查看。"))
            return HttpResponseRedirect(reverse(TRACK))
        found = matter_for(person, case_id)
        return self.render_to_response(
            self.get_context_data(
                case=found.case,
                petition=found.petition,
                code=spaced(found.case.query_code),
                forward=next(iter(deadlines_of(found.case)), None),
            )
        )
