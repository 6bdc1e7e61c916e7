"""The writer's own pages: where the letter stands, the days that are owed, the answer, and what may be done now."""

from typing import Any, ClassVar

from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.forms.citizen import NoteForm, RateForm, SureForm
from gongzhi.domains.mailbox.queries.letters import letter_for
from gongzhi.domains.mailbox.queries.published import published_letter
from gongzhi.domains.mailbox.queries.written import written_answer
from gongzhi.domains.mailbox.services.publishing import may_never_be_shown
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.papers import papers_of
from gongzhi.web.accounts import own
from gongzhi.web.accounts.own import OwnCase, OwnStep, own_page
from gongzhi.web.accounts.written import OwnWritten, OwnWrittenPdf
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage
from gongzhi.web.written import Written


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


class Rate(Own, OwnStep):
    """Rate the answer."""

    move, form_class = "rate", RateForm
    title, button = _("评价答复"), _("提交评价")
    lead: ClassVar[Any] = _("只评价一次。")
    done = _("谢谢您的评价。")
    carry_out = staticmethod(services.rate_letter)
