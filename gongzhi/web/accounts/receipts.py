"""回执: what somebody keeps of a matter that was registered: number, query code, each day that is owed, the mark of its record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.access.decide import may
from gongzhi.kernel.audit.proofs import opening_receipt
from gongzhi.kernel.cases.bycode import written_down_by
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.lock.scope import also
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.accounts.written import code_on_paper
from gongzhi.web.dates import MOMENT, day_in_words
from gongzhi.web.navigation import Text
from gongzhi.web.periods import periods_of

SHEET: Final = "web/receipt.html"
Row = tuple[Text, Any]


def kept_of(request: HttpRequest, case: Case, now: datetime) -> dict[str, Any]:
    """Return what confirmation and receipt of a matter show, in every domain.

    Who left no phone is given no query code, which would open nothing to them: they ask by the number. The address in
    the QR of the others ends in the mark of the record, after the sign that no browser sends on: whoever keeps the paper
    can check the record for ever.
    """
    evidence, reached = opening_receipt(case.pk), _has_phone(case)
    address, words = code_on_paper(request, case)
    mark = f"#{evidence['row']}.{evidence['leaf']}" if evidence and reached else ""
    return {
        "case": case,
        "code": spaced(case.query_code) if reached else "",
        "place": path_name(case.region_code),
        "evidence": evidence,
        "track_url": f"{address}{mark}",
        "qr_words": words,
        "periods": periods_of(case, now),
    }


def sheet_of(kept: dict[str, Any], *, title: Text, rows: Iterable[Row], back_url: str) -> dict[str, Any]:
    """Return what the printed receipt shows besides: *rows* are the domain's own, after the title of the matter."""
    case, evidence = kept["case"], kept["evidence"]
    person, mark = case.opened_by, evidence["leaf"] if evidence else ""
    said: list[Row] = [
        (gettext("查询码"), kept["code"]),
        (gettext("标题"), case.title),
        *rows,
        (gettext("地点"), kept["place"]),
        (gettext("提交时间"), day_in_words(case.opened_at, MOMENT)),
        (gettext("联系电话"), person.masked_phone if person else ""),
        (gettext("存证"), f"{evidence['row']}.{mark[:32]} {mark[32:]}" if evidence else ""),
    ]
    shown = [{"label": label, "value": value} for label, value in said if value]
    return {"sheet_title": title, "rows": shown, "back_url": back_url}


class TakenPage(RoleRequired):
    """What whoever wrote a matter down reads out or hands over; with the template `SHEET` it is the receipt to print.

    ``reads`` is the domain's permission to read it, ``taken`` the address of this page.
    """

    reads: ClassVar[str]
    taken: ClassVar[str]
    title: ClassVar[Text] = _("已登记")
    sheet_title: ClassVar[Text]

    def shown(self, person: Actor, case: Case) -> dict[str, Any]:
        """Return what a domain shows besides, read as the person: `of_domain` for the receipt."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it with its code to whoever wrote it down, and to nobody else; who typed in a sheet need not see the matter."""
        actor = self.actor
        found = written_down_by(actor=actor, reads=self.reads, case_id=self.kwargs["pk"], now=self.now)
        case, back = found.case, reverse(self.taken, args=[found.case.pk])
        with also(code=case.query_code, person=str(case.opened_by_id or "")):
            kept, shown = kept_of(self.request, case, self.now), self.shown(found.actor, case)
        sheet = sheet_of(kept, title=self.sheet_title, rows=shown["of_domain"], back_url=back)
        opens = may(actor, self.reads, case)
        return super().get_context_data(title=self.title, opens=opens, **kept, **sheet, **shown, **kwargs)


def _has_phone(case: Case) -> bool:
    return case.opened_by is not None and bool(case.opened_by.phone_tail)
