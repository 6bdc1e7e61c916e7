"""The hours in which nobody's telephone is to ring."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from gongzhi.kernel.organisations.local_values import local_value

KEY = "notices.quiet_hours"
DEFAULT = "21:00-08:00"


def quiet_hours(region_code: str, now: datetime) -> tuple[time, time]:
    """Return when the quiet begins and ends in a region; a region writes it as "21:00-08:00"."""
    set_here = local_value(region_code, KEY, timezone.localdate(now))
    begin, _, end = str(set_here.value if set_here else DEFAULT).partition("-")
    return time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())


def earliest(region_code: str, at: datetime, *, urgent: bool = False) -> datetime:
    """Return the first moment from *at* on when a message may be sent; urgent ones do not wait."""
    if urgent:
        return at
    begin, end = quiet_hours(region_code, at)
    local = timezone.localtime(at)
    over_midnight = begin > end
    clock = local.time()
    is_quiet = (clock >= begin or clock < end) if over_midnight else begin <= clock < end
    if not is_quiet:
        return at
    morning = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return morning + timedelta(days=1) if over_midnight and clock >= begin else morning
