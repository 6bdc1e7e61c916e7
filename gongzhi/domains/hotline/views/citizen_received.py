"""The confirmation of a request that was sent, and the receipt to print."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from gongzhi.domains.hotline.queries.requests import request_for
from gongzhi.domains.hotline.views.labels import label_of
from gongzhi.kernel.audit.proofs import opening_receipt
from gongzhi.kernel.cases.models import Case, Deadline
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.cases.reading import deadlines_of, shown_deadline
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.accounts.drafting import ReceivedPage
from gongzhi.web.accounts.own import TRACK


class Received(ReceivedPage):
    """The confirmation: the query code, what happens next and by when."""

    template_name = "hotline/received.html"
    drafts = "hotline"

    def shown(self, person: Actor, case_id: int) -> dict[str, Any]:
        """The request with what is promised, and how its record is checked."""
        case = request_for(person, case_id).case
        promise = shown_deadline(deadlines_of(case))
        evidence = opening_receipt(case.pk)
        address = f"{reverse(TRACK)}?code={case.query_code}"
        if (
            evidence
        ):  # after the sign that no browser sends on: who keeps the code can check the record for ever
            address += f"#{evidence['row']}.{evidence['leaf']}"
        return {
            "case": case,
            "code": spaced(case.query_code),
            "place": path_name(case.region_code),
            "promise": promise,
            "track_url": self.request.build_absolute_uri(address),
            "sheet_title": gettext("诉求回执"),
            "rows": _receipt_rows(case, promise, evidence),
            "evidence": evidence,
        }


class Receipt(Received):
    """The confirmation as a sheet to print."""

    template_name = "hotline/receipt.html"


def _receipt_rows(
    case: Case, promise: Deadline | None, evidence: dict[str, Any] | None
) -> list[dict[str, Any]]:
    person = case.opened_by
    answered_by = (
        f"{date_format(localtime(promise.due_at), 'Y年n月j日')}（{promise.basis}）" if promise else ""
    )
    return [
        {"label": gettext("查询码"), "value": spaced(case.query_code)},
        {"label": gettext("标题"), "value": case.title},
        {"label": gettext("类别"), "value": label_of(case.category)},
        {"label": gettext("地点"), "value": path_name(case.region_code)},
        {"label": gettext("提交时间"), "value": date_format(localtime(case.opened_at), "Y年n月j日 H:i")},
        {"label": gettext("联系电话"), "value": person.masked_phone if person else ""},
        {"label": gettext("承诺答复"), "value": answered_by},
        {
            "label": gettext("存证"),
            "value": f"{evidence['row']}.{evidence['leaf'][:32]} {evidence['leaf'][32:]}" if evidence else "",
        },
    ]
