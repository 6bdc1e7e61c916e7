"""How time left until a moment is said in words."""

from __future__ import annotations

from datetime import timedelta

#: (unit in minutes, Chinese, English), the largest first.
UNITS = ((24 * 60, "天", "d"), (60, "小时", "h"), (1, "分", "min"))


def in_words(left: timedelta, language: str = "zh-hans") -> str:
    """Say a time left by its two largest units, such as 6 小时 48 分, 2 天 3 小时, 超期 6 小时.

    Parts of a minute are dropped, so nobody is promised more than there is; the last microsecond of a day counts as
    the full day. Under a minute it says 不到 1 分钟.
    """
    chinese = language.lower().startswith("zh")
    late = left < timedelta(0)
    minutes = (abs(left) + timedelta(microseconds=1)) // timedelta(minutes=1)
    parts: list[str] = []
    for size, chinese_unit, english_unit in UNITS:
        number, rest = divmod(minutes, size)
        if number:
            parts.append(f"{number} {chinese_unit if chinese else english_unit}")
            minutes = rest
        elif parts:
            break
        if len(parts) == 2:
            break
    if chinese and len(parts) == 1:
        parts[0] = parts[0].replace("分", "分钟")  # alone, 分 would be points
    words = " ".join(parts) or ("不到 1 分钟" if chinese else "under 1 min")
    if late:
        return f"超期 {words}" if chinese else f"{words} overdue"
    return words
