"""照片和材料: what belongs to a petition, added by its person or by an office, and got out again."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.forms.citizen import AttachForm
from gongzhi.domains.petitions.forms.official import OfficeAttachForm
from gongzhi.domains.petitions.queries.papers import open_paper
from gongzhi.domains.petitions.services.papers import attach_file
from gongzhi.domains.petitions.views.track import Own
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage


class OwnAttach(Own, UseCasePage):
    """Add photos and papers to the own petition."""

    title: ClassVar[Any] = _("上传照片和材料")
    button = _("上传")
    form_class = AttachForm

    def perform(self, form: Form, *, key: str) -> object:
        """Keep each file; the same file twice is kept once, and one that cannot be kept keeps none."""
        with transaction.atomic():
            for one in form.answers["papers"]:
                attach_file(actor=self.own, case_id=self.case.pk, name=one.name, content=one, now=self.now)
        return None

    def next_url(self, outcome: object) -> str:
        """The progress, where they are listed."""
        messages.success(self.request, gettext("已上传，办理人员能看到。"))
        return reverse("petitions:progress", args=[self.case.pk])


class OwnPaper(Own):
    """A paper of the person's own petition; pictures open in the page, everything else is saved."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Give it out; what is for the offices alone is not found."""
        paper, content = open_paper(
            actor=self.own, case_id=self.case.pk, document_id=kwargs["document"], now=self.now
        )
        return handed_out(content, name=paper.name, media_type=paper.media_type, in_page=True)


class Attach(StaffPage, UseCasePage):
    """Add photos and papers to a petition at an office."""

    frame = "web/staff_base.html"
    section = "official:inbox"
    title: ClassVar[Any] = _("上传材料")
    button = _("上传")
    form_class = OfficeAttachForm

    def perform(self, form: Form, *, key: str) -> object:
        """Keep each file; the same file twice is kept once."""
        for one in form.answers["papers"]:
            attach_file(
                actor=self.actor,
                case_id=self.kwargs["pk"],
                name=one.name,
                content=one,
                now=self.now,
                to_person=form.answers["to_person"],
            )
        return None

    def next_url(self, outcome: object) -> str:
        """Back to the matter."""
        messages.success(self.request, gettext("材料已保存。"))
        return reverse("petitions:case", args=[self.kwargs["pk"]])


class Paper(StaffPage):
    """One paper, as a download; the look is written down."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Give it to those who may read the case."""
        paper, content = open_paper(
            actor=self.actor, case_id=kwargs["pk"], document_id=kwargs["document"], now=self.now
        )
        return handed_out(content, name=paper.name, media_type=paper.media_type)
