"""A notice of the person's own matter as a page and as PDF: as it was given, in large type, in plain words, in English."""

from io import BytesIO
from typing import Any, ClassVar, Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.registry.api import domain
from gongzhi.web.accounts.own import TRACK, OwnCase, own_page
from gongzhi.web.downloads import handed_out
from gongzhi.web.navigation import Text
from gongzhi.web.written import Written, pdf_of_written

WAYS: Final[tuple[tuple[str, Text], ...]] = (
    ("", _("正式文本")),
    ("large", _("大字版")),
    ("plain", _("简明版（大白话）")),
    ("english", _("英文说明")),
)
PDF: Final = "application/pdf"


class OwnWritten(OwnCase):
    """One notice of the person's own matter. ``pdf_page`` is the address of the same as PDF, ``found`` the notice."""

    template_name = "web/written.html"
    pdf_page: ClassVar[str]

    def found(self) -> Written | None:
        """Return the notice, if it was given."""
        raise NotImplementedError

    @cached_property
    def notice(self) -> Written:
        """The notice; without one there is no page."""
        found = self.found()
        if found is None:
            raise Http404
        return found

    @property
    def way(self) -> str:
        """Which way was asked for."""
        asked = self.request.GET.get("as", "")
        known = asked in dict(WAYS) and (asked != "english" or bool(self.notice.english))
        return asked if known else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it, with the way to the others and to paper."""
        notice, way, here = self.notice, self.way, self.request.path
        scan, words = code_on_paper(self.request, self.case)
        offered = [one for one in WAYS if one[0] != "english" or notice.english]
        return super().get_context_data(
            notice=notice,
            parts=notice.parts_in(way),
            sheet_title=notice.title,
            way=way,
            ways=[(f"{here}?as={key}" if key else here, key, label) for key, label in offered],
            pdf_url=reverse(self.pdf_page, kwargs=self.kwargs) + (f"?as={way}" if way else ""),
            track_url="" if notice.code else scan,
            qr_words=words,
            back_url=own_page(self.case),
            **kwargs,
        )


class OwnWrittenPdf(OwnWritten):
    """The same as PDF."""

    def address(self, notice: Written) -> tuple[str, Text]:
        """Where the QR leads, and what is said beside it."""
        return code_on_paper(self.request, self.case)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Hand it out."""
        notice, way = self.notice, self.way
        address, words = self.address(notice)
        made = pdf_of_written(notice, address=address, words=words, way=way)
        name = f"{notice.title}{dict(WAYS)[way] if way else ''}.pdf"
        return handed_out(BytesIO(made), name=name, media_type=PDF)


def code_on_paper(request: HttpRequest, case: Case) -> tuple[str, Text]:
    """Return where the QR on a paper about a matter leads, and what is said beside it.

    The progress opens to the code and the last digits of a phone. Who left no phone shows the paper to a clerk, to whom
    the QR opens the matter once they are signed in and it is theirs to see; relatives ask by the number.
    """
    if case.opened_by is not None and not case.opened_by.phone_tail:
        staff = reverse(domain(case.procedure).case_page, args=[case.pk])
        return request.build_absolute_uri(staff), _("请工作人员扫码查进度；家里人问，打 12345 报编号")
    track = f"{reverse(TRACK)}?code={case.query_code}"
    return request.build_absolute_uri(track), _("扫码查询办理进度")
