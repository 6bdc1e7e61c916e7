"""Who is told what, when something has happened to a request."""

from gongzhi.domains.personal_information import events
from gongzhi.kernel.cases.events import ClockLapsed, ClockWarned
from gongzhi.kernel.declare.notice import Channel, Notice, To


def _person(on: str, template: str) -> Notice:
    name = f"personal_information/notices/{template}.txt"
    return Notice(on=on, template=name, to=To.OPENER, channels=(Channel.SMS,))


def _office(on: str, template: str, to: To) -> Notice:
    return Notice(on=on, template=f"personal_information/notices/{template}.txt", to=to)


NOTICES = (
    _person(events.RightsRequestReceived.key, "received"),
    _office(events.RightsRequestReceived.key, "to_assign", To.CENTRE),
    _office(events.RightsRequestAssigned.key, "assigned", To.UNIT),
    _person(events.PersonProved.key, "proved"),
    _office(events.PersonProved.key, "to_decide", To.HEAD),
    _person(events.RightsRequestGranted.key, "granted"),
    _person(events.RightsRequestRefused.key, "refused"),
    _office(ClockWarned.key, "due_soon", To.UNIT),
    _office(ClockLapsed.key, "overdue", To.HEAD),
)
