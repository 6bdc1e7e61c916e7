"""Facts: what happened to a case, stored with the change that made it true."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from psycopg.types.json import Jsonb

from gongzhi.kernel import prepared

INSERT = """
INSERT INTO events_outbox (key, region_code, case_id, payload, published_at, attempts, last_error)
VALUES (%s, %s, %s, %s, %s, 0, '')
"""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to one case; never changed after it is published.

    A subclass names itself in the past tense and sets `key`, as "hotline.request.answered".
    """

    key: ClassVar[str] = ""
    case_id: int
    region_code: str

    def payload(self) -> dict[str, Any]:
        """Return the fields beyond case and region, as stored in the outbox."""
        return {name: value for name, value in asdict(self).items() if name not in ("case_id", "region_code")}


def publish(event: Event, *, now: datetime) -> None:
    """Store *event* in the running transaction; the worker hands it on once that has committed."""
    prepared.run(INSERT, (event.key, event.region_code, event.case_id, Jsonb(event.payload()), now))
