"""When something was written, in the ways offices write it."""

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

_HERE: Final = ZoneInfo("Asia/Shanghai")
_WRITTEN: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})日?"
    r"(?:[ T]*(?P<half>上午|下午|AM|PM)? ?(?P<hour>\d{1,2})[:：时点](?:(?P<minute>\d{1,2})(?:[:：分](?P<second>\d{1,2})?)?(?:\.\d+|秒)?)?)?"
)


def moment_in(stated: str) -> datetime | None:
    """Return a moment in the time of China, without a zone: 2019-07-31T16:42:51Z, 2019/7/31 16:42, 2019.7.31, 2019年7月31日下午4时42分, 20190731.

    Nothing for anything else.
    """
    stated = " ".join(stated.split())
    try:
        found = datetime.fromisoformat(stated)
    except ValueError:
        return _as_written(stated)
    return found.astimezone(_HERE).replace(tzinfo=None) if found.tzinfo else found


def _as_written(stated: str) -> datetime | None:
    found = _WRITTEN.fullmatch(stated)
    if found is None:
        return None
    year, month, day, hour, minute, second = (
        int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    late = found["half"] in ("下午", "PM") and hour < 12
    try:
        return datetime(year, month, day, hour + 12 * late, minute, second)  # noqa: DTZ001 as written
    except ValueError:
        return None
