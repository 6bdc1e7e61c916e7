"""A form in several steps, each an address of its own, and the confirmation that opens only where it was sent from."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.people.actor import Actor
from gongzhi.web.accounts.bycode import person_in
from gongzhi.web.accounts.own import TRACK, own_page
from gongzhi.web.accounts.receipts import kept_of, sheet_of
from gongzhi.web.draft import draft_of, keep
from gongzhi.web.forms import Form
from gongzhi.web.navigation import Text
from gongzhi.web.views import Page, UseCasePage


class DraftStep(UseCasePage):
    """A step after the first: gone drafts lead to the start, sent ones to their confirmation.

    ``drafts`` is the domain's key, ``steps`` the URL name of each such step with an answer that it must give; the start
    is the domain's page "new", the confirmation its page "received".
    """

    drafts: ClassVar[str]
    steps: ClassVar[tuple[tuple[str, str], ...]]

    @property
    def draft_key(self) -> str:
        """The key of the draft, from the address."""
        return str(self.kwargs["key"])

    @cached_property
    def draft(self) -> dict[str, Any]:
        """What has been answered so far."""
        return draft_of(self.request, self.drafts, self.draft_key) or {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody into a step before its time."""
        if "sent" in self.draft:
            return HttpResponseRedirect(reverse(f"{self.drafts}:received", args=[self.draft_key]))
        if not self.draft:
            messages.warning(request, _("填写的内容已经超时或不在这台设备上，请从第一步重新开始。"))
            return HttpResponseRedirect(reverse(f"{self.drafts}:new"))
        order = [reverse(name, args=[self.draft_key]) for name, _answer in self.steps]
        first_open = next_step(request, self.drafts, self.steps, self.draft_key)
        if order.index(request.path) > order.index(first_open):
            return HttpResponseRedirect(first_open)
        return super().dispatch(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        """What was answered before, under the draft's own key."""
        return {**self.draft, "key": self.draft_key}

    def perform(self, form: Form, *, key: str) -> str:
        """Keep the answers of this step."""
        keep(self.request, self.drafts, self.draft_key, **form.answers)
        return self.draft_key

    def next_url(self, outcome: str) -> str:
        """On to the first step that is still open."""
        return next_step(self.request, self.drafts, self.steps, outcome)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the draft for links between steps."""
        return super().get_context_data(draft_key=self.draft_key, draft=self.draft, **kwargs)


def next_step(request: HttpRequest, drafts: str, steps: tuple[tuple[str, str], ...], key: str) -> str:
    """Return the address of the first step of a draft that is still open."""
    draft = draft_of(request, drafts, key) or {}
    return reverse(next(name for name, answer in steps if answer not in draft), args=[key])


class ReceivedPage(Page):
    """The confirmation: the query code and the days that are owed; it opens only where the matter was sent from.

    With the template `SHEET` it is the receipt to print. ``drafts`` is the domain's key; its pages are "received" and
    "receipt", and that of the matter itself.
    """

    section = TRACK
    drafts: ClassVar[str]
    sheet_title: ClassVar[Text]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it to the browser that sent the matter, and lead everyone else to the query code."""
        key: UUID = self.kwargs["key"]
        case_id = int((draft_of(request, self.drafts, str(key)) or {}).get("sent", 0))
        person = person_in(request, case_id=case_id, now=self.now) if case_id else None
        if person is None:
            messages.info(request, _("确认页只在提交时的设备上保留半小时。请用查询码和手机号后四位查看。"))
            return HttpResponseRedirect(reverse(TRACK))
        shown = self.shown(person, case_id)
        kept = kept_of(request, shown["case"], self.now)
        here = {name: reverse(f"{self.drafts}:{name}", args=[key]) for name in ("received", "receipt")}
        sheet = sheet_of(kept, title=self.sheet_title, rows=shown["of_domain"], back_url=here["received"])
        more = {"receipt_url": here["receipt"], "progress_url": own_page(shown["case"])}
        return self.render_to_response(self.get_context_data(**{**kept, **sheet, **more, **shown}))

    def shown(self, person: Actor, case_id: int) -> dict[str, Any]:
        """Return what a domain shows of its matter to the person whose it is: its `case`, and `of_domain` for the receipt."""
        raise NotImplementedError
