"""What has become of a person's own request, and what they may do about it now."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.citizen import AddForm, NoteForm, RateForm
from gongzhi.domains.hotline.queries.public import public_request
from gongzhi.domains.hotline.queries.related import beside
from gongzhi.domains.hotline.queries.requests import request_for
from gongzhi.domains.hotline.queries.written import written_answer
from gongzhi.domains.hotline.services.files import marks_of
from gongzhi.domains.hotline.views.labels import label_of
from gongzhi.domains.hotline.views.progress import progress_of
from gongzhi.kernel.audit.proofs import opening_receipt
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.papers import papers_of
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.accounts.office import is_from_office
from gongzhi.web.accounts.own import Lookers as OwnLookers
from gongzhi.web.accounts.own import OwnCase, OwnStep, own_page
from gongzhi.web.accounts.papers import OwnPaper
from gongzhi.web.accounts.written import OwnWritten, OwnWrittenPdf
from gongzhi.web.forms import Form, SureForm
from gongzhi.web.views import UseCasePage
from gongzhi.web.written import Written


class OwnRequest(OwnCase):
    """A page about the person's own request."""

    reads = "hotline.read"

    def read(self, case_id: int) -> Case:
        """Read the request with its case."""
        self.asked = request_for(self.own, case_id)
        return self.asked.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the request."""
        return super().get_context_data(asked=self.asked, **kwargs)


class ProgressPage(OwnRequest):
    """What has become of a request, step by step, and what the person may do now."""

    template_name = "hotline/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the steps and the open moves."""
        replied = self.asked.replied_at is not None
        progress = progress_of(self.own, self.case, replied=replied, now=self.now)
        moves = progress.open
        rate_form = RateForm(auto_id="rate_%s") if "rate" in moves else None
        label = label_of(self.case.category)
        return super().get_context_data(
            progress=progress,
            rate_form=rate_form,
            category_label=label,
            beside=beside(self.own, self.asked),
            papers=papers_of(self.own, self.case),
            evidence=opening_receipt(self.case.pk),
            shown=self.case.public and public_request(self.case.pk) is not None,
            may_be_shown=self.case.public and (replied or not self.case.is_closed),
            **kwargs,
        )


class Answer(OwnRequest, OwnWritten):
    """The answer in writing: as it was given, in large type, in plain words."""

    pdf_page = "hotline:answer-pdf"

    def found(self) -> Written | None:
        """Return the answer once it is given."""
        return written_answer(self.asked)


class AnswerPdf(Answer, OwnWrittenPdf):
    """The same as PDF."""


class Lookers(OwnRequest, OwnLookers):
    """谁看过我的信息, in this matter."""


class Paper(OwnRequest, OwnPaper):
    """A photo or paper of the person's own case."""


class Act(OwnStep):
    """Something the person does about their request."""

    reads = "hotline.read"


class Rate(Act):
    """Rate the answer in five grades."""

    move, form_class = "rate", RateForm
    title, button = _("这件事办得怎么样？"), _("提交评价")
    lead = _("评价由您自己决定，对经办人隐去您的姓名和电话。选择不满意的，热线中心会回访核实。")
    done = _("谢谢，已记下您的评价。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Rate."""
        return services.rate_request(
            actor=self.own,
            case_id=self.case.pk,
            now=self.now,
            key=key,
            from_office=is_from_office(self.request),
            **form.answers,
        )


class Contest(Act):
    """Refuse the answer, so that somebody else looks again."""

    move, form_class = "contest", NoteForm
    title, button = _("申请重新办理"), _("提交异议")
    lead = _("请说明哪里没有解决、您希望怎样。由没有经手过的人员复核。")
    done = _("已收到您的异议，会由没有经手过的人员复核，结果写在本页。")
    carry_out = staticmethod(services.contest_reply)


class Add(Act):
    """Say more about a matter that is being handled."""

    move, form_class = "add", AddForm
    title, button = _("补充情况"), _("提交补充")
    lead = _("承办人马上就能看到，不用重新反映。")
    done = _("已补充，承办人能看到了。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Add to the request."""
        with transaction.atomic():  # a photo that cannot be kept leaves nothing half said
            case = services.add_to_request(
                actor=self.own,
                case_id=self.case.pk,
                note=form.answers["note"],
                files=marks_of(form.answers["photos"]),
                now=self.now,
                key=key,
            )
            for one in form.answers["photos"]:
                services.attach_file(
                    actor=self.own, case_id=case.pk, name=one.name, content=one, now=self.now
                )
        return case


class Urge(Act):
    """Press for an answer."""

    move, form_class = "urge", SureForm
    title, button = _("催一催"), _("催一催")

    @property
    def lead(self) -> Any:  # type: ignore[override]
        """Who is reminded: the unit, or before a dispatch the centre."""
        if self.case.unit_id is not None:
            return _("承办单位会马上收到提醒，催办次数也会记下来。期限不变。")
        return _("还没有派给承办单位，热线中心会马上收到提醒，催办次数也会记下来。期限不变。")

    @property
    def done(self) -> Any:  # type: ignore[override]
        """Who was reminded."""
        if self.case.unit_id is not None:
            return _("已催办，承办单位收到了提醒。")
        return _("已催办，热线中心收到了提醒。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Urge, three times a day at most: more would not be read. The same sent again is not counted."""
        if not is_used(key):
            allow("hotline.urge", str(self.case.pk), 3, timedelta(days=1), self.now)
        return services.urge_request(actor=self.own, case_id=self.case.pk, now=self.now, key=key)


class TakeBackLeave(OwnRequest, UseCasePage):
    """Take back the leave to publish: at any time, also when all is over, and without a reason."""

    template_name = "web/own_step.html"
    form_class = SureForm
    title, button = _("收回公开的同意"), _("收回同意")
    lead = _("收回后马上不再公开，不用说明原因；以后不能再改成公开。办理和答复不受影响。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Take it back; twice is once."""
        return services.take_back_leave(actor=self.own, case_id=self.case.pk, now=self.now)

    def next_url(self, outcome: Case) -> str:
        """Back to the progress."""
        messages.success(self.request, gettext("已收回，这件事不再公开。"))
        return own_page(outcome)


class Withdraw(Act):
    """Take a request back before it is answered."""

    move, form_class, danger = "withdraw", SureForm, True
    title, button = _("撤回这件事"), _("确认撤回")
    lead = _("撤回后不再办理，也不能恢复。事情还没解决的话，建议用「催一催」或「补充情况」。")
    done = _("已撤回。以后需要时可以重新反映。")
    carry_out = staticmethod(services.withdraw_request)
