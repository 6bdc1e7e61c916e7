"""The page of one case for officials: what it is, what has been done, its papers, its kin, and who looked."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.official import LinkForm
from gongzhi.domains.hotline.queries.duplicates import likely_the_same, waiting_for_the_same
from gongzhi.domains.hotline.queries.public import waits_to_be_cleared
from gongzhi.domains.hotline.queries.related import beside, likely_duplicates, related_requests
from gongzhi.domains.hotline.queries.requests import (
    look_at,
    lookers,
    purposes_offered,
    read_case,
    request_for,
)
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_id_of
from gongzhi.kernel.cases.papers import papers_of
from gongzhi.kernel.cases.personfile import may_reveal, place_shown, waits_to_post
from gongzhi.kernel.cases.posting import may_post
from gongzhi.kernel.cases.reading import moves_offered, procedure_of, steps_of
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.casepage import Revealing
from gongzhi.web.accounts.papers import OfficeAttachForm
from gongzhi.web.forms import Form, SureForm
from gongzhi.web.periods import periods_of
from gongzhi.web.timeline import timeline
from gongzhi.web.views import UseCasePage

TABS = {
    "overview": _("概况"),
    "steps": _("过程"),
    "papers": _("材料"),
    "related": _("关联"),
    "lookers": _("谁看过"),
}
LOOKED = {
    "open": _("登记"),
    "document.read": _("查看材料"),
    "documents.stored": pgettext_lazy("audit", "上传材料"),
    "documents.handed_on": _("材料随事项转来"),
    "case.read": _("查看事项"),
    "person.read": _("查看联系方式"),
    "hotline.link": _("关联诉求"),
    "hotline.cleared": pgettext_lazy("audit", "看过并公开诉求"),
    "hotline.taken_down": pgettext_lazy("audit", "撤下公开的诉求"),
    "hotline.leave_taken_back": pgettext_lazy("audit", "本人收回公开的同意"),
    "hotline.apart": _("认定不是同一件事"),
}


class CasePage(StaffPage):
    """One case; the tab is a parameter, so it can be linked."""

    template_name = "hotline/official/case.html"
    section = "official:inbox"
    reads: ClassVar[str] = "hotline.read"
    revealed: Mapping[str, str] | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the chosen tab."""
        case = read_case(self.actor, self.kwargs["pk"])
        tab = self.request.GET.get("tab", "")
        tab = tab if tab in TABS else "overview"
        address = reverse("hotline:case", args=[case.pk])
        context = super().get_context_data(
            case=case,
            tab_template=f"hotline/official/tab_{tab}.html",
            stage=procedure_of(case).label_of(case.stage),
            place=path_name(place_shown(self.actor, case)[0]),
            tabs=[
                {"url": f"{address}?tab={key}", "label": label, "is_current": key == tab}
                for key, label in TABS.items()
            ],
            may_clear=waits_to_be_cleared(case) and may(self.actor, "hotline.clear", case),
            may_take_down=case.public and may(self.actor, "hotline.take_down", case),
            moves=moves_offered(self.actor, case, self.now),
            **kwargs,
        )
        return context | self._of_tab(tab, case)

    def _of_tab(self, tab: str, case: Case) -> dict[str, Any]:
        match tab:
            case "steps":
                return self._steps(case)
            case "papers":
                return self._papers(case)
            case "related":
                return self._related(case)
            case "lookers":
                return self._lookers(case)
            case _:
                return self._overview(case)

    def _overview(self, case: Case) -> dict[str, Any]:
        request = look_at(actor=self.actor, case=case, now=self.now)
        person = None if case.parent_id else case.opened_by
        return {
            "request_": request,
            "beside": () if case.parent_id else beside(self.actor, request),
            "others": 0 if case.parent_id else waiting_for_the_same(self.actor, request),
            "exact_place": place_shown(self.actor, case, request.place)[1],
            "against": [
                one for one in (case.against_unit, case.against_account and case.against_account.name) if one
            ],
            "periods": periods_of(case, self.now),
            "name": gettext("保密") if case.sealed else person.masked_name if person else "",
            "phone": "" if person is None or case.sealed else person.masked_phone,
            "may_reveal": may_reveal(self.actor, case),
            "to_post": waits_to_post(case) and may_post(self.actor, case),
            "revealed": self.revealed,
            "purposes": purposes_offered(),
        }

    def _steps(self, case: Case) -> dict[str, Any]:
        return {"entries": timeline(steps_of(case))}

    def _papers(self, case: Case) -> dict[str, Any]:
        return {
            "papers": papers_of(self.actor, case),
            "may_attach": not case.is_closed and may(self.actor, "hotline.attach", case),
            "attach_form": OfficeAttachForm(),
        }

    def _related(self, case: Case) -> dict[str, Any]:
        if case.parent_id:
            return {"parent": case.parent}
        request = request_for(self.actor, case.pk)
        return {
            "related": related_requests(self.actor, request),
            "likely": likely_duplicates(self.actor, request),
            "may_link": may(self.actor, "hotline.link", case),
            "link_form": LinkForm(),
        }

    def _lookers(self, case: Case) -> dict[str, Any]:
        labels = LOOKED | {move.key: move.label for move in procedure_of(case).moves}
        rows = lookers(self.actor, case)
        for row in rows:
            action = row["entry"].action
            row["words"] = labels.get(action) or labels.get(action.rpartition(".")[2], action)
        return {"rows": rows}


class Reveal(Revealing, CasePage):
    """The same page with the contact shown once."""

    shows = ("name", "phone", "address")

    def purposes(self) -> Sequence[tuple[str, Words]]:
        """Leave out what is no choice."""
        return purposes_offered()


class Link(StaffPage, UseCasePage):
    """Link a request to the earlier one about the same matter."""

    frame = "web/staff_base.html"
    title = _("关联到主件")
    button = _("关联")
    form_class = LinkForm

    def initial(self) -> dict[str, Any]:
        """Fill in the one chosen among those that look alike."""
        return {"main": self.request.GET.get("main", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the request."""
        return super().get_context_data(back_url=self.next_url(None), **kwargs)

    def perform(self, form: Form, *, key: str) -> object:
        """Link it; both keep their own clock and their own answer."""
        case = read_case(self.actor, self.kwargs["pk"])
        main = read_case(self.actor, case_id_of(form.answers["main"]))
        if case.parent_id or main.parent_id:
            raise NotPossible(_("协办件不能关联。请填写主办事项的编号。"))
        request = services.link_duplicate(actor=self.actor, case_id=case.pk, main_id=main.pk, now=self.now)
        messages.success(self.request, gettext("已关联。两件各自答复，互不丢失。"))
        return request

    def next_url(self, outcome: object) -> str:
        """Back to what hangs together."""
        return reverse("hotline:case", args=[self.kwargs["pk"]]) + "?tab=related"


class TellApart(StaffPage, UseCasePage):
    """Say that a request is the same matter as none of those suggested."""

    template_name = "hotline/official/apart.html"
    title = _("都不是同一件事")
    button = _("确认都不是")
    form_class = SureForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say of which request, and than which others."""
        case = read_case(self.actor, self.kwargs["pk"])
        return super().get_context_data(
            case=case,
            alike=likely_the_same(self.actor, case),
            back_url=self.next_url(case),
            **kwargs,
        )

    def perform(self, form: Form, *, key: str) -> Case:
        """Keep it; what was suggested is not suggested for this request again."""
        case = read_case(self.actor, self.kwargs["pk"])
        case = services.tell_apart(actor=self.actor, case_id=case.pk, now=self.now)
        messages.success(self.request, gettext("已记下。这件不再提示可能重复的诉求，仍可按编号关联。"))
        return case

    def next_url(self, outcome: Any) -> str:
        """Back to the dispatch, where it was suggested."""
        if outcome.stage == "received":
            return reverse("hotline:move", args=[outcome.pk, "dispatch"])
        return reverse("hotline:case", args=[outcome.pk])
