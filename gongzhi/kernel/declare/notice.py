"""The words in which a domain declares whom it tells what, when something has happened."""

import enum
from dataclasses import dataclass


class To(enum.StrEnum):
    """Whom a notice addresses."""

    OPENER = "opener"  # the person whose matter it is
    UNIT = "unit"  # the unit now responsible for the case
    ARBITER = "arbiter"  # the unit that decides disputes over competence
    CENTRE = "centre"  # those who dispatch in the case's region
    HEAD = "head"  # the head of the responsible unit
    NAMED = "named"  # the units that the fact names in its field `units`


class Channel(enum.StrEnum):
    """How a message travels."""

    IN_APP = "in_app"
    SMS = "sms"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """When this event happens, send this template to these people. Urgent ones ignore quiet hours."""

    on: str
    template: str
    to: To
    channels: tuple[Channel, ...] = (Channel.IN_APP,)
    urgent: bool = False
