"""What happened to the matters of a simulated slice by the end of the year: steps taken, periods, what is due next."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gongzhi.project.simulate.drawing import BAD, DAY, NEVER, Seconds, Slice, Year
from gongzhi.project.simulate.packing import text
from gongzhi.project.simulate.periods import day_of, ends
from gongzhi.project.simulate.world import World


@dataclass(frozen=True)
class Taken:
    """One step that can be taken: its words, who takes it, and which matters have taken it by the end of the year."""

    move: str
    before: bytes
    stage: str
    role: str
    at: Seconds
    done: npt.NDArray[np.bool_]
    who: npt.NDArray[np.int64] | None = None
    unit: npt.NDArray[np.int64] | None = None


class Course:
    """What happened to the matters of one slice. `end` is the last second of the year: nothing later has happened."""

    def __init__(self, world: World, year: Year, drawn: Slice, first_number: int) -> None:
        self.world, self.year, self.drawn = world, year, drawn
        self.begun = datetime(year.start.year, year.start.month, year.start.day)
        self.end = 365 * DAY
        self.county = world.county[drawn.region]
        self.ids = world.keys[self.county] + first_number + drawn.number
        self.bureau = world.bureau[drawn.kind]
        self.unit = world.units[self.county, self.bureau]
        self.region = world.regions[drawn.region]

    @cached_property
    def steps(self) -> list[Taken]:
        """Every step in the order in which it can be taken."""
        times, county, bureau = self.drawn.times, self.county, self.bureau
        handler, head = self.world.handlers[county, bureau], self.world.heads[county, bureau]
        dispatcher, caller = self.world.dispatchers[county], self.world.callers[county]
        centre, bad = self.world.centres[county], self.drawn.grade <= BAD
        again = times["return"] != NEVER
        at_once = times["answer"] != NEVER

        def taken(
            key: str,
            move: str,
            before: str,
            stage: str,
            role: str,
            which: npt.NDArray[np.bool_] | None = None,
            **by: Any,
        ) -> Taken:
            at = times[key]
            done = at < self.end
            return Taken(move, text(before), stage, role, at, done if which is None else done & which, **by)

        rated = times["rate"] < self.end
        office: dict[str, Any] = {"who": handler, "unit": self.unit}
        return [
            taken("open", "open", "", "received", "citizen"),
            taken(
                "dispatch", "dispatch", "received", "dispatched", "dispatcher", who=dispatcher, unit=centre
            ),
            taken("return", "return", "dispatched", "received", "handler", again, **office),
            taken(
                "dispatch_again",
                "dispatch",
                "received",
                "dispatched",
                "dispatcher",
                who=dispatcher,
                unit=centre,
            ),
            taken("accept", "accept", "dispatched", "handling", "handler", **office),
            taken("extend", "extend", "handling", "handling", "head", who=head, unit=self.unit),
            taken("reply", "reply", "handling", "replied", "handler", **office),
            taken("answer", "answer", "received", "replied", "call_taker", at_once, who=caller, unit=centre),
            taken("rate", "rate", "replied", "rated", "citizen", ~bad),
            taken("rate", "rate_badly", "replied", "dissatisfied", "citizen", bad),
            taken("revisit", "revisit", "dissatisfied", "rated", "call_taker", who=caller, unit=centre),
            taken("close", "close", "rated", "closed", "system", rated),
            taken("close", "close", "replied", "closed", "system", ~rated),
        ]

    @cached_property
    def numbers(self) -> npt.NDArray[np.int64]:
        """The number of each step in its matter: rows as `steps`, columns as the matters."""
        found: npt.NDArray[np.int64] = np.cumsum([step.done for step in self.steps], axis=0)
        return found

    @cached_property
    def stage(self) -> npt.NDArray[np.int64]:
        """Which step each matter has taken last."""
        done = np.array([step.done for step in self.steps])
        found: npt.NDArray[np.int64] = len(self.steps) - 1 - np.argmax(done[::-1], axis=0)
        return found

    def happened(self, name: str) -> npt.NDArray[np.bool_]:
        """Say of each matter whether something has happened by the end of the year."""
        return self.drawn.times[name] < self.end

    @cached_property
    def replied(self) -> Seconds:
        """When each matter was answered; NEVER while it is not."""
        return np.minimum(self.drawn.times["reply"], self.drawn.times["answer"])

    @cached_property
    def due(self) -> dict[str, Seconds]:
        """The periods: when each ends, in seconds of the year."""
        times = self.drawn.times
        longer = self.happened("extend")
        five, ten = self._days("answer", 5), self._days("answer", 10)

        def office(start: Seconds) -> Seconds:
            begun = day_of(start)
            return np.where(longer, ten[begun], five[begun])

        return {
            "dispatch": times["open"] + DAY,
            "promise": office(times["open"]),
            "answer": office(times["dispatch"]),
            "answer_again": office(times["dispatch_again"]),
            "sent_back": times["return"] + DAY,
            "return": times["dispatch"] + DAY,
            "return_again": times["dispatch_again"] + DAY,
            "voice": self._days("voice", 15)[day_of(self.replied)],
            "voice_again": self._days("voice", 15)[day_of(times["revisit"])],
            "revisit": self._days("revisit", 1)[day_of(times["rate"])],
        }

    def _days(self, clock: str, amount: int) -> Seconds:
        """Return for each day of the year on which a period begins the second at which it ends."""
        return ends(self.begun, amount, self.world.declared.clock_by_key[clock].counting)

    @cached_property
    def warned_of(self) -> dict[str, Seconds]:
        """The periods of the clocks of which a warning comes a day before."""
        known = self.world.declared.clock_by_key
        return {
            key: ends if known[key].warnings else np.full_like(ends, NEVER)
            for key, ends in self.due.items()
            if key in known
        }

    def next_due(self, due: dict[str, Seconds]) -> Seconds:
        """Return what the office must do next by when, NEVER once it has answered: the earliest clock that runs."""
        waiting = self.replied >= self.end
        given = np.where(self.happened("dispatch"), np.minimum(due["promise"], due["answer"]), NEVER)
        office = np.where(self.happened("dispatch"), given, np.minimum(due["dispatch"], due["promise"]))
        call = self.happened("rate") & (self.drawn.grade <= BAD) & ~self.happened("revisit")
        return np.where(waiting, office, np.where(call, due["revisit"], NEVER))
