"""The writer's own pages: where the letter stands, the days that are owed, the answer, and what may be done now."""

from datetime import timedelta
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.forms.citizen import PETITION, NoteForm, OnwardForm, RateForm
from gongzhi.domains.mailbox.queries.letters import letter_for
from gongzhi.domains.mailbox.queries.published import published_letter
from gongzhi.domains.mailbox.queries.written import written_answer
from gongzhi.domains.mailbox.services.publishing import may_never_be_shown
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.papers import papers_of
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.accounts import own
from gongzhi.web.accounts.bycode import remember
from gongzhi.web.accounts.own import OwnCase, OwnStep, own_page
from gongzhi.web.accounts.written import OwnWritten, OwnWrittenPdf
from gongzhi.web.forms import Form, SureForm
from gongzhi.web.views import UseCasePage
from gongzhi.web.written import Written

ONWARD_PER_DAY: Final = 5


class Own(OwnCase):
    """A page about the person's own letter."""

    reads = "mailbox.read"

    def read(self, case_id: int) -> Case:
        """Read it with what belongs to it."""
        self.letter = letter_for(self.own, case_id)
        return self.letter.case


class Progress(Own, own.OwnProgress):
    """Where it stands, each day that is owed, the answer, and what the writer may do now."""

    template_name = "mailbox/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what the writer may see: a draft is not theirs yet."""
        case, letter = self.case, self.letter
        return super().get_context_data(
            letter=letter,
            reply=letter.reply if letter.replied_at else "",
            papers=papers_of(self.own, case),
            paper_page="mailbox:paper",
            may_agree=not may_never_be_shown(case),
            shown=published_letter(case.pk),
            **kwargs,
        )


class Leave(Own, UseCasePage):
    """Give leave to show letter and answer to everybody, or take it back: at any time, also when all is over."""

    template_name = "web/own_step.html"
    form_class = SureForm

    @property
    def agrees(self) -> bool:
        """What pressing the button says: the other of what holds now, or what the sent form was about."""
        return str(self.kwargs["answer"]) == "yes"

    @property
    def title(self) -> Any:  # type: ignore[override]
        """What is decided."""
        return _("同意公开这封信和答复") if self.agrees else _("收回公开的同意")

    @property
    def button(self) -> Any:  # type: ignore[override]
        """What the button says."""
        return _("同意公开") if self.agrees else _("收回同意")

    @property
    def lead(self) -> Any:
        """What follows from it."""
        if self.agrees:
            return _("工作人员去掉姓名、电话、住址并核对后才公开；您随时可以收回。")
        return _("已经公开的马上撤下。办理和答复不受影响。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Decide it; the same again is the same."""
        services.decide_leave(actor=self.own, case_id=self.case.pk, agrees=self.agrees, now=self.now)
        return self.case

    def next_url(self, outcome: Case) -> str:
        """Back to the progress."""
        messages.success(self.request, str(_("已记下。")))
        return own_page(outcome)


class Answer(Own, OwnWritten):
    """The answer in writing: as it was given, in large type, in plain words."""

    pdf_page = "mailbox:answer-pdf"

    def found(self) -> Written | None:
        """Return the answer once it is given."""
        return written_answer(self.letter)


class AnswerPdf(Answer, OwnWrittenPdf):
    """The same as PDF."""


class Lookers(Own, own.Lookers):
    """谁看过我的信息, in this matter."""


class Add(Own, OwnStep):
    """Complete what was said."""

    move, form_class, title, button = "add", NoteForm, _("补充情况"), _("提交补充")
    lead: ClassVar[Any] = _("补充的内容办理人员马上能看到。不要写身份证号、银行卡号。")
    done = _("已补充。")
    carry_out = staticmethod(services.add_to_letter)


class Withdraw(Own, OwnStep):
    """Take it back."""

    move, form_class, danger = "withdraw", SureForm, True
    title, button = _("撤回"), _("确认撤回")
    lead: ClassVar[Any] = _("撤回后不再办理；以后有需要可以重新写信。")
    done = _("已撤回。")
    carry_out = staticmethod(services.withdraw_letter)


class Onward(Own, UseCasePage):
    """Take the matter further after an answer one does not agree with: nothing is typed again."""

    template_name = "web/own_step.html"
    form_class = OnwardForm
    title, button = _("不同意答复"), _("提交")
    lead: ClassVar[Any] = _("您的来信、收到的答复和您上传的材料一起交过去，不用重新写，也不用再填姓名电话。")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form once there is an answer."""
        if self.letter.replied_at is None:
            messages.warning(request, _("这件事现在不能做这一步，下面是它的最新情况。"))
            return HttpResponseRedirect(own_page(self.case))
        return super().get(request, *args, **kwargs)

    def perform(self, form: Form, *, key: str) -> Case:
        """Register it, once, and let this browser follow it."""
        if not is_used(key):
            allow("mailbox.onward", str(self.case.pk), ONWARD_PER_DAY, timedelta(days=1), self.now)
        way = (
            services.petition_from_letter if form.answers["way"] == PETITION else services.request_from_letter
        )
        new = way(actor=self.own, case_id=self.case.pk, demand=form.answers["demand"], now=self.now, key=key)
        remember(self.request, new, self.now)
        return new

    def next_url(self, outcome: Case) -> str:
        """On to the new matter."""
        messages.success(self.request, str(_("已登记。这是新的一件，查询码在下面。")))
        return own_page(outcome)


class Rate(Own, OwnStep):
    """Rate the answer."""

    move, form_class = "rate", RateForm
    title, button = _("评价答复"), _("提交评价")
    lead: ClassVar[Any] = _("只评价一次。")
    done = _("谢谢您的评价。")
    carry_out = staticmethod(services.rate_letter)
