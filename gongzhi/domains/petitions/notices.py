"""Who is told what, when something has happened to a petition."""

from gongzhi.domains.petitions import events
from gongzhi.kernel.cases.events import ClockLapsed, ClockWarned, DeadlineMoved
from gongzhi.kernel.declare.notice import Channel, Notice, To


def _person(on: str, template: str) -> Notice:
    return Notice(on=on, template=f"petitions/notices/{template}.txt", to=To.OPENER, channels=(Channel.SMS,))


def _office(on: str, template: str, to: To) -> Notice:
    return Notice(on=on, template=f"petitions/notices/{template}.txt", to=to)


NOTICES = (
    _person(events.PetitionReceived.key, "received"),
    _office(events.PetitionReceived.key, "to_forward", To.CENTRE),
    _person(events.PetitionForwarded.key, "forwarded"),
    _office(events.PetitionForwarded.key, "to_accept", To.UNIT),
    _person(events.AccusationPassed.key, "passed"),
    _office(events.AccusationPassed.key, "to_accept", To.UNIT),
    _person(events.PetitionAccepted.key, "accepted"),
    _person(events.PetitionDiverted.key, "diverted"),
    _person(events.AcceptanceRefused.key, "not_accepted"),
    _office(events.PetitionObjected.key, "objected", To.CENTRE),
    _office(events.ObjectionDecided.key, "objection_decided", To.UNIT),
    _person(events.PetitionExtended.key, "extended"),
    _person(events.PetitionAnswered.key, "answered"),
    _office(events.OpinionDrafted.key, "to_issue", To.HEAD),
    _person(events.OpinionIssued.key, "issued"),
    _person(events.OpinionServed.key, "served"),
    _person(events.ReviewRequested.key, "review_requested"),
    _office(events.ReviewRequested.key, "to_review", To.UNIT),
    Notice(on=events.PetitionUrgent.key, template="petitions/notices/urgent.txt", to=To.NAMED, urgent=True),
    _office(events.PetitionSupervised.key, "supervised", To.UNIT),
    _office(events.RecommendationMade.key, "recommended", To.UNIT),
    _office(events.PetitionTakenBack.key, "taken_back", To.CENTRE),
    _office(ClockWarned.key, "due_soon", To.UNIT),
    _office(ClockLapsed.key, "overdue", To.HEAD),
    _person(DeadlineMoved.key, "due_moved"),
)
