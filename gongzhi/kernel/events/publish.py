"""Facts: what happened to a case, stored with the change that made it true."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, LiteralString

from psycopg.types.json import Jsonb

from gongzhi.kernel import prepared
from gongzhi.kernel.prepared import Part

_COLUMNS: LiteralString = "key, region_code, case_id, payload, published_at, attempts, last_error"
INSERT: LiteralString = f"INSERT INTO events_outbox ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, 0, '')"
OF_STEP: LiteralString = f"""
    INSERT INTO events_outbox ({_COLUMNS})
    SELECT %s, %s, step.case_id, %s::jsonb, %s::timestamptz, 0, '' FROM step
"""
#: The case of a fact that is told with the step which makes it true.
THE_STEPS = 0


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
        return {name: value for name, value in vars(self).items() if name not in ("case_id", "region_code")}


def publish(event: Event, *, now: datetime) -> None:
    """Store *event* in the running transaction; the worker hands it on once that has committed."""
    prepared.run(INSERT, (event.key, event.region_code, event.case_id, Jsonb(event.payload()), now))


def told(kind: type[Event], *, region_code: str, now: datetime, **fields: Any) -> Part:
    """Return the part of a step's statement that stores the fact which the step makes true."""
    event = kind(case_id=THE_STEPS, region_code=region_code, **fields)
    return Part(OF_STEP, (event.key, region_code, Jsonb(event.payload()), now))
