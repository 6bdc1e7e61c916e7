"""告知书和意见书: each notice as a page and as PDF, as the law words it, in large type, and in plain words."""

from io import BytesIO
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.queries.letters import Letter, letter_of
from gongzhi.domains.petitions.queries.printing import letter_pdf
from gongzhi.domains.petitions.services.papers import file_opinion
from gongzhi.domains.petitions.views.track import Own
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.papers import open_paper
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.downloads import handed_out

WAYS: Final = (("", _("正式文本")), ("large", _("大字版")), ("plain", _("简明版（大白话）")))
PDF: Final = "application/pdf"


class OwnLetter(Own):
    """One notice of the person's own matter, in one of three ways."""

    template_name = "petitions/letter.html"

    @property
    def way(self) -> str:
        """Which way was asked for."""
        asked = self.request.GET.get("as", "")
        return asked if asked in dict(WAYS) else ""

    @property
    def letter(self) -> Letter:
        """The notice asked for."""
        found = letter_of(self.found, self.kwargs["which"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it, with the way to the other two and to paper."""
        letter, here = self.letter, self.request.path
        return super().get_context_data(
            letter=letter,
            sheet_title=letter.title,
            way=self.way,
            ways=[(f"{here}?as={key}" if key else here, key, label) for key, label in WAYS],
            pdf_url=reverse("petitions:letter-pdf", args=[self.case.pk, letter.key])
            + (f"?as={self.way}" if self.way else ""),
            track_url="" if letter.code else track_address(self.request, self.case),
            back_url=reverse("petitions:progress", args=[self.case.pk]),
            **kwargs,
        )


class OwnLetterPdf(OwnLetter):
    """The same as PDF; the opinion as the law words it is the document kept with the case."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Hand it out."""
        letter, verify = self.letter, request.build_absolute_uri(reverse("petitions:verify"))
        if letter.code and not self.way:
            kept = file_opinion(actor=self.own, case_id=self.case.pk, verify_url=verify, now=self.now)
            paper, content = open_paper(
                actor=self.own, reads=self.reads, case_id=self.case.pk, document_id=kept.pk, now=self.now
            )
            return handed_out(content, name=paper.name, media_type=paper.media_type)
        address = verify if letter.code else track_address(request, self.case)
        made = letter_pdf(letter, address=address, plain=self.way == "plain", large=self.way == "large")
        name = f"{letter.title}{dict(WAYS)[self.way] if self.way else ''}.pdf"
        return handed_out(BytesIO(made), name=name, media_type=PDF)


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


def track_address(request: HttpRequest, case: Case) -> str:
    """Return where the progress of a matter is found, with its query code."""
    return request.build_absolute_uri(f"{reverse('citizen:track')}?code={case.query_code}")
