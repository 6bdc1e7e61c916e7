"""What can happen to a person's request about their own data."""

from dataclasses import dataclass

from gongzhi.kernel.events.publish import Event


@dataclass(frozen=True, kw_only=True)
class RightsRequestReceived(Event):
    """A request was registered."""

    key = "personal_information.rights_request.received"


@dataclass(frozen=True, kw_only=True)
class RightsRequestAssigned(Event):
    """A request was given to a unit."""

    key = "personal_information.rights_request.assigned"
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class PersonProved(Event):
    """It is certain that the person themselves asks; the head of the unit decides."""

    key = "personal_information.rights_request.proved"


@dataclass(frozen=True, kw_only=True)
class RightsRequestGranted(Event):
    """What was asked is done, or will be on a day that is told."""

    key = "personal_information.rights_request.granted"
    right: str


@dataclass(frozen=True, kw_only=True)
class RightsRequestRefused(Event):
    """What was asked is not done; the person is told why, by which article, and where to turn."""

    key = "personal_information.rights_request.refused"
    reason: str
