"""How much may be sent by form: from one line, which may be a whole village's, and in the name of one phone."""

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from gongzhi.base.phones import plain_phone
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.accounts.origin import counted_address

HOUR: Final = timedelta(hours=1)
SENT_PER_LINE: Final = 60
SENT_PER_PHONE: Final = 10


def count_sent(scope: str, request: HttpRequest, phone: str, key: str, now: datetime) -> None:
    """Count what is sent by a page, for the line it comes from and for the phone; raise Throttled beyond what an hour allows."""
    allow(scope, counted_address(request), SENT_PER_LINE, HOUR, now)
    count_phone(scope, phone, key, now)


def count_phone(scope: str, phone: str, key: str, now: datetime) -> None:
    """Count one more matter for a phone, so that nobody has a stranger's phone flooded with messages; raise Throttled.

    The same sent again, as when the answer did not arrive, is not one more.
    """
    if not is_used(key):
        allow(f"{scope}.phone", plain_phone(phone), SENT_PER_PHONE, HOUR, now)
