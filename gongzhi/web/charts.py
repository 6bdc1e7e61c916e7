"""Charts and maps as SVG drawn on the server: colours by class, a title and a finding in words for every one."""

import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from gongzhi.kernel.organisations.shapes import CountyShapes

ROW: Final = 30


def figure(value: float) -> str:
    """A number as people read it: thousands separated, at most one decimal."""
    return f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:.1f}"


def _drawing(
    width: float, height: float, body: str, *, title: str, finding: str, kind: str = "", role: str = "img"
) -> SafeString:
    """Wrap the marks with size, title and description."""
    number = zlib.crc32(f"{title}|{finding}".encode())
    classes = f"c-chart {kind}".strip()
    return mark_safe(  # nosec B308 B703 # noqa: S308 every text in body was escaped by its caller
        f'<svg class="{classes}" viewBox="0 0 {width:g} {height:g}" role="{role}" '
        f'aria-labelledby="chart-{number}-t" aria-describedby="chart-{number}-d">'
        f'<title id="chart-{number}-t">{escape(title)}</title>'
        f'<desc id="chart-{number}-d">{escape(finding)}</desc>{body}</svg>'
    )


def sparkline(values: Sequence[float], tone: str = "") -> SafeString:
    """A small line without axes beside a figure; at least two values, tones: empty, ok, warn."""
    width, height = 96, 28
    low, high = min(values), max(values)
    spread = (high - low) or 1
    steps = max(len(values) - 1, 1)
    points = [
        (round(2 + at * (width - 4) / steps, 1), round(height - 3 - (value - low) / spread * (height - 6), 1))
        for at, value in enumerate(values)
    ]
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    last_x, last_y = points[-1]
    tone_class = f" c-chart--{tone}" if tone else ""
    return mark_safe(  # nosec B308 B703 # noqa: S308 numbers only
        f'<svg class="c-chart c-chart--spark{escape(tone_class)}" viewBox="0 0 {width} {height}" aria-hidden="true" '
        f'focusable="false"><path class="area" d="{line}L{last_x:g} {height}L{points[0][0]:g} {height}z"/>'
        f'<path class="line" d="{line}"/><circle class="dot" cx="{last_x:g}" cy="{last_y:g}" r="2.4"/></svg>'
    )


def lines(
    days: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], *, title: str, finding: str
) -> SafeString:
    """Up to three lines over the same days, from zero; each day tells its figures when it is pointed at."""
    width, height, left, right, top, bottom = 560, 230, 44, 14, 14, 26
    most = max((value for _name, values in series for value in values), default=0) or 1
    step = _round_step(most / 4)
    marks = [step * number for number in range(int(-(-most // step)) + 1)]
    across = (width - left - right) / max(len(days) - 1, 1)

    def x(at: int) -> float:
        return round(left + at * across, 1)

    def y(value: float) -> float:
        return round(top + (height - top - bottom) * (1 - value / marks[-1]), 1)

    body = [
        f'<path class="grid" d="M{left} {y(mark):g}H{width - right}"/>'
        f'<text class="axis" x="{left - 6}" y="{y(mark) + 4:g}" text-anchor="end">{figure(mark)}</text>'
        for mark in marks
    ]
    every = max(1, -(-len(days) // 7))
    body += [
        f'<text class="axis" x="{x(at):g}" y="{height - 7}" text-anchor="middle">{escape(day)}</text>'
        for at, day in enumerate(days)
        if at % every == 0
    ]
    for number, (_name, values) in enumerate(series):
        path = "L".join(f"{x(at):g} {y(value):g}" for at, value in enumerate(values))
        body.append(f'<path class="line s{number}" d="M{path}"/>')
    for at, day in enumerate(days):
        said = " ".join([day, *(f"{name} {figure(values[at])}" for name, values in series)])
        body.append(
            f'<rect class="hit" x="{x(at) - across / 2:.1f}" y="{top}" width="{across:.1f}"'
            f' height="{height - top - bottom}"><title>{escape(said)}</title></rect>'
        )
    return _drawing(width, height, "".join(body), title=title, finding=finding)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not below *least*."""
    power = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    return max(1.0, next(power * one for one in (1, 2, 2.5, 5, 10) if least <= power * one))


def bars(
    items: Sequence[tuple[str, float]],
    *,
    title: str,
    finding: str,
    unit: str = "",
    marked: frozenset[str] = frozenset(),
) -> SafeString:
    """Horizontal bars with their values, longest first as given; ``marked`` names stand out."""
    width, label_width = 560, 112
    most = max((value for _name, value in items), default=0) or 1
    room = width - label_width - 64
    body = []
    for at, (name, value) in enumerate(items):
        top = at * ROW + 4
        length = max(2.0, room * value / most)
        high = " is-high" if name in marked else ""
        body.append(
            f"<g><title>{escape(name)} {figure(value)}{escape(unit)}</title>"
            f'<text class="label" x="{label_width - 10}" y="{top + 17}" text-anchor="end">{escape(name)}</text>'
            f'<rect class="track" x="{label_width}" y="{top + 5}" width="{room}" height="16" rx="3"/>'
            f'<rect class="bar{high}" x="{label_width}" y="{top + 5}" width="{length:.1f}" height="16" rx="3"/>'
            f'<text class="value" x="{label_width + length + 7:.1f}" y="{top + 18}">{figure(value)}</text></g>'
        )
    return _drawing(width, ROW * len(items) + 4, "".join(body), title=title, finding=finding)


def cell_bar(value: float, most: float) -> SafeString:
    """A bar without words for the cell of a table, as long as the value is of the most; the number stands beside it."""
    length = 100 * value / most if most > 0 else 0.0
    return mark_safe(  # nosec B308 B703 # noqa: S308 numbers only
        '<svg class="c-chart c-chart--cell" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="track" width="100" height="8"/><rect class="bar" width="{length:.1f}" height="8"/></svg>'
    )


def rating_bars(
    items: Sequence[tuple[str, Sequence[float]]], grades: Sequence[str], *, title: str, finding: str
) -> SafeString:
    """One 100 % bar for each name, split by grade from best to worst; shares from 6 % up are written inside."""
    width, label_width = 560, 76
    room = width - label_width - 8
    body = []
    for at, (name, counts) in enumerate(items):
        top, x = at * ROW + 4, float(label_width)
        whole = sum(counts) or 1
        body.append(
            f'<text class="label" x="{label_width - 10}" y="{top + 17}" text-anchor="end">{escape(name)}</text>'
        )
        for grade, number in enumerate(counts):
            share = number / whole
            if share <= 0:
                continue
            length = room * share
            inside = (
                f'<text class="kt k{grade}t" x="{x + length / 2:.1f}" y="{top + 17}" text-anchor="middle">{share * 100:.0f}</text>'
                if length > 26
                else ""
            )
            body.append(
                f"<g><title>{escape(name)} {escape(str(grades[grade]))} {share:.1%}</title>"
                f'<rect class="k{grade}" x="{x:.1f}" y="{top + 4}" width="{max(0.0, length - 1):.1f}" height="18"/>{inside}</g>'
            )
            x += length
    return _drawing(width, ROW * len(items) + 4, "".join(body), title=title, finding=finding)


def step_of(value: float | None, breaks: Sequence[float]) -> str:
    """The colour class of a value: m0 below the first break up to m5, mx where nothing is known."""
    return "mx" if value is None else f"m{min(sum(value >= limit for limit in breaks), 5)}"


def county_map(
    shapes: CountyShapes,
    values: Mapping[str, float],
    breaks: Sequence[float],
    *,
    title: str,
    finding: str,
    unit: str = "",
    address: Callable[[str], str] | None = None,
) -> SafeString:
    """A map of the counties coloured in up to six steps; with ``address`` each county is a link.

    The caller shows the legend, the map approval number and the same figures as a table.
    """
    body = ['<g class="counties">']
    for county in shapes.counties:
        value = values.get(county.code)
        said = f"{figure(value)}{unit}" if value is not None else "—"
        path = (
            f'<path class="{step_of(value, breaks)}" d="{escape(county.path)}">'
            f"<title>{escape(county.name)} {escape(said)}</title></path>"
        )
        body.append(f'<a href="{escape(address(county.code))}" tabindex="-1">{path}</a>' if address else path)
    body.append('</g><g class="cities">')
    body.extend(f'<path d="{escape(city.path)}"/>' for city in shapes.cities)
    body.append('</g><g class="names" aria-hidden="true">')
    for city in shapes.cities:
        x, y = city.label_at
        body.append(f'<text x="{x:g}" y="{y:g}">{escape(city.name.removesuffix("市"))}</text>')
    body.append("</g>")
    width, height = (float(part) for part in shapes.view_box.split()[2:])
    return _drawing(
        width,
        height,
        "".join(body),
        title=title,
        finding=finding,
        kind="c-map",
        role="group" if address else "img",
    )
