"""What a receipt says of a petition: its class, and what the regulation owes the person next, each with its article."""

from typing import Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.forms.citizen import KINDS
from gongzhi.domains.petitions.queries.matters import Matter
from gongzhi.kernel.cases.models import Deadline
from gongzhi.kernel.cases.reading import deadlines_of
from gongzhi.web.accounts.receipts import Row
from gongzhi.web.dates import day_in_words
from gongzhi.web.navigation import Text

RECEIPT: Final = _("信访登记回执")
TOLD: Final = (_("告知您是否受理、走哪条途径"), _("单位收到后十五日内（第二十三条）。"))
LAST: Final[dict[str, tuple[Text, Text]]] = {
    "appeal": (
        _("书面答复"),
        _("按信访程序办的，受理后六十日内出具处理意见书；不服可以复查、复核（第三十四条至第三十六条）。"),
    ),
    "suggestion": (_("研究和答复"), _("承办单位研究您的建议，采纳与否都会答复您（第二十九条）。")),
    "accusation": (
        _("调查处理"),
        _("检举控告由有权机关依规依纪依法处理，对您的情况保密（第三十条）。"),
    ),
}


def on_receipt(found: Matter) -> list[Row]:
    """Return what a receipt says of a petition besides what every matter has: the class, not what is demanded."""
    petition = found.petition
    if petition is None:
        return []
    people = gettext("%(n)s 人") % {"n": petition.people} if petition.people > 1 else ""
    return [(pgettext_lazy("petition", "类别"), dict(KINDS)[petition.kind]), (_("一共来了"), people)]


def ahead_of(found: Matter) -> list[tuple[Text, Text]]:
    """Return what comes next: first what runs already, with its day."""
    first = _first_period(found)
    kind = found.petition.kind if found.petition else "appeal"
    if first is None:
        return [LAST[kind]]
    day = {"day": day_in_words(first.due_at), "basis": first.basis}
    if first.clock == "notify":
        return [(TOLD[0], gettext("%(day)s前告知您（%(basis)s）。") % day), LAST[kind]]
    sent = gettext("%(day)s前转给有权处理的单位（%(basis)s）。") % day
    return [(_("转送或交办"), sent), TOLD, LAST[kind]]


def _first_period(found: Matter) -> Deadline | None:
    """Return the period that runs from the registration: to forward, or to tell who came to the unit itself."""
    return next((one for one in deadlines_of(found.case) if one.clock in {"forward", "notify"}), None)
