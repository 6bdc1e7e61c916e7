"""Facts about clocks, which any domain may turn into notices."""

from dataclasses import dataclass

from gongzhi.kernel.events.publish import Event


@dataclass(frozen=True, kw_only=True)
class ClockWarned(Event):
    """A period is about to end, counted on the raw day, and the office has not acted yet."""

    key = "cases.clock.warned"
    procedure: str
    clock: str
    rule: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class ClockLapsed(Event):
    """A period has ended; `lapse` is what the law attaches to it."""

    key = "cases.clock.lapsed"
    procedure: str
    clock: str
    rule: str
    due_at: str
    lapse: str


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(Event):
    """A provisional deadline was counted again, because the holidays of its year are now announced."""

    key = "cases.deadline.moved"
    procedure: str
    clock: str
    due_before: str
    due_at: str
