"""The confirmation of a request that was sent, and the receipt to print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.queries.requests import request_for
from gongzhi.domains.hotline.views.labels import label_of
from gongzhi.kernel.audit.proofs import opening_receipt
from gongzhi.kernel.cases.models import Case, Deadline
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.cases.reading import deadlines_of, shown_deadline
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.web.accounts.bycode import person_in
from gongzhi.web.accounts.own import TRACK
from gongzhi.web.draft import draft_of
from gongzhi.web.views import Page


class Received(Page):
    """The confirmation: the query code, what happens next and by when; it opens only where it was sent from."""

    template_name = "hotline/received.html"
    section = TRACK

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it to the browser that sent the request, and lead everyone else to the query code."""
        key: UUID = self.kwargs["key"]
        case_id = int((draft_of(request, "hotline", str(key)) or {}).get("sent", 0))
        person = person_in(request, case_id=case_id, now=self.now) if case_id else None
        if person is None:
            messages.info(request, _("确认页只在提交时的设备上保留半小时。请用查询码和手机号后四位查看。"))
            return HttpResponseRedirect(reverse(TRACK))
        case = request_for(person, case_id).case
        promise = shown_deadline(deadlines_of(case))
        evidence = opening_receipt(case.pk)
        address = f"{reverse(TRACK)}?code={case.query_code}"
        if (
            evidence
        ):  # after the sign that no browser sends on: who keeps the code can check the record for ever
            address += f"#{evidence['row']}.{evidence['leaf']}"
        return self.render_to_response(
            self.get_context_data(
                case=case,
                code=spaced(case.query_code),
                place=path_name(case.region_code),
                promise=promise,
                track_url=request.build_absolute_uri(address),
                sheet_title=gettext("诉求回执"),
                rows=_receipt_rows(case, promise, evidence),
                evidence=evidence,
            )
        )


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
