"""What pages and machines limit alike: sending in the name of one phone."""

from datetime import datetime, timedelta
from typing import Final

from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.forms import plain

SENT_PER_PHONE: Final = 10


def count_phone(phone: str, key: str, now: datetime) -> None:
    """Count one more request for a phone, so that nobody has a stranger's phone flooded with messages.

    The same request sent again, as when the answer did not arrive, is not one more.
    """
    if not is_used(key):
        allow("hotline.submit.phone", plain(phone), SENT_PER_PHONE, timedelta(hours=1), now)
