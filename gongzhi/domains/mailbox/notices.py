"""Who is told what, when something has happened to a letter."""

from gongzhi.domains.mailbox import events
from gongzhi.kernel.cases.events import ClockLapsed, ClockWarned, DeadlineMoved
from gongzhi.kernel.declare.notice import Channel, Notice, To


def _person(on: str, template: str) -> Notice:
    return Notice(on=on, template=f"mailbox/notices/{template}.txt", to=To.OPENER, channels=(Channel.SMS,))


def _office(on: str, template: str, to: To) -> Notice:
    return Notice(on=on, template=f"mailbox/notices/{template}.txt", to=to)


NOTICES = (
    _person(events.LetterReceived.key, "received"),
    _office(events.LetterReceived.key, "to_read", To.UNIT),
    _office(events.LetterGoesAround.key, "goes_around", To.CENTRE),
    _person(events.LetterTakenIn.key, "taken_in"),
    _office(events.LetterMarked.key, "marked", To.UNIT),
    _person(events.LetterAssigned.key, "assigned"),
    _office(events.LetterAssigned.key, "to_handle", To.UNIT),
    _office(events.AnswerDrafted.key, "to_approve", To.HEAD),
    _person(events.LetterAnswered.key, "answered"),
    _person(events.LetterExtended.key, "extended"),
    _person(events.LetterHandedOver.key, "handed_over"),
    _office(events.LetterSupervised.key, "supervised", To.UNIT),
    _office(ClockWarned.key, "due_soon", To.UNIT),
    _office(ClockLapsed.key, "overdue", To.HEAD),
    _person(DeadlineMoved.key, "due_moved"),
)
