"""The expression of a question, built from the definition of its measure: the same for every engine that knows Ibis."""

from functools import reduce
from operator import add
from typing import Final

import ibis
import ibis.expr.types as ir

from gongzhi.base.regioncodes import prefix_range
from gongzhi.insight.analysis.questions import PLACES, Question
from gongzhi.insight.statistics.models import COUNTS

#: How Ibis calls units of time; a week begins on Monday in each engine.
_UNITS: Final = {"day": "D", "week": "W", "month": "M"}


def expression(rows: ir.Table, question: Question) -> ir.Table:
    """Return a row for each cell of the question and each of its periods, that before the first one included.

    Columns: what it is split by, `begins` (the first day), the sums of the counts that the measure is made of, `figure`
    (null when nothing happened of which it could speak), and `change` against the period before (null where that has
    no figure).
    """
    measure, low_high = question.measure, prefix_range(question.area)
    asked = rows.filter(
        rows.day.between(question.earliest, question.period.last),
        rows.county >= low_high[0],
        rows.county < low_high[1],
    )
    keys = {name: _key(asked, name) for name in question.keys}
    names = [name for name in COUNTS if name in (*measure.top, *measure.bottom)]
    sums = asked.group_by(begins=_begins(asked, question), **keys).agg(
        **{name: asked[name].sum().cast("int64") for name in names}
    )
    figure = reduce(add, [sums[name] for name in measure.top]).cast("float64")
    if measure.bottom:
        many = reduce(add, [sums[name] for name in measure.bottom])
        figure = ibis.literal(measure.scale, "float64") * figure / many.nullif(0).cast("float64")
    figures = sums.mutate(figure=figure)
    line = ibis.window(group_by=list(question.keys), order_by="begins")
    lagged = figures.mutate(begun=figures.begins.lag(1).over(line), earlier=figures.figure.lag(1).over(line))
    follows = lagged.begun == _before(lagged.begins, question)
    changed = ibis.ifelse(follows, lagged.figure - lagged.earlier, ibis.null("float64"))
    return lagged.mutate(change=changed).drop("begun", "earlier")


def _key(rows: ir.Table, name: str) -> ir.Value:
    return rows.county.substr(0, PLACES[name]) if name in PLACES else rows[name]


def _begins(rows: ir.Table, question: Question) -> ir.Value:
    """Return the first day of the period in which a row falls."""
    if question.time:
        return rows.day.truncate(_UNITS[question.time])
    first = question.period.first
    return ibis.ifelse(
        rows.day >= first, ibis.literal(first, "date"), ibis.literal(question.before(first), "date")
    )


def _before(begins: ir.Value, question: Question) -> ir.Value:
    """Return the first day of the period before."""
    if question.time == "month":
        return (begins - ibis.interval(days=1)).cast("date").truncate("M")
    first = question.period.first
    return (begins - ibis.interval(days=(first - question.before(first)).days)).cast("date")
