"""The work order of a request, to print and take along."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.queries.requests import look_at, read_case
from gongzhi.kernel.cases.personfile import place_shown
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.periods import periods_of


class WorkOrder(StaffPage):
    """A work order to print: what to do, where, by when; never who asked when that is confidential."""

    template_name = "hotline/official/work_order.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lay out the sheet; printing it counts as looking."""
        case = read_case(self.actor, self.kwargs["pk"])
        request = look_at(actor=self.actor, case=case, now=self.now)
        person = None if case.parent_id else case.opened_by
        name = gettext("保密") if case.sealed else person.masked_name if person else "—"
        phone = "—" if case.sealed or person is None else person.masked_phone
        region, place = place_shown(self.actor, case, request.place)
        rows = [
            {"label": _("事项"), "value": case.title},
            {
                "label": _("类别"),
                "value": case.category or "—",
                "label2": _("登记时间"),
                "value2": localtime(case.opened_at).strftime("%Y-%m-%d %H:%M"),
            },
            {"label": _("承办单位"), "value": case.unit or "—", "label2": _("反映人"), "value2": name},
            {"label": _("地点"), "value": f"{path_name(region)} {place}".strip()},
            {"label": _("电话"), "value": phone},
            {"label": _("诉求内容"), "value": request.text},
        ]
        return super().get_context_data(
            case=case,
            request_=request,
            rows=rows,
            sheet_title=_("12345 热线工单"),
            periods=[row for row in periods_of(case, self.now) if row["deadline"].stopped_at is None],
            back_url=reverse("hotline:case", args=[case.pk]),
            **kwargs,
        )
