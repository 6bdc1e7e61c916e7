"""What pages and machines limit alike: guessing codes, and sending in the name of one phone."""

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from gongzhi.domains.hotline.queries.requests import Tracked, request_by_code
from gongzhi.kernel.access.scope import act_as
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.people.throttle import allow, forget
from gongzhi.web.accounts.origin import counted_address
from gongzhi.web.forms import plain

TRIES: Final = 10
PER: Final = timedelta(minutes=15)
FROM_ONE_LINE: Final = 60
SENT_PER_PHONE: Final = 10


def tracked(request: HttpRequest, query_code: str, last_four: str, now: datetime) -> Tracked:
    """Find a request by code and phone; attempts are counted for the code as well as for the caller."""
    code = plain(query_code).upper()
    allow("hotline.track.address", counted_address(request), FROM_ONE_LINE, PER, now)
    allow("hotline.track.code", code, TRIES, PER, now)
    found = request_by_code(code, last_four)
    act_as(found.actor)
    forget("hotline.track.code", code)
    return found


def count_phone(phone: str, key: str, now: datetime) -> None:
    """Count one more request for a phone, so that nobody has a stranger's phone flooded with messages.

    The same request sent again, as when the answer did not arrive, is not one more.
    """
    if not is_used(key):
        allow("hotline.submit.phone", plain(phone), SENT_PER_PHONE, timedelta(hours=1), now)
