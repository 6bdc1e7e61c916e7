"""The official's pages across domains: inbox, preview, messages, search by number, scorecards."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.base.rownumbers import row_number
from gongzhi.desks.official.links import bulk_dispatch_url, case_url, move_links, scorecards
from gongzhi.desks.official.lists import NEWEST, PAGE, InboxFilter, page_of
from gongzhi.desks.official.work import (
    ALL,
    LATE,
    SOON,
    Group,
    along_days,
    counted,
    groups_for,
    in_figures,
    waiting_for,
)
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import place_shown
from gongzhi.kernel.cases.reading import (
    NOT_FOUND,
    case_for,
    procedure_of,
    steps_of,
)
from gongzhi.kernel.declare.procedure import Procedure
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.notices.inbox import mark_read, messages_for
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.registry.api import domain
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.periods import periods_of

MESSAGES = 50
TONES = {Role.DISPATCHER: "warn", Role.HEAD: "violet", Role.REVIEWER: "violet", Role.CALL_TAKER: "bad"}


def shown_case(page: StaffPage, case_id: int) -> dict[str, Any]:
    """Return what the preview pane shows of one case, if the actor may read it."""
    with_domain = Case.objects.filter(pk=case_id).values_list("procedure", flat=True).first()
    if with_domain is None:
        raise NotPossible(NOT_FOUND)
    case = case_for(page.actor, f"{domain(with_domain).key}.read", case_id)
    person = case.opened_by
    return {
        "case": case,
        "url": case_url(case),
        "stage": procedure_of(case).label_of(case.stage),
        "place": path_name(place_shown(page.actor, case)[0]),
        "requester": gettext("保密") if case.sealed else person.masked_name if person else "",
        "periods": [row for row in periods_of(case, page.now) if row["deadline"].stopped_at is None],
        "steps": [
            {
                "title": told.words,
                "at": told.step.at,
                "who": " → ".join(map(str, told.units)),
                "text": told.said,
            }
            for told in steps_of(case)[:3]
        ],
        "moves": move_links(page.actor, case, page.now),
    }


class Preview(StaffPage):
    """The preview pane alone, fetched as the lines are walked through."""

    template_name = "official/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show one case."""
        return super().get_context_data(shown=shown_case(self, self.kwargs["pk"]), **kwargs)


ALWAYS = frozenset({ALL, SOON, LATE})


class Inbox(StaffPage):
    """What waits for the actor, what is due first at the top."""

    template_name = "official/inbox.html"
    section = "official:inbox"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count the tabs, filter, take one page."""
        chosen = self.request.GET
        groups = groups_for(self.actor, self.now)
        current = next((group for group in groups if group.key == chosen.get("tab")), groups[0])
        filters = InboxFilter(chosen, actor=self.actor)
        waiting = waiting_for(self.actor)
        found = counted(waiting, groups, current, PAGE + 1)
        counts, sort, mark = found.of, filters.chosen("sort"), chosen.get("after", "")
        if found.first is None:
            cases = filters.narrowed(along_days(waiting).filter(current.filter))
        elif filters.narrows or sort or mark:
            cases = filters.narrowed(waiting.filter(current.filter))
        else:
            cases = Case.objects.filter(pk__in=found.first)
        page = page_of(cases, sort, mark)
        return super().get_context_data(
            tabs=[
                self._tab(group, counts, current) for group in groups if self._shows(group, counts, current)
            ],
            filter_form=filters,
            kept={"tab": current.key},
            rows=[self._row(case) for case in page.cases],
            next=self._address(after=page.next_mark) if page.next_mark else "",
            first=self._address() if mark else "",
            shown=self._preview(page.cases),
            bulk_url=bulk_dispatch_url(self.actor),
            bulk_actions=[{"name": "dispatch", "label": _("批量派发")}],
            nav_counts={self.section: in_figures(counts[ALL])},
            late=counts[LATE],
            by_due=sort != NEWEST,
            is_narrowed=filters.narrows,
            current=current,
            **kwargs,
        )

    def _shows(self, group: Group, counts: dict[str, int], current: Group) -> bool:
        """Say whether a tab is shown: one of many stages only when something waits there."""
        return group.key in ALWAYS or group == current or counts[group.key] > 0

    def _tab(self, group: Group, counts: dict[str, int], current: Group) -> dict[str, Any]:
        return {
            "url": self._address(tab=group.key),
            "label": group.label,
            "count": in_figures(counts[group.key]),
            "tone": group.tone,
            "is_current": group is current,
        }

    def _address(self, **changes: str) -> str:
        """Return this list with some parameters changed; a new page always begins from the front."""
        kept = {name: value for name, value in self.request.GET.items() if name not in {"after", "preview"}}
        return "?" + urlencode(kept | changes)

    def _row(self, case: Case) -> dict[str, Any]:
        procedure = procedure_of(case)
        stage = procedure.stage_by_key[case.stage]
        return {
            "case": case,
            "url": case_url(case),
            "stage": stage.label,
            "tone": TONES.get(stage.responsible, "info"),
            "marks": self._marks(case, procedure),
        }

    def _marks(self, case: Case, procedure: Procedure) -> list[tuple[Words, str]]:
        """Say what is out of the common about a line, each with its tone."""
        marks: list[tuple[Words, str]] = []
        if case.due_at is not None and case.due_at < self.now:
            marks.append((_("超期"), "bad"))
        if "instant" in case.flags:
            marks.append((_("即办"), "warn"))
        if case.sealed:
            marks.append((_("保密"), "violet"))
        if case.returns:
            marks.append((gettext("退回 %(n)s 次") % {"n": case.returns}, ""))
        if case.parent_id:
            marks.append((procedure.label, ""))
        return marks

    def _preview(self, cases: list[Case]) -> dict[str, Any] | None:
        """Show the case asked for, else the first line."""
        asked = row_number(self.request.GET.get("preview", ""))
        if asked is not None:
            return shown_case(self, asked)
        return shown_case(self, cases[0].pk) if cases else None


class Notices(StaffPage):
    """What the platform told the actor, newest first; opening the page counts as reading it."""

    template_name = "official/notices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the latest messages with the matters they speak of."""
        messages = list(messages_for(self.actor)[:MESSAGES])
        cases = Case.objects.in_bulk({message.case_id for message in messages})
        rows = [
            {"message": one, "url": case_url(cases[one.case_id]) if one.case_id in cases else ""}
            for one in messages
        ]
        mark_read(self.actor, [one.pk for one in messages if not one.is_read], self.now)  # type: ignore[attr-defined]
        return super().get_context_data(rows=rows, **kwargs)


class Scorecards(StaffPage):
    """The scorecards of the domains; with only one there is nothing to choose."""

    template_name = "official/scorecards.html"
    section = "official:scorecard"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list, or lead on."""
        links = scorecards(self.actor)
        if len(links) == 1:
            return HttpResponseRedirect(links[0].url)
        return self.render_to_response(self.get_context_data(links=links))
