"""What runs on a clock: hot issues are gathered from the requests of the last days, and the index of duplicates follows them."""

import time
from datetime import datetime
from typing import Final

from gongzhi.domains.hotline.services.gathering import gather_county
from gongzhi.domains.hotline.services.shelving import follow_requests
from gongzhi.insight.triage.issues import counties_waiting
from gongzhi.kernel.people.actor import SYSTEM

AT_ONCE: Final = 10.0  # seconds that a worker gives to counties that wait


def gather_due(now: datetime) -> int:
    """Gather the counties that wait, for some seconds; return how many. A duty of the worker."""
    until, done = time.monotonic() + AT_ONCE, 0
    for county in counties_waiting("hotline", now):
        gather_county(actor=SYSTEM, region_code=county, now=now)
        done += 1
        if time.monotonic() > until:
            break
    return done


def shelve_due(now: datetime) -> int:
    """Let the index of duplicates follow the open requests; return how many came and went. A duty of the worker."""
    return follow_requests(actor=SYSTEM, now=now)
