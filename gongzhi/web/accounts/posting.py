"""待寄答复: what was written to whoever left no phone, printed, put into an envelope, and noted as posted; one list for each domain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.registry.api import DOMAINS, domain
from gongzhi.web.accounts.access import RoleRequired, StaffPage
from gongzhi.web.accounts.written import PDF, WAYS, code_on_paper
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import Form
from gongzhi.web.navigation import Text
from gongzhi.web.views import UseCasePage
from gongzhi.web.written import Written, pdf_of_written

#: An answer is not explained in English.
ON_PAPER: Final = tuple(one for one in WAYS if one[0] != "english")
ROLES: Final = frozenset({Role.HANDLER, Role.HEAD, Role.DISPATCHER})
#: The entry of the navigation that leads to the lists.
SECTION: Final = "mailbox:to-post"


@dataclass(frozen=True, kw_only=True)
class ToSend:
    """One matter with something to post: since when it waits, and each paper with the addresses of its PDF."""

    case: Case
    since: datetime | None
    papers: Sequence[tuple[Text, Sequence[tuple[str, Text]]]]


def ways_of(address: str) -> list[tuple[str, Text]]:
    """Return the addresses under which one paper is printed."""
    return [(f"{address}?as={key}" if key else address, label) for key, label in ON_PAPER]


class ToPost(RoleRequired):
    """Everything of one domain that waits to be posted, the longest waiting first; ``here`` is the address of the list."""

    template_name = "web/to_post.html"
    section = SECTION
    roles = ROLES
    here: ClassVar[str]

    def waiting(self) -> Sequence[ToSend]:
        """Find what the actor may post."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List it."""
        posting = [one for one in reversed(DOMAINS.values()) if one.to_post is not None]
        tabs = [
            {
                "url": reverse(f"{one.key}:to-post"),
                "label": one.label,
                "is_current": f"{one.key}:to-post" == self.here,
            }
            for one in posting
        ]
        key = self.here.partition(":")[0]
        pages = {"case_page": domain(key).case_page, "posted_page": f"{key}:posted"}
        printed = _moment(self.request.GET.get("printed", ""), self.now) or self.now
        return super().get_context_data(tabs=tabs, rows=self.waiting(), printed=printed, **pages, **kwargs)


class PaperPdf(StaffPage):
    """One paper as PDF for whoever posts it: as it was given, in large type, or in plain words."""

    def found(self) -> tuple[Case, Written | None]:
        """Return the case and the paper, if the actor may post it; the look is written down."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Hand it out."""
        case, notice = self.found()
        if notice is None:
            raise Http404
        asked = request.GET.get("as", "")
        way = asked if asked in dict(ON_PAPER) else ""
        address, words = code_on_paper(request, case)
        made = pdf_of_written(notice, address=address, words=words, way=way)
        return handed_out(BytesIO(made), name=f"{notice.title}{case.number}.pdf", media_type=PDF)


class PostedPage(StaffPage, UseCasePage):
    """Note that what waited is in the post; ``note_posted`` is the domain's use case, ``here`` its list."""

    section = SECTION
    frame = "web/staff_base.html"
    title, button = _("登记已寄出"), _("已寄出")
    here: ClassVar[str]
    note_posted: ClassVar[Callable[..., object]]

    def perform(self, form: Form, *, key: str) -> object:
        """Note it; the same again is the same."""
        printed = self.printed()
        return type(self).note_posted(
            actor=self.actor, case_id=self.kwargs["pk"], now=self.now, printed=printed
        )

    def next_url(self, outcome: object) -> str:
        """On to the next one."""
        messages.success(self.request, gettext("已登记寄出。"))
        printed = self.printed()
        kept = f"?{urlencode({'printed': printed.isoformat()})}" if printed else ""
        return f"{reverse(self.here)}{kept}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Back to the list of its own domain, as it is now."""
        return super().get_context_data(back_url=reverse(self.here), **kwargs)

    def printed(self) -> datetime | None:
        """Return when the list was opened from which it was printed; the next ones were printed from the same."""
        return _moment(self.request.GET.get("printed", ""), self.now)


def _moment(asked: str, now: datetime) -> datetime | None:
    """Read when the list was opened from which somebody printed; what was changed on the way counts as nothing."""
    try:
        moment = datetime.fromisoformat(asked)
    except ValueError:
        return None
    return None if moment.tzinfo is None or moment > now else moment
