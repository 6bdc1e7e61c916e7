"""告知书和意见书: each notice as a page and as PDF, as the law words it, in large type, and in plain words."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from gongzhi.domains.petitions.queries.letters import letter_of
from gongzhi.domains.petitions.services.papers import file_opinion
from gongzhi.domains.petitions.views.track import Own
from gongzhi.kernel.cases.papers import open_paper
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.written import OwnWritten, OwnWrittenPdf
from gongzhi.web.downloads import handed_out
from gongzhi.web.navigation import Text
from gongzhi.web.written import Written


class OwnLetter(Own, OwnWritten):
    """One notice of the person's own matter."""

    pdf_page = "petitions:letter-pdf"

    def found(self) -> Written | None:
        """Return the notice asked for."""
        return letter_of(self.matter, self.kwargs["which"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where an opinion is verified."""
        return super().get_context_data(verify_url=reverse("petitions:verify"), **kwargs)


class OwnLetterPdf(OwnLetter, OwnWrittenPdf):
    """The same as PDF; the opinion as the law words it is the document kept with the case."""

    def address(self, notice: Written) -> tuple[str, Text]:
        """Lead from an opinion to where it is verified."""
        verify = self.request.build_absolute_uri(reverse("petitions:verify"))
        return (verify, "") if notice.code else super().address(notice)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Hand it out."""
        notice = self.notice
        if not notice.code or self.way:
            return super().get(request, *args, **kwargs)
        verify, _words = self.address(notice)
        kept = file_opinion(actor=self.own, case_id=self.case.pk, verify_url=verify, now=self.now)
        paper, content = open_paper(
            actor=self.own, reads=self.reads, case_id=self.case.pk, document_id=kept.pk, now=self.now
        )
        return handed_out(content, name=paper.name, media_type=paper.media_type)


class OpinionPdf(StaffPage):
    """The opinion as PDF for the unit that prints and serves it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Hand out the document kept with the case; the look is written down."""
        case_id = kwargs["pk"]
        verify = request.build_absolute_uri(reverse("petitions:verify"))
        kept = file_opinion(actor=self.actor, case_id=case_id, verify_url=verify, now=self.now)
        paper, content = open_paper(
            actor=self.actor, reads="petitions.read", case_id=case_id, document_id=kept.pk, now=self.now
        )
        return handed_out(content, name=paper.name, media_type=paper.media_type)
