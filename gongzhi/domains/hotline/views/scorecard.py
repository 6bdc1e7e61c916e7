"""How units fared with requests in a period: counts with their denominators, town and country side by side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.forms.official import PeriodForm
from gongzhi.domains.hotline.queries.integrity import to_be_checked
from gongzhi.domains.hotline.queries.scorecard import OUTCOMES, Score, returns_of, scores
from gongzhi.domains.hotline.views.integrity import scorecard_tabs
from gongzhi.insight.statistics.hiding import covered
from gongzhi.insight.statistics.measures import FEW, GRADES, RATES, Measure
from gongzhi.web import charts
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.forms import FIVE_GRADES

USUAL: Final = timedelta(days=30)
PLACES: Final = (("urban", _("城镇")), ("rural", _("乡村")))
COLUMNS: Final = (
    _("收到"),
    _("已答复"),
    _("按期"),
    _("超期"),
    _("退回"),
    _("已解决"),
    _("已解释"),
    _("不予支持"),
    *(words for _grade, words in FIVE_GRADES),
    *(rate.label for rate in RATES),
    _("其中待核实"),
)
#: The places of the columns whose sum stands in the table too: in time and late; outcomes, of which the first has its share; grades,
#: the first three of which have.
KNOWN_SUMS: Final = ((2, 3), (5, 6, 7), (6, 7), (8, 9, 10, 11, 12), (8, 9, 10), (11, 12))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``inside`` says that the reader belongs to the unit and sees small counts.

    `doubted` of the requests an undecided finding rests on; the rates stay as they are.
    """

    name: str
    parts: Sequence[Score]
    returns: int | None
    inside: bool
    doubted: int | None = None

    @property
    def counts(self) -> list[int | None]:
        """Every count in the order of the columns, without the share."""
        parts = self.parts
        late = sum(part.late for part in parts)
        received = sum(part.received for part in parts)
        outcomes = [sum(part.outcomes[place] for part in parts) for place in range(3)]
        return [
            received,
            sum(part.replied for part in parts),
            received - late,
            late,
            self.returns,
            *outcomes,
            *self.grades,
        ]

    @property
    def grades(self) -> list[int]:
        """How often each grade was given, the best first."""
        return [sum(part.grades[place] for part in self.parts) for place in range(5)]

    @property
    def rated(self) -> dict[str, int]:
        """What the rates are made of, by the names of the measures."""
        outcomes = {name: sum(p.outcomes[place] for p in self.parts) for place, name in enumerate(OUTCOMES)}
        response = {
            name: sum(getattr(part, name) for part in self.parts) for name in ("responded", "response_due")
        }
        return {**outcomes, **response, **dict(zip(GRADES, self.grades, strict=True))}

    @property
    def cells(self) -> list[str]:
        """What is shown: small counts of others are hidden, a share always with what it is a share of."""
        hidden = frozenset() if self.inside else self._hidden
        counts = ("—" if place in hidden else self._shown(count) for place, count in enumerate(self.counts))
        return [*counts, *(self._share(rate) for rate in RATES), self._shown(self.doubted)]

    @property
    def _hidden(self) -> frozenset[int]:
        """The columns of counts that are not shown lest a small one be found by subtracting them; small ones are shown as such."""
        told = {place: count for place, count in enumerate(self.counts) if count}
        few = {place for place, count in told.items() if count < FEW}
        return covered(told, few, [[place for place in part if place in told] for part in KNOWN_SUMS]) - few

    @property
    def labelled(self) -> list[tuple[Any, str]]:
        """The cells with their columns, which a phone shows beside each."""
        return list(zip(COLUMNS, self.cells, strict=True))

    def _shown(self, count: int | None) -> str:
        if count is None:
            return "—"
        return f"<{FEW}" if 0 < count < FEW and not self.inside else str(count)

    def _share(self, rate: Measure) -> str:
        counts = self.rated
        value, number = rate.of(counts), rate.number(counts)
        if value is None:
            return "—"
        top = sum(counts[name] for name in rate.top)
        if not self.inside and (rate.tells_of_few(counts) or 0 < top < FEW or 0 < number - top < FEW):
            return f"<{FEW}" if number < FEW else "—"
        return f"{value:.0f}%（{top}/{number}）"


class Scorecard(StaffPage):
    """The scorecard of the units in the actor's reach; the period is part of the address."""

    template_name = "hotline/official/scorecard.html"
    section = "official:scorecard"
    may_lag = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count, hide what is too small, draw."""
        form = PeriodForm(self.request.GET or None)
        start, end = self._period(form)
        found = scores(self.actor, start, end, self.now)
        units: dict[int, list[Score]] = defaultdict(list)
        for score in found:
            units[score.unit_id].append(score)
        returned = returns_of(self.actor, units, start, end)
        doubted = to_be_checked(self.actor, units, start, end)
        lines = [
            Line(
                parts[0].unit,
                parts,
                returned.get(unit_id, 0),
                unit_id == self.actor.unit_id,
                doubted.get(unit_id, 0),
            )
            for unit_id, parts in units.items()
        ]
        inside = set(units) <= {self.actor.unit_id}
        places = [
            Line(str(words), [one for one in found if one.urban == place], None, inside)
            for place, words in PLACES
        ]
        return super().get_context_data(
            form=form,
            start=start,
            end=end,
            columns=COLUMNS,
            lines=lines,
            places=[line for line in places if line.parts],
            few=FEW,
            rates=RATES,
            tabs=scorecard_tabs(self.actor, "scorecard"),
            charts=self._charts(lines),
            **kwargs,
        )

    def _period(self, form: PeriodForm) -> tuple[date, date]:
        """Return the days asked for, none to come; thirty days up to today when none were."""
        today = localdate(self.now)
        asked = form.cleaned_data if form.is_valid() else {}
        end = min(asked.get("end") or today, today)
        start = min(asked.get("start") or (end - USUAL if end - date.min > USUAL else date.min), today)
        if start > end:
            start, end = end, start
        form.initial = {"start": start.isoformat(), "end": end.isoformat()}
        return start, end

    def _charts(self, lines: list[Line]) -> list[tuple[str, Any]]:
        """Draw what is not too small to be shown."""
        big = [line for line in lines if line.inside or (line.counts[0] or 0) >= FEW]
        rated = [line for line in big if line.inside or min((n for n in line.grades if n), default=0) >= FEW]
        drawn: list[tuple[str, Any]] = []
        if big:
            big.sort(key=lambda line: -(line.counts[0] or 0))
            items = [(line.parts[0].unit_in_short[:9], float(line.counts[0] or 0)) for line in big[:10]]
            title = gettext("各单位收到的诉求")
            finding = gettext("最多的是%(unit)s") % {"unit": big[0].name}
            drawn.append(
                (title, charts.bars(items, title=title, finding=finding, unit=pgettext("count", "件")))
            )
        if rated := [line for line in rated if sum(line.grades)]:
            names = [str(words) for _grade, words in FIVE_GRADES]
            rows = [(line.parts[0].unit_in_short[:6], [float(n) for n in line.grades]) for line in rated[:10]]
            title, finding = gettext("五档评价"), gettext("从非常满意到非常不满意")
            drawn.append((title, charts.rating_bars(rows, names, title=title, finding=finding)))
        return drawn
