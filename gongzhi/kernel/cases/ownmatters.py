"""A person's own matter as plain data, for the channels that speak with them; each domain adds what is special about its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gongzhi.kernel.people.actor import Actor, Role

MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMatter:
    """One matter of a person: where it stands, what was answered, and whether they may add to it or rate it now."""

    case_id: int
    person_id: int
    title: str
    stage: str
    opened_at: datetime
    answer_by: datetime | None
    reply: str
    replied_at: datetime | None
    is_live: bool
    may_rate: bool

    @property
    def person(self) -> Actor:
        """Who acts in it: the person, recognised by their phone."""
        return Actor(role=Role.CITIZEN, person_id=self.person_id)
