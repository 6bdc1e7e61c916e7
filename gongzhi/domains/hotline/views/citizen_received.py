"""The confirmation of a request that was sent, and the receipt to print."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.queries.requests import request_for
from gongzhi.domains.hotline.views.labels import label_of
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import deadlines_of, shown_deadline
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.accounts.drafting import ReceivedPage
from gongzhi.web.accounts.receipts import SHEET, Row

RECEIPT: Final = _("诉求回执")


class Received(ReceivedPage):
    """The confirmation: the query code, what happens next and by when."""

    template_name = "hotline/received.html"
    drafts = "hotline"
    sheet_title = RECEIPT

    def shown(self, person: Actor, case_id: int) -> dict[str, Any]:
        """The request with what is promised."""
        case = request_for(person, case_id).case
        promise = shown_deadline(deadlines_of(case))
        return {"case": case, "promise": promise, "of_domain": on_receipt(case)}


class Receipt(Received):
    """The confirmation as a sheet to print."""

    template_name = SHEET


def on_receipt(case: Case) -> Iterable[Row]:
    """Return what a receipt says of a request besides what every matter has."""
    return [(_("类别"), label_of(case.category))]
