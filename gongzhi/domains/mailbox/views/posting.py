"""待寄答复: the answers to whoever left no phone, printed, put into an envelope, and noted as posted."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.forms.citizen import SureForm
from gongzhi.domains.mailbox.queries.letters import looked_at
from gongzhi.domains.mailbox.queries.posting import is_to_post, letters_to_post
from gongzhi.domains.mailbox.queries.written import written_answer
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired, StaffPage
from gongzhi.web.accounts.written import PDF, WAYS, track_address
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage
from gongzhi.web.written import pdf_of_written

SECTION = "mailbox:to-post"
ON_PAPER = tuple(one for one in WAYS if one[0] != "english")  # an answer is not explained in English


class ToPost(RoleRequired):
    """Every answer that waits to be posted, to print in three ways and to note as posted."""

    template_name = "mailbox/official/to_post.html"
    section = SECTION
    roles = frozenset({Role.HANDLER, Role.HEAD, Role.DISPATCHER})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them, the longest waiting first."""
        return super().get_context_data(letters=letters_to_post(self.actor), ways=ON_PAPER, **kwargs)


class AnswerPdf(StaffPage):
    """The answer as PDF for whoever posts it: as it was given, in large type, or in plain words."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Hand it out; the look is written down."""
        letter = looked_at(actor=self.actor, case_id=kwargs["pk"], now=self.now)
        notice = written_answer(letter) if is_to_post(self.actor, letter) else None
        if notice is None:
            raise Http404
        asked = request.GET.get("as", "")
        way = asked if asked in dict(ON_PAPER) else ""
        made = pdf_of_written(notice, address=track_address(request, letter.case), way=way)
        return handed_out(BytesIO(made), name=f"{notice.title}{letter.case.number}.pdf", media_type=PDF)


class Posted(StaffPage, UseCasePage):
    """Note that an answer is in the post."""

    section = SECTION
    frame = "web/staff_base.html"
    form_class = SureForm
    title, button = _("登记已寄出"), _("已寄出")

    def perform(self, form: Form, *, key: str) -> object:
        """Note it; the same again is the same."""
        return services.note_posted(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)

    def next_url(self, outcome: object) -> str:
        """On to the next one."""
        messages.success(self.request, gettext("已登记寄出。"))
        return reverse(SECTION)
