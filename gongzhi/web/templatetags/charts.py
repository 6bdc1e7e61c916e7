"""Tags around charts: a sparkline, the legend of a ramp, and the table that tells the same."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from gongzhi.kernel.organisations.shapes import MAP_NUMBER, MAP_SOURCE
from gongzhi.web import charts

register = template.Library()


@register.simple_tag
def sparkline(values: Sequence[float], tone: str = "") -> SafeString:
    """``{% sparkline values "ok" %}``: a small line beside a figure."""
    return charts.sparkline(values, tone)


@register.inclusion_tag("web/parts/legend.html")
def legend(entries: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """``{% legend entries %}``: (class, words) for each colour of a map or of the grades."""
    return {"entries": entries}


@register.inclusion_tag("web/parts/chart_table.html")
def chart_table(summary: Any, columns: Sequence[Any], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """``{% chart_table "以表格查看" columns rows %}``: the figures of a chart as a table that opens."""
    return {"summary": summary, "columns": columns, "rows": rows}


@register.inclusion_tag("web/parts/map_source.html")
def map_source() -> dict[str, Any]:
    """``{% map_source %}``: the approval number that has to stand under every map."""
    return {"approval": MAP_NUMBER, "source": MAP_SOURCE}
