"""What can happen to a request."""

from dataclasses import dataclass

from gongzhi.kernel.events.publish import Event


@dataclass(frozen=True, kw_only=True)
class RequestReceived(Event):
    """A request was registered, whichever door it came through."""

    key = "hotline.request.received"


@dataclass(frozen=True, kw_only=True)
class RequestSplit(Event):
    """A message told of two matters: this request is the second, beside the *first* by its number."""

    key = "hotline.request.split"
    first: str


@dataclass(frozen=True, kw_only=True)
class RequestDispatched(Event):
    """A request was given to a unit."""

    key = "hotline.request.dispatched"
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class RequestReturned(Event):
    """A unit refused a dispatch; after the second refusal an arbiter decides."""

    key = "hotline.request.returned"
    reason: str
    disputed: bool


@dataclass(frozen=True, kw_only=True)
class RequestExtended(Event):
    """The head of the unit extended the handling period."""

    key = "hotline.request.extended"


@dataclass(frozen=True, kw_only=True)
class ProgressReported(Event):
    """The unit told the person how far it is."""

    key = "hotline.request.progress_reported"


@dataclass(frozen=True, kw_only=True)
class ReplySubmitted(Event):
    """A reply waits for the second person."""

    key = "hotline.request.reply_submitted"


@dataclass(frozen=True, kw_only=True)
class RequestReplied(Event):
    """The person has been answered and is asked to rate."""

    key = "hotline.request.replied"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class RequestDiverted(Event):
    """The person was told the right route for a matter that the hotline may not take."""

    key = "hotline.request.diverted"
    route: str


@dataclass(frozen=True, kw_only=True)
class RequestRated(Event):
    """The person, or a call-back, rated the answer from 1 (very dissatisfied) to 5 (very satisfied)."""

    key = "hotline.request.rated"
    grade: int


@dataclass(frozen=True, kw_only=True)
class ReplyContested(Event):
    """The person does not accept the answer."""

    key = "hotline.request.contested"


@dataclass(frozen=True, kw_only=True)
class RequestReopened(Event):
    """A contested or badly rated request is handled again."""

    key = "hotline.request.reopened"
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyUpheld(Event):
    """A different reviewer looked again and kept the answer."""

    key = "hotline.request.upheld"


@dataclass(frozen=True, kw_only=True)
class RequestUrged(Event):
    """The person, or a supervisor, pressed for an answer."""

    key = "hotline.request.urged"
    supervised: bool


@dataclass(frozen=True, kw_only=True)
class UnitsInvited(Event):
    """Other units were asked to help with the answer."""

    key = "hotline.request.units_invited"


@dataclass(frozen=True, kw_only=True)
class RequestTakenBack(Event):
    """A request lay with whom it complains of and went back to the centre."""

    key = "hotline.request.taken_back"


@dataclass(frozen=True, kw_only=True)
class RequestTakenDown(Event):
    """A request that everybody could read is shown to the public no longer."""

    key = "hotline.request.taken_down"
