"""The person's own pages: every date they are owed, what law gives them next, the opinion to print, their steps."""

from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions import services
from gongzhi.domains.petitions.forms.citizen import NoteForm, RateForm
from gongzhi.domains.petitions.forms.official import OUTCOMES
from gongzhi.domains.petitions.queries.letters import letters_of
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.domains.petitions.views.rights import next_by_law
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.papers import papers_of
from gongzhi.kernel.cases.reading import successor_of
from gongzhi.kernel.declare.procedure import Outcome
from gongzhi.web.accounts import own
from gongzhi.web.accounts.bycode import remember
from gongzhi.web.accounts.own import OwnCase, OwnStep
from gongzhi.web.forms import Form, SureForm


class Own(OwnCase):
    """A page about the person's own petition or review."""

    reads = "petitions.read"

    def read(self, case_id: int) -> Case:
        """Read it with what belongs to it."""
        self.matter = matter_for(self.own, case_id)
        return self.matter.case


class Progress(Own, own.OwnProgress):
    """Where it stands, each date with its article, what law gives next, and what the person may do now."""

    template_name = "petitions/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what the person may see: a draft is not theirs yet."""
        case, petition = self.case, self.matter.petition
        return super().get_context_data(
            petition=petition,
            review=self.matter.review,
            opinion=self.matter.issued,
            letters=letters_of(self.matter),
            papers=papers_of(self.own, case),
            paper_page="petitions:paper",
            next_words=next_by_law(case),
            rated=petition is not None and petition.rated_at is not None,
            **kwargs,
        )


class OpinionSheet(Own):
    """The opinion in writing, to print: what the regulation demands of it, with the remedies (art. 32, 35, 36)."""

    template_name = "petitions/opinion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it once it is issued."""
        opinion = self.matter.issued
        if opinion is None:
            raise Http404
        return super().get_context_data(
            **opinion_shown(self.matter),
            back_url=reverse("petitions:progress", args=[self.case.pk]),
            pdf_url=reverse("petitions:letter-pdf", args=[self.case.pk, "opinion"]),
            **kwargs,
        )


def opinion_shown(found: Any) -> dict[str, Any]:
    """Return what the sheet shows of an issued opinion; a confidential one names nobody, for the unit prints it (art. 30)."""
    titles = {
        "petitions.petition": _("信访事项处理意见书"),
        "petitions.review": _("信访事项复查意见书"),
        "petitions.rereview": _("信访事项复核意见书"),
    }
    about = found.review or found.petition
    return {
        "opinion": found.opinion,
        "sheet_title": titles[found.case.procedure],
        "outcome": OUTCOMES[Outcome(found.opinion.outcome)],
        "demand": about.demand,
        "grounds": found.review.grounds if found.review else "",
        "person": None if found.case.sealed else found.case.opened_by,
        "kind": found.case.procedure.partition(".")[2],
    }


class Lookers(Own, own.Lookers):
    """谁看过我的信息, in this matter."""


class Add(Own, OwnStep):
    """Complete what was said."""

    move, form_class, title, button = "add", NoteForm, _("补充情况"), _("提交补充")
    lead: ClassVar[Any] = _("补充的内容办理人员马上能看到。不要写身份证号、银行卡号。")
    done = _("已补充。")
    carry_out = staticmethod(services.add_to_petition)


class Withdraw(Own, OwnStep):
    """Take it back."""

    move, form_class, danger = "withdraw", SureForm, True
    title, button = _("撤回"), _("确认撤回")
    lead: ClassVar[Any] = _("撤回后不再办理；以后有需要可以重新提出。")
    done = _("已撤回。")
    carry_out = staticmethod(services.withdraw_petition)


class Receive(Own, OwnStep):
    """Confirm that one has the opinion."""

    move, form_class = "receive", SureForm
    title, button = _("确认收到意见书"), _("确认收到")
    lead: ClassVar[Any] = _(
        "请先看完意见书。三十日的救济期限从您确认收到的第二天起算；单位当面或邮寄送达的，从送达起算。"
    )
    done = _("已确认收到，救济期限写在进度里。")
    carry_out = staticmethod(services.receive_opinion)


class AskReview(Own, OwnStep):
    """Ask for a review one level up."""

    move, form_class = "ask_review", NoteForm
    title, button = _("申请复查"), _("提交复查申请")
    lead: ClassVar[Any] = _(
        "由作出处理意见的上一级机关复查，三十日内书面答复（第三十五条）。写明哪里不服、为什么，原来的材料不用再写。"
    )
    done = _("复查申请已登记，新的查询码已发给您。")

    carry_out = staticmethod(services.ask_review)

    def perform(self, form: Form, *, key: str) -> Case:
        """Ask, and let this browser follow the case in which the matter goes on."""
        case = super().perform(form, key=key)
        after = successor_of(self.own, case)
        if after is not None:
            remember(self.request, after, self.now)
        return case


class AskRereview(AskReview):
    """Ask for a re-review one level further up."""

    move = "ask_rereview"
    title, button = _("申请复核"), _("提交复核申请")
    lead: ClassVar[Any] = _(
        "由再上一级机关复核，三十日内答复，听证时间不计（第三十六条）。写明哪里不服、为什么，原来的材料不用再写。"
    )
    done = _("复核申请已登记，新的查询码已发给您。")
    carry_out = staticmethod(services.ask_rereview)


class Rate(Own, OwnStep):
    """Rate the office and the unit."""

    move, form_class = "rate", RateForm
    title, button = _("评价"), _("提交评价")
    lead: ClassVar[Any] = _("分别评价信访部门和承办单位，只评价一次。")
    done = _("谢谢您的评价。")
    carry_out = staticmethod(services.rate_petition)
