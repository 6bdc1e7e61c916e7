"""辅助判断的准确率: how often suggestions were chosen, by category, unit, place and month, and whether that has changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.queries.accuracy import label_of_category, names_of_units, suggestions
from gongzhi.domains.hotline.views.integrity import scorecard_tabs
from gongzhi.insight.statistics.measures import FEW
from gongzhi.insight.triage import accuracy
from gongzhi.insight.triage.answers import model_in_use, version_of
from gongzhi.insight.triage.models import Kind
from gongzhi.insight.triage.reply_points import Point
from gongzhi.insight.triage.reply_words import WORDS
from gongzhi.insight.triage.sources import in_words
from gongzhi.kernel.organisations.models import Region
from gongzhi.web.accounts.access import StaffPage

By = accuracy.By
MOST: Final = 30  # lines of a table


@dataclass(frozen=True)
class Table:
    """A table of the page; each line has a name, a number, and a share."""

    title: Any
    lines: list[tuple[Any, str, str]]


class Accuracy(StaffPage):
    """The page of those who supervise, or lead a unit; small numbers are not shown."""

    template_name = "hotline/official/accuracy.html"
    section = "official:scorecard"
    may_lag = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count, compare, and say what the model is."""
        rows = suggestions(self.actor)
        categories, units = rows.filter(kind=Kind.CATEGORY), rows.filter(kind=Kind.UNIT)
        replies = rows.filter(kind=Kind.REPLY)
        by_unit = accuracy.by_column(units, By.CHOSEN)
        names = names_of_units([row.key for row in by_unit])
        places = dict(Region.Urban.choices)
        return super().get_context_data(
            tabs=scorecard_tabs(self.actor, "accuracy"),
            totals=[
                (_("事项类别"), *_shown(accuracy.tally_of(categories))),
                (_("承办单位"), *_shown(accuracy.tally_of(units))),
                (_("重复诉求"), *_shown(accuracy.tally_of(rows.filter(kind=Kind.DUPLICATE)))),
            ],
            drift=accuracy.drift(categories, self.now),
            tables=[
                _table(_("按事项类别"), accuracy.by_column(categories, By.CHOSEN), label_of_category),
                _table(_("按承办单位"), by_unit, lambda key: names.get(key, key)),
                _table(_("按城乡"), accuracy.by_column(categories, By.URBAN), lambda key: places[key]),
                _table(_("按月"), accuracy.by_column(categories, By.MONTH), str),
            ],
            points=[
                (WORDS[Point(row.key)][0], str(row.tally.number) if row.tally else f"<{FEW}")
                for row in accuracy.overridden(replies)
            ],
            reasons=accuracy.frequent_reasons(replies),
            is_empty=not accuracy.tally_of(rows.filter(kind__in=(Kind.CATEGORY, Kind.UNIT))).number,
            card=_card(),
            few=FEW,
            **kwargs,
        )


def _table(title: Any, rows: Iterable[accuracy.Row], named: Callable[[str], Any]) -> Table:
    return Table(title, [(named(row.key), *_shown(row.tally)) for row in list(rows)[:MOST]])


def _shown(tally: accuracy.Tally | None) -> tuple[str, str]:
    """Return number and share as they are shown."""
    if tally is None or 0 < tally.number < FEW:
        return f"<{FEW}", "—"
    return str(tally.number), "—" if tally.share is None else f"{tally.share:.0%}"


def _card() -> list[tuple[Any, Any]]:
    """Return what the model says of itself; nothing where there is none."""
    model = model_in_use()
    if model is None:
        return []
    figures = model.card.get("figures", {})
    return [
        (_("版本"), version_of(model)),
        (_("学自"), in_words(model.card.get("learnt_from", "")) or "—"),
        (_("学了多少条"), model.card.get("messages", "—")),
        (_("类别数"), len(model.categories)),
        (_("准确程度"), _tested(figures.get("macro_f1"))),
    ]


def _tested(score: float | None) -> str:
    """Return the figure of a test on requests that were not learnt from, with what it is."""
    words = gettext("F1 %(score)s（0 到 1，越高越准；各类别平均，用没有学过的诉求测）")
    return "—" if score is None else words % {"score": f"{score:.2f}"}
