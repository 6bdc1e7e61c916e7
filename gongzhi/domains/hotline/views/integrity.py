"""数据真实性核查: what the checks found about units, with why; the unit says how it was, a supervisor decides."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.integrity import AnswerFindingForm, DecideFindingForm
from gongzhi.domains.hotline.queries.integrity import finding_in, findings
from gongzhi.insight.integrity.models import Finding, Kind, State
from gongzhi.insight.integrity.words import BY_CHANCE, WORDS, why
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.forms import Form
from gongzhi.web.navigation import Text
from gongzhi.web.views import UseCasePage

SECTION = "official:scorecard"
SHOWN = 100
TONES = {State.OPEN: "warn", State.CONFIRMED: "bad", State.DISMISSED: "ok"}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages about units."""

    url: str
    label: Text
    is_current: bool
    count: None = None


def scorecard_tabs(actor: Actor, current: str) -> list[Tab]:
    """Return the pages about units that the actor may open; none when there is only one."""
    pages = [
        ("scorecard", _("办理情况"), "see_scorecard"),
        ("findings", _("数据真实性核查"), "see_findings"),
        ("accuracy", _("辅助判断的准确率"), "see_suggestions"),
    ]
    tabs = [
        Tab(reverse(f"hotline:{name}"), label, name == current)
        for name, label, action in pages
        if may(actor, f"hotline.{action}")
    ]
    return tabs if len(tabs) > 1 else []


class Findings(StaffPage):
    """The findings in the actor's reach, the latest first, and how they are found."""

    template_name = "hotline/official/findings.html"
    section = SECTION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them with why."""
        found = findings(self.actor)
        return super().get_context_data(
            rows=[(one, why(one), TONES[State(one.state)]) for one in found[:SHOWN]],
            rules=[(kind.label, WORDS[kind].rule, WORDS[kind].innocent) for kind in Kind],
            by_chance=BY_CHANCE,
            tabs=scorecard_tabs(self.actor, "findings"),
            **kwargs,
        )


class FindingPage(StaffPage):
    """One finding: why, on which matters it rests, what the unit says, what was decided."""

    template_name = "hotline/official/finding.html"
    section = SECTION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it, with what the actor may do about it."""
        seen = finding_in(self.actor, self.kwargs["pk"])
        finding, own = seen.finding, seen.finding.unit_id == self.actor.unit_id
        answers = own and finding.answered_at is None and may(self.actor, "hotline.answer_finding")
        decides = not own and finding.state == State.OPEN and may(self.actor, "hotline.decide_finding")
        return super().get_context_data(
            finding=finding,
            seen=seen,
            hidden=seen.number - len(seen.cases),
            why=why(finding),
            words=WORDS[finding.kind],
            tone=TONES[State(finding.state)],
            may_answer=answers,
            may_decide=decides,
            **kwargs,
        )


class _AboutFinding(StaffPage, UseCasePage):
    """A form about one finding; it comes back to the finding."""

    frame = "web/staff_base.html"
    section = SECTION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Only for those who may see the finding."""
        finding_in(self.actor, self.kwargs["pk"])
        return super().get_context_data(**kwargs)

    def next_url(self, outcome: Any) -> str:
        """The finding."""
        messages.success(self.request, gettext("已记下。"))
        return reverse("hotline:finding", args=[outcome.pk])


class AnswerFinding(_AboutFinding):
    """The unit says how it was."""

    title, button = _("说明情况"), _("提交说明")
    form_class = AnswerFindingForm

    def perform(self, form: Form, *, key: str) -> Finding:
        """Write it down, once."""
        return services.answer_finding(
            actor=self.actor, finding_id=self.kwargs["pk"], now=self.now, **form.answers
        )


class DecideFinding(_AboutFinding):
    """A supervisor decides."""

    title, button = _("核实线索"), _("记录结论")
    form_class = DecideFindingForm

    def perform(self, form: Form, *, key: str) -> Finding:
        """Decide, once."""
        return services.decide_finding(
            actor=self.actor, finding_id=self.kwargs["pk"], now=self.now, **form.answers
        )
