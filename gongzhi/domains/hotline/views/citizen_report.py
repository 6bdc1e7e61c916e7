"""我要反映: four steps, each an address of its own."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext

from gongzhi.domains.hotline.forms.citizen import (
    CONFIDENTIAL,
    KINDS,
    PRIVACY,
    PUBLIC,
    UNSURE,
    CheckForm,
    ContactForm,
    KindForm,
    WhatForm,
    first_sentence,
)
from gongzhi.domains.hotline.queries.public import for_everybody, similar_public_requests
from gongzhi.domains.hotline.services import Submission, attach_file, submit_request
from gongzhi.domains.hotline.services.files import marks_of
from gongzhi.domains.hotline.views.labels import label_of, symbol_of
from gongzhi.domains.hotline.views.progress import stand_of
from gongzhi.domains.hotline.views.receiving import promise_of, receiver_of
from gongzhi.kernel.organisations.categories import catalogue, categories, narrowest, suggested
from gongzhi.kernel.organisations.models import MatterCategory
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.registry.api import procedure as declared
from gongzhi.web.accounts.bycode import remember
from gongzhi.web.accounts.drafting import DraftStep, next_step
from gongzhi.web.accounts.sending import count_sent
from gongzhi.web.draft import draft_of, keep, mark_sent
from gongzhi.web.forms import Form
from gongzhi.web.views import Page, UseCasePage

STEPS: Final = (("hotline:new-what", "text"), ("hotline:new-contact", "phone"), ("hotline:new-check", "sent"))


class Start(Page):
    """Step 1, first half: the broad kinds of matters, search words, and what to do in an emergency."""

    template_name = "hotline/new.html"
    section = "hotline:new"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show each broad kind with what lies under it."""
        tiles = [{"key": one.key, "label": label_of(one), "symbol": symbol_of(one)} for one in categories(1)]
        return super().get_context_data(tiles=tiles, **kwargs)


class KindStep(UseCasePage):
    """Step 1, second half: the exact kind of matter, and what the person wants."""

    template_name = "hotline/new_kind.html"
    form_class = KindForm
    section = "hotline:new"

    @cached_property
    def offered(self) -> list[MatterCategory]:
        """The categories to choose from: those that fit the words, or those under the broad kind."""
        if words := self.request.GET.get("words", "").strip()[:80]:
            return list(suggested(words, limit=8))
        broad = catalogue().by_key.get(self.request.GET.get("in", ""))
        if broad is None:
            chosen = self.kept.get("category", "")
            broad = catalogue().by_key.get(chosen.partition(".")[0])
        if broad is None:
            return []
        return narrowest(broad.key)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """The draft that is being changed, empty at first."""
        return draft_of(self.request, "hotline", self.request.GET.get("draft", "")) or {}

    def initial(self) -> dict[str, Any]:
        """What was chosen before."""
        if not self.kept:
            return {}
        kept = {"category": self.kept.get("category") or UNSURE, "kind": self.kept.get("kind")}
        return {"key": self.request.GET["draft"], **kept}

    def form_arguments(self) -> dict[str, Any]:
        """The categories offered, each with what counts as done."""
        return {
            "choices": [(one.key, label_of(one)) for one in self.offered],
            "hints": {one.key: one.standard for one in self.offered},
        }

    def perform(self, form: Form, *, key: str) -> str:
        """Begin the draft, or change it; one that has been sent is left alone and a new one begun."""
        if "sent" in (draft_of(self.request, "hotline", key) or {}):
            key = str(uuid4())
        chosen = form.answers["category"]
        category = "" if chosen == UNSURE else chosen
        keep(self.request, "hotline", key, category=category, kind=form.answers["kind"])
        return key

    def next_url(self, outcome: str) -> str:
        """On to what happened, or back to the check when everything else is there."""
        return next_step(self.request, "hotline", STEPS, outcome)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what was searched for."""
        words = self.request.GET.get("words", "").strip()[:80]
        return super().get_context_data(words=words, nothing_found=bool(words) and not self.offered, **kwargs)


class LaterStep(DraftStep):
    """A step after the first."""

    section = "hotline:new"
    drafts = "hotline"
    steps = STEPS


class WhatStep(LaterStep):
    """Step 2: what happened, and where."""

    template_name = "hotline/new_what.html"
    form_class = WhatForm


class ContactStep(LaterStep):
    """Step 3: how to reach the person, who may see the matter, and who will receive it."""

    template_name = "hotline/new_contact.html"
    form_class = ContactForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say before anything is sent who will get it."""
        receiver = receiver_of(self.draft["category"], self.draft["region"], self.now)
        return super().get_context_data(receiver=receiver, **kwargs)


class CheckStep(LaterStep):
    """Step 4: everything once more, what others have asked alike, and the button that sends."""

    template_name = "hotline/new_check.html"
    form_class = CheckForm

    def initial(self) -> dict[str, Any]:
        """The title, taken from the first sentence until the person changes it."""
        return {"title": first_sentence(self.draft["text"]), "key": self.draft_key}

    def perform(self, form: Form, *, key: str) -> str:
        """Send the request, once for this key."""
        count_sent("hotline.submit", self.request, self.draft["phone"], key, self.now)
        submission = Submission(
            kind=self.draft["kind"],
            category=self.draft["category"],
            title=form.answers["title"],
            text=self.draft["text"],
            region_code=self.draft["region"],
            place=self.draft["place"],
            complained_of=self.draft.get("complained_of", ""),
            name=self.draft["name"],
            phone=self.draft["phone"],
            confidential=self.draft["privacy"] == CONFIDENTIAL,
            may_publish=self.draft["privacy"] == PUBLIC,
            files=marks_of(form.answers["photos"]),
        )
        with transaction.atomic():  # a photo that cannot be kept leaves nothing half sent
            request = submit_request(actor=self.actor, submission=submission, now=self.now, key=key)
            person = Actor(role=Role.CITIZEN, person_id=request.case.opened_by_id)
            for one in form.answers["photos"]:
                attach_file(actor=person, case_id=request.pk, name=one.name, content=one, now=self.now)
        mark_sent(self.request, "hotline", self.draft_key, request.pk)
        remember(self.request, request.case, self.now)
        return self.draft_key

    def next_url(self, outcome: str) -> str:
        """The confirmation."""
        return reverse("hotline:received", args=[outcome])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything to check, each with the way to change it."""
        draft = self.draft
        category = catalogue().by_key.get(draft["category"])
        region = draft["region"]
        return super().get_context_data(
            rows=self._rows(category),
            receiver=receiver_of(draft["category"], region, self.now),
            promise=promise_of(region, self.now),
            similar=[_shown(one) for one in self._similar(category)],
            **kwargs,
        )

    def _similar(self, category: MatterCategory | None) -> Sequence[Any]:
        """Public requests about what seems to be the same."""
        return similar_public_requests(
            self.draft["text"],
            region_code=self.draft["region"],
            category_id=category.pk if category else None,
            now=self.now,
        )

    def _rows(self, category: MatterCategory | None) -> list[dict[str, Any]]:
        draft, key = self.draft, self.draft_key
        kind = f"{reverse('hotline:new-kind')}?draft={key}"
        what, contact = reverse("hotline:new-what", args=[key]), reverse("hotline:new-contact", args=[key])
        return [
            {"label": gettext("类别"), "value": label_of(category), "url": kind},
            {"label": gettext("您想要"), "value": dict(KINDS).get(draft["kind"]), "url": kind},
            {"label": gettext("事情经过"), "value": draft["text"], "url": what},
            {
                "label": gettext("地点"),
                "value": f"{path_name(draft['region'])} {draft['place']}".strip(),
                "url": what,
            },
            *(
                [{"label": gettext("反映的单位或人"), "value": said, "url": what}]
                if (said := draft.get("complained_of", ""))
                else []
            ),
            {"label": gettext("称呼"), "value": draft["name"], "url": contact},
            {"label": gettext("电话"), "value": draft["phone"], "url": contact},
            {"label": gettext("谁能看到"), "value": dict(PRIVACY)[draft["privacy"]], "url": contact},
        ]


def _shown(one: Any) -> dict[str, Any]:
    """A public request as a line: what it is about, where it stands, and who has it."""
    well = one.is_closed or one.replied_at is not None
    return {
        "pk": one.pk,
        "title": for_everybody(one.title),
        "stand": stand_of(declared(one.procedure, one.version), one.stage, well=well),
        "unit": one.unit.name if one.unit else "",
        "at": one.replied_at or one.opened_at,
    }
