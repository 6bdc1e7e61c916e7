"""待寄答复: the answers to people without a phone, printed, put into an envelope, and noted as posted."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.queries.posting import answer_to_post, requests_to_post
from gongzhi.domains.hotline.queries.requests import look_at, read_case
from gongzhi.kernel.cases.models import Case
from gongzhi.web.accounts import posting
from gongzhi.web.accounts.posting import ToSend, ways_of
from gongzhi.web.forms import SureForm
from gongzhi.web.written import Written

SECTION = "hotline:to-post"


class ToPost(posting.ToPost):
    """Every answer that waits to be posted."""

    here = SECTION

    def waiting(self) -> list[ToSend]:
        """Find them."""
        return [
            ToSend(
                case=one.case,
                since=one.replied_at,
                papers=[(_("答复"), ways_of(reverse("hotline:answer-to-post", args=[one.pk])))],
            )
            for one in requests_to_post(self.actor)
        ]


class AnswerPdf(posting.PaperPdf):
    """The answer as PDF for whoever posts it."""

    def found(self) -> tuple[Case, Written | None]:
        """Read it, and write down the look."""
        case = read_case(self.actor, self.kwargs["pk"])
        request = look_at(actor=self.actor, case=case, now=self.now)
        request.case = case
        return case, None if case.parent_id else answer_to_post(self.actor, request)


class Posted(posting.PostedPage):
    """Note that an answer is in the post."""

    form_class = SureForm
    here = SECTION
    note_posted = staticmethod(services.note_posted)
