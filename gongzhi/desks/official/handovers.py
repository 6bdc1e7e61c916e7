"""工作交接: what an official has in hand, handed over whole to a colleague who accepts it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.desks.official.deciding import SHOWN, DecideForm, DecidePage
from gongzhi.desks.official.links import case_url
from gongzhi.desks.official.work import counted_waiting, in_figures
from gongzhi.kernel.access.models import UNDECIDED
from gongzhi.kernel.cases.handover import (
    colleagues_of,
    decide_desk,
    desks_to_offer,
    handovers_for,
    mark_answers_read,
    offer_desk,
)
from gongzhi.kernel.cases.inhand import OF_AN_AREA, Desk, desk_of
from gongzhi.kernel.cases.models import HandOver
from gongzhi.kernel.cases.reading import NOT_FOUND, procedure_of
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Post
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import ChoiceField, Form
from gongzhi.web.views import UseCasePage

ROLES = frozenset({Role.HANDLER, Role.HEAD}) | OF_AN_AREA
NOBODY = [("", _("本单位没有在任的同岗位同事，请联系管理员先设岗位"))]
#: What the one who comes answers.
STATES = {UNDECIDED: _("等对方接收"), "approved": _("已交接"), "refused": _("对方没有接收")}


class OfferForm(Form):
    """Whose desk goes to whom, and what the other should know."""

    from_post_id = forms.TypedChoiceField(label=_("移交谁的工作"), coerce=int)
    to_post_id = forms.TypedChoiceField(label=_("交给谁"), coerce=int)
    words = forms.CharField(
        label=_("交接说明"),
        help_text=_("正在约谈、待补的材料、答应过当事人的事"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, posts: list[Post], colleagues: list[Post], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["from_post_id"].choices = [(one.pk, _named(one)) for one in posts]  # type: ignore[attr-defined]
        self.fields["to_post_id"].choices = [(one.pk, _named(one)) for one in colleagues] or NOBODY  # type: ignore[attr-defined]


class AcceptForm(DecideForm):
    """Taken or not, and why not."""

    decision = ChoiceField(label=_("您的意见"), choices=[("approve", _("全部接收")), ("refuse", _("不接收"))])
    words = forms.CharField(
        label=_("说明"), help_text=_("不接收的，请写明原因，移交人会看到"), max_length=200, required=False
    )


class HandOvers(RoleRequired):
    """What the actor has in hand, and the hand-overs in which they have a part."""

    template_name = "official/handovers.html"
    section = "official:handovers"
    roles = ROLES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count the own desk and list the hand-overs; an offer to the actor leads to its page, an answer is read now."""
        post = Post.objects.select_related("account").get(pk=self.actor.post_id or 0)
        rows = [
            {
                "handover": one,
                "state": STATES[one.decision],
                "may_decide": one.decision == UNDECIDED and one.to_post_id == self.actor.post_id,
                "is_new": one.is_answer_new and one.asked_in_id == self.actor.post_id,
            }
            for one in handovers_for(self.actor)[:SHOWN]
        ]
        mark_answers_read(self.actor, self.now)
        desk = desk_of(post)
        return super().get_context_data(
            desk=desk,
            lines=_lines(desk),
            rows=rows,
            by_area=self.actor.role in OF_AN_AREA,
            calls=self.actor.role is Role.CALL_TAKER,
            waiting=in_figures(counted_waiting(self.actor)),
            may_offer=bool(desks_to_offer(self.actor, localdate(self.now))),
            **kwargs,
        )


class NewHandOver(RoleRequired, UseCasePage):
    """Offer a desk to a colleague."""

    frame = "web/staff_base.html"
    section = "official:handovers"
    roles = ROLES
    title, button = _("提出工作交接"), _("提交，等对方接收")
    form_class = OfferForm

    def form_arguments(self) -> dict[str, Any]:
        """Offer the desks the actor may hand over, and who could take them."""
        today = localdate(self.now)
        posts = desks_to_offer(self.actor, today)
        return {"posts": posts, "colleagues": colleagues_of(posts, today)}

    def perform(self, form: Form, *, key: str) -> HandOver:
        """Offer it; nothing moves until the colleague accepts."""
        return offer_desk(actor=self.actor, now=self.now, key=key, **form.answers)

    def next_url(self, outcome: Any) -> str:
        """The list."""
        messages.success(self.request, gettext("已提交。对方接收之前，事项仍在原经办人手上。"))
        return reverse("official:handovers")


class DecideHandOver(DecidePage):
    """Accept or refuse a desk."""

    section = "official:handovers"
    template_name = "official/handover.html"
    list_name = "official:handovers"
    roles = ROLES
    title, button = _("接收工作"), _("提交")
    form_class = AcceptForm

    def decide(self, approves: bool, **by: Any) -> HandOver:
        """Decide it."""
        return decide_desk(handover_id=self.kwargs["pk"], accept=approves, **by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what would move, matter by matter, with the days of its clocks."""
        made = handovers_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if made is None:
            raise NotPossible(NOT_FOUND)
        mine = made.to_post_id == self.actor.post_id
        desk = desk_of(made.from_post, seen_by=made.to_post) if made.decision == UNDECIDED and mine else None
        rows = [
            {"label": _("移交人"), "value": _named(made.from_post)},
            {"label": _("接收人"), "value": _named(made.to_post)},
            {"label": _("交接说明"), "value": made.words or "—"},
            {"label": _("状态"), "value": STATES[made.decision]},
        ]
        if made.is_approved:
            rows.append({"label": _("清单指纹（SHA-256）"), "value": made.sheet})
        return super().get_context_data(
            rows=rows,
            desk=desk,
            lines=_lines(desk) if desk else [],
            may_decide=desk is not None,
            **kwargs,
        )

    def next_url(self, outcome: Any) -> str:
        """The list, with what became of it."""
        words = (
            gettext("已接收 %(cases)s 件，%(deadlines)s 个期限照原来的日期计算。")
            if outcome.is_approved
            else gettext("已告诉移交人您没有接收。")
        )
        messages.success(self.request, words % {"cases": len(outcome.cases), "deadlines": outcome.deadlines})
        return reverse(self.list_name)


def _lines(desk: Desk) -> list[dict[str, Any]]:
    """Return a line for each matter of a desk: its number, stage, link and next day."""
    return [
        {"case": case, "url": case_url(case), "stage": procedure_of(case).label_of(case.stage)}
        for case in desk.cases
    ]


def _named(post: Post) -> str:
    return f"{post.account.name}　{post.title or post.get_role_display()}"
