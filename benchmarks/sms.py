"""Short messages when a carrier dies, when one office sends seven times its usual load, and when facts come twice.

All time is counted, none is waited: a turn of sending stands for a second. Two carriers in this process keep the contract
of the real ones (`benchmarks/tests/test_sms.py`). In the first part facts of random matters are handed on, some of them
twice; midway one carrier takes messages without answering for a while, then is gone for good. `lost` is the share that reached
no carrier, `doubled` counts those that reached both or reached one under two references, `out_of_order` those that reached a phone
after a later one. In the second part each office writes at its usual rate, and then one at seven times that:
`others_p95_ratio` is the others' 95th percentile of seconds in the queue over the usual one. The baseline has one carrier
and one queue for all, first in, first out.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from benchmarks.timing import p95
from gongzhi.domains.hotline.events import RequestReceived
from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices.models import Carrier as Health
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.sending import send_due
from gongzhi.kernel.notices.sms import NotTaken, Receipt, Unavailable
from gongzhi.kernel.notices.write import write_messages

NOON: Final = at(5, 6, 9)  # a working day, far from the quiet hours
EVENTS: Final = (600, 10_000)
PEOPLE: Final = (40, 400)
TURNS: Final = (20, 120)
OFFICES, USUAL, BURST, A_TURN = 10, 4, 7, 50
TWICE: Final = 0.3
SILENT_FOR: Final = 4  # messages that the dying carrier takes without an answer
PATIENCE: Final = timedelta(hours=6)


@dataclass
class Wire:
    """What reached the phones, in the order in which the carriers took it: carrier, reference, phone, text."""

    taken: list[tuple[str, str, str, str]] = field(default_factory=list)


@dataclass
class Carrier:
    """A carrier that keeps each reference once; told to, it goes silent and then is gone."""

    name: str
    wire: Wire
    silent: int = 0
    dead: bool = False
    seen: dict[str, Receipt] = field(default_factory=dict)

    def send(self, *, phone: str, text: str, reference: str) -> Receipt:
        """Take a message, or fail as told."""
        if self.dead and not self.silent:
            raise NotTaken("no connection")
        if reference not in self.seen:
            self.seen[reference] = Receipt(reference, str(len(self.seen) + 1))
            self.wire.taken.append((self.name, reference, phone, text))
        if self.silent:
            self.silent -= 1
            raise Unavailable("no answer")
        return self.seen[reference]


def run(quick: bool) -> dict[str, object]:
    """Send through both parts, with and without what is measured; `ratio` is the baseline's wait over ours."""
    place = 0 if quick else 1
    with acting(SYSTEM):
        cases = _cases(PEOPLE[place])
        figures = _one_carrier_dies(cases, EVENTS[place], carriers=2)
        alone = _one_carrier_dies(cases, EVENTS[place], carriers=1)
        persons = [case.opened_by_id or 0 for case in cases]
        usual, burst = (_waits(persons, TURNS[place], loud, _of_office) for loud in (1, BURST))
        queue = _waits(persons, TURNS[place], BURST, lambda number: "all")
    figures |= {
        "others_p95_ratio": round(burst / usual, 2),
        "others_p95_s": round(burst, 2),
        "events": EVENTS[place],
    }
    baseline = {
        **{f"one_carrier_{name}": figure for name, figure in alone.items()},
        "usual_p95_s": round(usual, 2),
        "one_queue_p95_s": round(queue, 2),
        "one_queue_p95_ratio": round(queue / usual, 2),
    }
    return {"name": "sms", "figures": figures, "baseline": baseline, "ratio": round(queue / burst, 2)}


def _cases(people: int) -> list[Case]:
    """Have each of some people ask for something."""
    county = County()  # type: ignore[no-untyped-call]
    asked = [county.submit(NOON, phone=f"139{number:08d}") for number in range(people)]  # type: ignore[no-untyped-call]
    Outbox.objects.all().delete()
    return list(Case.objects.filter(pk__in=[one.pk for one in asked]).order_by("pk"))


def _one_carrier_dies(cases: list[Case], events: int, carriers: int) -> dict[str, object]:
    """Hand on facts of random matters, some twice, and send on while a carrier dies midway."""
    _empty()
    chance, wire = random.Random(events), Wire()
    ways = {name: Carrier(name, wire) for name in ("first", "second")[:carriers]}
    now, written, died = NOON, 0, False
    while written < events or (_is_left() and now < NOON + PATIENCE):
        if written < events:
            written += _happen(chance, cases, min(20, events - written), now)
        if written >= events // 2 and not died:
            ways["first"].silent, ways["first"].dead, died = SILENT_FOR, True, True
        send_due(now, ways, limit=A_TURN)
        now += timedelta(seconds=1) if written < events else timedelta(seconds=30)
    return _found(wire, events)


def _happen(chance: random.Random, cases: list[Case], count: int, now: datetime) -> int:
    """Store some facts and hand them on; a part of them again, as after a crash."""
    for _ in range(count):
        case = chance.choice(cases)
        fact = Outbox.objects.create(
            key=RequestReceived.key,
            region_code=case.region_code,
            case_id=case.pk,
            payload={},
            published_at=now,
        )
        for _again in range(2 if chance.random() < TWICE else 1):
            with transaction.atomic():
                write_messages(fact, now=now)
    return count


def _found(wire: Wire, events: int) -> dict[str, object]:
    """Compare what reached the phones with what happened; a reference ends with the number of its message."""
    to_each = Counter(reference for _carrier, reference, _phone, _text in wire.taken)
    facts = dict(Message.objects.filter(channel="sms").values_list("pk", "event_id"))
    told = Counter(facts[_number(reference)] for reference in to_each)
    in_order: dict[str, list[int]] = defaultdict(list)
    for _carrier, reference, phone, _text in wire.taken:
        in_order[phone].append(_number(reference))
    late = sum(
        number < max(numbers[:at_])
        for numbers in in_order.values()
        for at_, number in enumerate(numbers)
        if at_
    )
    return {
        "lost": round((events - len(told)) / events, 4),
        "doubled": to_each.total() - len(to_each) + told.total() - len(told),
        "out_of_order": late,
    }


def _number(reference: str) -> int:
    return int(reference.rpartition("-")[2])


def _waits(persons: list[int], turns: int, loud: int, office: Callable[[int], str]) -> float:
    """Return the 95th percentile of seconds that messages wait, without those of office 0, which writes *loud* times as many.

    Within a turn a message waits by its place in it, for a carrier takes so many a second.
    """
    _empty()
    wire, waits = Wire(), []
    way, due, seen = Carrier("first", wire), {}, 0
    for turn in range(turns):
        now = NOON + timedelta(seconds=turn)
        due |= {pk: (turn, number) for pk, number in _write(persons, loud, office, now)}
        send_due(now, {"first": way}, limit=A_TURN)
        for place, (_name, reference, _phone, _text) in enumerate(wire.taken[seen:], start=1):
            begun, number = due.pop(_number(reference))
            if number:
                waits.append(turn - begun + place / A_TURN)
        seen = len(wire.taken)
    waits += [float(turns - begun) for begun, number in due.values() if number]  # still waiting at the end
    return p95(waits)


def _write(
    persons: list[int], loud: int, office: Callable[[int], str], now: datetime
) -> list[tuple[int, int]]:
    """Write what the offices write in a second, all mixed; return the number of each message and of its office."""
    numbers = [number for number in range(OFFICES) for _ in range(USUAL * (loud if number == 0 else 1))]
    random.Random(now.timestamp()).shuffle(numbers)
    rows = [
        Message(
            event_id=int(now.timestamp()) * 1000 + place,
            recipient=f"bench:{place}",
            channel="sms",
            person_id=_one_of(persons[number::OFFICES], place),
            region_code="410523",
            office=office(number),
            text="【12345热线】您的诉求已登记。",
            written_at=now,
            next_try_at=now,
        )
        for place, number in enumerate(numbers)
    ]
    return [(row.pk, number) for row, number in zip(Message.objects.bulk_create(rows), numbers, strict=True)]


def _one_of(persons: list[int], place: int) -> int:
    """Return one of those whom an office writes to: each has people of its own."""
    return persons[place % len(persons)]


def _of_office(number: int) -> str:
    return f"unit:{number}"


def _is_left() -> bool:
    return Message.objects.filter(channel="sms", state=Message.State.QUEUED).exists()


def _empty() -> None:
    Message.objects.all().delete()
    Outbox.objects.all().delete()
    Health.objects.all().delete()
