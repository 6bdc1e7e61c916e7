"""Codes of administrative areas: 2-4-6-9-12-15 digits, where a prefix is a jurisdiction."""

from __future__ import annotations

from gongzhi.base.declined import NotPossible

PROVINCE, CITY, COUNTY, TOWNSHIP, VILLAGE, GRID = LENGTHS = (2, 4, 6, 9, 12, 15)
LEVELS = ("province", "city", "county", "township", "village", "grid")


def level_of(code: str) -> int:
    """Return 1 for a province to 6 for a grid; raise NotPossible when the code has no lawful length."""
    if not (code.isascii() and code.isdigit() and len(code) in LENGTHS):
        raise NotPossible("地区代码应为 2、4、6、9、12 或 15 位数字。请从列表中选择地区。")
    return LENGTHS.index(len(code)) + 1


def parent_of(code: str) -> str | None:
    """Return the code of the area above, or None for a province."""
    level = level_of(code)
    return code[: LENGTHS[level - 2]] if level > 1 else None


def contains(area: str, code: str) -> bool:
    """Say whether *code* lies in *area*, which may be the same."""
    return area != "" and code.startswith(area)


def prefix_range(code: str) -> tuple[str, str]:
    """Return (low, high) such that every code c within has low <= c < high, compared byte by byte.

    A range uses an ordinary index, where a pattern would not.
    """
    if not (code.isascii() and code.isdigit()):
        raise ValueError(f"{code!r} is no prefix of a region code")
    return code, code[:-1] + chr(ord(code[-1]) + 1)
