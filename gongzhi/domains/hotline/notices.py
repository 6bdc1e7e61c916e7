"""Who is told what, when something has happened to a request."""

from gongzhi.domains.hotline import events
from gongzhi.kernel.cases.events import ClockLapsed, ClockWarned, DeadlineMoved
from gongzhi.kernel.declare.notice import Channel, Notice, To


def _person(on: str, template: str) -> Notice:
    return Notice(on=on, template=f"hotline/notices/{template}.txt", to=To.OPENER, channels=(Channel.SMS,))


def _office(on: str, template: str, to: To, urgent: bool = False) -> Notice:
    return Notice(on=on, template=f"hotline/notices/{template}.txt", to=to, urgent=urgent)


NOTICES = (
    _person(events.RequestReceived.key, "received"),
    _office(events.RequestReceived.key, "to_dispatch", To.CENTRE),
    _person(events.RequestSplit.key, "split"),
    _office(events.RequestSplit.key, "to_dispatch", To.CENTRE),
    _office(events.RequestDispatched.key, "dispatched", To.UNIT),
    _office(events.RequestReturned.key, "returned", To.CENTRE),
    _office(events.RequestTakenBack.key, "taken_back", To.CENTRE),
    _person(events.RequestExtended.key, "extended"),
    _person(events.ProgressReported.key, "progress"),
    _office(events.ReplySubmitted.key, "to_review", To.HEAD),
    _person(events.RequestReplied.key, "replied"),
    _person(events.RequestDiverted.key, "diverted"),
    _office(events.RequestRated.key, "rated", To.UNIT),
    _office(events.ReplyContested.key, "contested", To.CENTRE),
    _office(events.RequestReopened.key, "dispatched", To.UNIT),
    _person(events.RequestReopened.key, "reopened"),
    _person(events.ReplyUpheld.key, "upheld"),
    _person(events.RequestTakenDown.key, "taken_down"),
    _office(events.RequestUrged.key, "urged", To.UNIT),
    _office(ClockWarned.key, "due_soon", To.UNIT),
    _office(ClockLapsed.key, "overdue", To.HEAD),
    _person(DeadlineMoved.key, "due_moved"),
    _office(DeadlineMoved.key, "due_moved_office", To.UNIT),
)
