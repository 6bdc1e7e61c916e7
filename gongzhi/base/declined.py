"""The ways in which the house declines what a person asked for, each with a sentence for that person."""

from __future__ import annotations

from collections.abc import Sequence


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translators and give it back unchanged; whoever shows it translates it."""
    return text


class Declined(Exception):
    """Something a person asked for is refused; the message is for that person and says the next step.

    ``message`` is a sentence, plain or lazily translated, with ``%(name)s`` where ``values`` are put in. Whoever
    shows it may translate ``message`` first and put the ``values`` in afterwards; ``str`` puts them in as it stands.
    """

    status = 400

    def __init__(self, message: object, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.values if self.values else text


class NotAllowed(Declined):
    """The actor may not do or see this (HTTP 403)."""

    status = 403


class NotPossible(Declined):
    """The actor may, but what was sent or the state of the matter does not allow it (HTTP 422)."""

    status = 422


class NeedsReason(NotPossible):
    """What was sent leaves something open; `points` says what, in words. Sent again with a reason, it is taken."""

    def __init__(self, message: object, points: Sequence[object]) -> None:
        super().__init__(message)
        self.points = points


class Conflict(NotPossible):
    """The same idempotency key came back with another content (HTTP 409)."""

    status = 409
