"""The papers of a case: adding some, and getting one out with headers that keep it from running in the page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.official import AttachForm
from gongzhi.domains.hotline.queries.papers import open_paper
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage


class Attach(StaffPage, UseCasePage):
    """Add photos and papers to a case."""

    frame = "web/staff_base.html"
    title = _("上传材料")
    button = _("上传")
    form_class = AttachForm

    def perform(self, form: Form, *, key: str) -> object:
        """Keep each file; the same file twice is kept once."""
        for one in form.answers["papers"]:
            services.attach_file(
                actor=self.actor,
                case_id=self.kwargs["pk"],
                name=one.name,
                content=one,
                now=self.now,
                to_person=form.answers["to_person"],
            )
        messages.success(self.request, gettext("材料已保存。"))
        return None

    def next_url(self, outcome: object) -> str:
        """Back to the papers."""
        return reverse("hotline:case", args=[self.kwargs["pk"]]) + "?tab=papers"


class Paper(StaffPage):
    """One paper, as a download."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Give it to those who may read the case; the browser saves it and never shows it as a page of ours."""
        paper, content = open_paper(
            actor=self.actor, case_id=kwargs["pk"], document_id=kwargs["document"], now=self.now
        )
        return handed_out(content, name=paper.name, media_type=paper.media_type)
