"""Draws how the 95th percentile grows with the number of cases, from what `gongzhi bench province --json` has printed.

python -m benchmarks.curves PRINTED.json docs/handbook/scale.svg
"""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

ACTS = {
    "create": "登记 create",
    "dispatch": "派发 dispatch",
    "track": "查进度 track",
    "case": "事项页 case page",
    "inbox_of_unit": "单位待办 inbox of a unit",
    "inbox_of_province": "全省待办 inbox of the province",
    "search_number": "按编号 search by number",
    "search_words_of_province": "全省搜词 words, province",
    "public_words": "公开答复 public answers",
}
COLOURS = ("#1f5fae", "#c2410c", "#15803d", "#7c3aed", "#0e7490", "#b91c1c", "#4d7c0f", "#a16207", "#475569")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 420, 56, 250, 40, 44
LINES = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)

Curve = Mapping[int, float]


def curves(printed: Mapping[str, Mapping[str, object]]) -> dict[str, Curve]:
    """Return for each act its 95th percentile in milliseconds by the number of cases."""
    figures, baseline = printed["figures"], printed["baseline"]
    measured: dict[int, Mapping[str, object]] = {
        int(str(baseline["cases"])): _plain(baseline),
        int(str(figures["cases"])): _plain(figures),
    }
    for name, each in figures.items():
        if name.startswith("at_") and isinstance(each, dict):
            measured[int(name.removeprefix("at_"))] = each
    return {
        act: {cases: float(str(measured[cases][act])) for cases in sorted(measured)}
        for act in ACTS
        if all(act in each for each in measured.values())
    }


def drawn(found: Mapping[str, Curve], subtitle: str) -> str:
    """Return the picture: both axes by powers, a line for each act with its name at its end."""
    sizes = sorted({cases for curve in found.values() for cases in curve})
    values = [value for curve in found.values() for value in curve.values()]
    low, high = min(values) * 0.8, max(values) * 1.25

    def x(cases: int) -> float:
        first, last = math.log10(sizes[0]), math.log10(sizes[-1])
        return LEFT + (math.log10(cases) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        share = (math.log10(value) - math.log10(low)) / (math.log10(high) - math.log10(low))
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    ends = _apart([y(curve[sizes[-1]]) for curve in found.values()])
    parts = [
        f'<text x="{LEFT}" y="18" font-size="14" font-weight="bold">95% 的操作在多少毫秒内完成 / 95th percentile, ms</text>',
        f'<text x="{LEFT}" y="33" font-size="11" fill="#475569">{escape(subtitle)}</text>',
        *(_grid(value, y(value)) for value in LINES if low < value < high),
        *(
            f'<text x="{x(cases):.0f}" y="{HEIGHT - 22}" font-size="11" text-anchor="middle">{cases:,}</text>'
            for cases in sizes
        ),
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 6}" font-size="11" text-anchor="middle">事项数 / cases</text>',
    ]
    for (act, curve), colour, end in zip(found.items(), COLOURS, ends, strict=False):
        points = " ".join(f"{x(cases):.1f},{y(value):.1f}" for cases, value in curve.items())
        parts += [
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>',
            *(
                f'<circle cx="{x(cases):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>'
                for cases, value in curve.items()
            ),
            f'<text x="{WIDTH - RIGHT + 10}" y="{end + 4:.0f}" font-size="11" fill="{colour}">'
            f"{escape(ACTS[act])} {curve[sizes[-1]]:.0f} ms</text>",
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _plain(figures: Mapping[str, object]) -> dict[str, object]:
    return {
        name.removesuffix("_p95_ms"): value for name, value in figures.items() if name.endswith("_p95_ms")
    }


def _grid(value: float, at: float) -> str:
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="#e2e8f0"/>'
        f'<text x="{LEFT - 6}" y="{at + 4:.1f}" font-size="11" text-anchor="end">{value:,}</text>'
    )


def _apart(wanted: Sequence[float], pitch: float = 15) -> list[float]:
    """Return the heights of the names, moved down where they would cover each other."""
    placed: list[float] = [0.0] * len(wanted)
    last = -math.inf
    for place in sorted(range(len(wanted)), key=lambda place: wanted[place]):
        last = max(wanted[place], last + pitch)
        placed[place] = last
    return placed


def main() -> None:
    """Read what was printed, write the picture."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    printed = json.loads(source.read_text())
    machine = printed["machine"]
    subtitle = f"{machine['cores']} cores, {machine['memory_gib']} GiB, PostgreSQL {machine['postgresql']}"
    target.write_text(drawn(curves(printed), subtitle), encoding="utf-8")


if __name__ == "__main__":
    main()
