"""What can happen to a letter."""

from dataclasses import dataclass

from gongzhi.kernel.events.publish import Event


@dataclass(frozen=True, kw_only=True)
class LetterReceived(Event):
    """A letter to an office was registered (信访工作条例 art. 21)."""

    key = "mailbox.letter.received"


@dataclass(frozen=True, kw_only=True)
class LetterGoesAround(Event):
    """A letter complains of the office it is written to, or of whoever had it: those who dispatch have it now (art. 30)."""

    key = "mailbox.letter.goes_around"


@dataclass(frozen=True, kw_only=True)
class LetterTakenIn(Event):
    """The office has read it: the response that is due within a day (GB/T 33358-2016)."""

    key = "mailbox.letter.taken_in"


@dataclass(frozen=True, kw_only=True)
class LetterMarked(Event):
    """The leader has written what should be done (批示)."""

    key = "mailbox.letter.marked"


@dataclass(frozen=True, kw_only=True)
class LetterAssigned(Event):
    """It was given to a unit."""

    key = "mailbox.letter.assigned"
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class LetterReturned(Event):
    """The unit gave it back to the office, for a reason of the list."""

    key = "mailbox.letter.returned"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerDrafted(Event):
    """An answer waits for the head of the unit."""

    key = "mailbox.letter.answer_drafted"


@dataclass(frozen=True, kw_only=True)
class LetterAnswered(Event):
    """The writer has an answer."""

    key = "mailbox.letter.answered"


@dataclass(frozen=True, kw_only=True)
class LetterExtended(Event):
    """The head of the unit extended the period, for a reason that the writer is told."""

    key = "mailbox.letter.extended"


@dataclass(frozen=True, kw_only=True)
class LetterHandedOver(Event):
    """It goes on as a petition or a request, with its words."""

    key = "mailbox.letter.handed_over"
    to: str


@dataclass(frozen=True, kw_only=True)
class LetterSupervised(Event):
    """It was put under supervision."""

    key = "mailbox.letter.supervised"
