"""照片和材料: pages on which a person or an office adds papers to a case, and gets one out again, for every domain."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.access.decide import may
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.papers import open_paper, papers_of
from gongzhi.kernel.cases.reading import action_of
from gongzhi.kernel.documents.uploads import MOST_FILES
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import domain
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.own import OwnCase, own_page
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import FilesField, Form
from gongzhi.web.views import UseCasePage


def papers_shown(actor: Actor, case: Case) -> dict[str, Any]:
    """Return what the part "papers" of an official's page shows: the papers, whether one may add some, and where."""
    return {
        "papers": papers_of(actor, case),
        "may_attach": not case.is_closed and may(actor, action_of(case, "attach"), case),
        "paper_page": domain(case.procedure).key + ":document",
        "attach_page": domain(case.procedure).key + ":attach",
    }


class AttachForm(Form):
    """Photos and papers."""

    papers = FilesField(
        label=_("照片和材料"),
        help_text=_("照片、PDF、Word、Excel，每个不超过 10 MB，最多九个"),
        most=MOST_FILES,
        accept="",
        required=True,
    )


class OfficeAttachForm(AttachForm):
    """Photos and papers of an office, and whether the person sees them."""

    to_person = forms.BooleanField(
        label=_("本人也能看到"), help_text=_("不勾选时，只有办理这件事的单位能打开"), required=False
    )


class OwnAttach(OwnCase, UseCasePage):
    """Add photos and papers to the own matter by the use case *attach*."""

    template_name = "web/own_step.html"
    title: ClassVar[Any] = _("上传照片和材料")
    lead: ClassVar[Any] = _("和这件事放在一起，办理人员马上能看到。")
    button = _("上传")
    form_class = AttachForm
    attach: ClassVar[Callable[..., Any]]

    def perform(self, form: Form, *, key: str) -> object:
        """Keep each file; the same file twice is kept once, and one that cannot be kept keeps none."""
        with transaction.atomic():
            for one in form.answers["papers"]:
                self.attach(actor=self.own, case_id=self.case.pk, name=one.name, content=one, now=self.now)
        return None

    def next_url(self, outcome: object) -> str:
        """The progress, where they are listed."""
        messages.success(self.request, gettext("已上传，办理人员能看到。"))
        return own_page(self.case)


class OwnPaper(OwnCase):
    """A paper of the person's own matter; pictures open in the page, everything else is saved."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Give it out; what is for the offices alone is not found."""
        paper, content = open_paper(
            actor=self.own,
            reads=self.reads,
            case_id=self.case.pk,
            document_id=kwargs["document"],
            now=self.now,
        )
        return handed_out(content, name=paper.name, media_type=paper.media_type, in_page=True)


class Attach(StaffPage, UseCasePage):
    """Add photos and papers to a case at an office by the use case *attach*."""

    frame = "web/staff_base.html"
    section = "official:inbox"
    title: ClassVar[Any] = _("上传材料")
    button = _("上传")
    form_class = OfficeAttachForm
    reads: ClassVar[str]
    attach: ClassVar[Callable[..., Any]]

    def perform(self, form: Form, *, key: str) -> object:
        """Keep each file; the same file twice is kept once, and one that cannot be kept keeps none."""
        shared, case_id = form.answers["to_person"], self.kwargs["pk"]
        with transaction.atomic():
            for one in form.answers["papers"]:
                self.attach(
                    actor=self.actor,
                    case_id=case_id,
                    name=one.name,
                    content=one,
                    now=self.now,
                    to_person=shared,
                )
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the matter."""
        return super().get_context_data(back_url=self._case_url(), **kwargs)

    def next_url(self, outcome: object) -> str:
        """Back to the matter."""
        messages.success(self.request, gettext("材料已保存。"))
        return self._case_url()

    def _case_url(self) -> str:
        return reverse(domain(self.reads).case_page, args=[self.kwargs["pk"]])


class Paper(StaffPage):
    """One paper, as a download; the look is written down."""

    reads: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Give it to those who may read the case; the browser saves it and never shows it as a page of ours."""
        paper, content = open_paper(
            actor=self.actor,
            reads=self.reads,
            case_id=kwargs["pk"],
            document_id=kwargs["document"],
            now=self.now,
        )
        return handed_out(content, name=paper.name, media_type=paper.media_type)
