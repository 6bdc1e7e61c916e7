"""Which carrier is asked next: each by how well it has done lately; one that fails rests, and is tried with one message.

What a carrier may have is never given to another: an answer that was lost would tell a person twice.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from gongzhi.kernel.notices.models import Carrier
from gongzhi.kernel.notices.sms import Gateway

SMOOTHING: Final = 0.2
IN_A_ROW: Final = 3
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=10)
PROMPT: Final = 10.0  # seconds until a receipt that count as prompt
LEAST: Final = 0.05  # so much a slow or faulty carrier keeps, or nobody would see that it is well again
AFTER_REST: Final = 0.5


@dataclass
class Lane:
    """One carrier in this turn: the gateway, how it has done, and whether it has failed in this turn."""

    gateway: Gateway
    state: Carrier
    failed_now: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether it may be asked: it has not failed in this turn, and is not resting."""
        rests = self.state.shut_until is not None and self.state.shut_until > now
        return not self.failed_now and not rests

    @property
    def is_tried(self) -> bool:
        """Whether it has rested and the next message shows how it is."""
        return self.state.failed >= IN_A_ROW

    @property
    def weight(self) -> float:
        """How much of the messages it gets: less with each fault, and with slow receipts; never nothing."""
        prompt = min(1.0, PROMPT / self.state.delay) if self.state.delay else 1.0
        return max(LEAST, (1 - self.state.errors) ** 2 * prompt)

    def went_well(self) -> None:
        """Note that a message was taken: faults fade; after a rest it begins with half."""
        state = self.state
        if not state.failed and state.errors < 0.001:
            return
        state.errors = AFTER_REST if self.is_tried else state.errors * (1 - SMOOTHING)
        state.failed, state.shut_until = 0, None
        state.save()

    def went_badly(self, now: datetime) -> None:
        """Note a fault; the third in a row begins a rest, each further one a longer one."""
        state, self.failed_now = self.state, True
        state.errors += (1 - state.errors) * SMOOTHING
        state.failed = min(state.failed + 1, IN_A_ROW + 10)
        if state.failed >= IN_A_ROW:
            state.shut_until = now + min(FIRST_REST * 2 ** (state.failed - IN_A_ROW), LONGEST_REST)
        state.save()


class Carriers:
    """The carriers of one turn of sending."""

    def __init__(self, gateways: Mapping[str, Gateway]) -> None:
        known = Carrier.objects.in_bulk(list(gateways))
        self.lanes = {
            name: Lane(gateway, known.get(name) or Carrier(name=name)) for name, gateway in gateways.items()
        }

    def any_open(self, now: datetime) -> bool:
        """Whether any carrier may be asked."""
        return any(lane.is_open(now) for lane in self.lanes.values())

    def ways_for(self, person_id: int, pinned: str, now: datetime) -> list[Lane]:
        """Return whom to ask for a message to a person, the best first.

        The share of a carrier goes by its weight, and a person stays with theirs as long as the weights do, so that
        messages do not overtake each other on two ways. One that has rested comes first, once. A message that a
        carrier may have waits for it.
        """
        if pinned in self.lanes:
            return [lane for lane in (self.lanes[pinned],) if lane.is_open(now)]
        ways = [lane for lane in self.lanes.values() if lane.is_open(now)]
        return sorted(ways, key=lambda lane: (not lane.is_tried, -_rank(lane, person_id)))


def note_receipt(name: str, seconds: float) -> None:
    """Smooth in how long a receipt took: a carrier whose receipts are slow gets less."""
    state, _made = Carrier.objects.get_or_create(name=name)
    state.delay += (seconds - state.delay) * SMOOTHING
    state.save(update_fields=["delay"])


def _rank(lane: Lane, person_id: int) -> float:
    """Return a rank whose largest falls to each carrier as often as its weight says (weighted rendezvous hashing)."""
    drawn = hashlib.blake2b(f"{lane.state.name}:{person_id}".encode(), digest_size=8).digest()
    between = (int.from_bytes(drawn) + 1) / (2**64 + 2)
    return -lane.weight / math.log(between)
