"""Turns the matters of a slice into rows of each table, as they stand when the year ends."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gongzhi.project.simulate.course import Course, Taken
from gongzhi.project.simulate.drawing import BAD, CHANNELS, DAY, NEVER, OUTCOMES, Seconds
from gongzhi.project.simulate.packing import (
    NULL,
    big,
    boolean,
    days,
    empty_array,
    integer,
    jsonb,
    moments,
    packed,
    small,
    text,
)
from gongzhi.project.simulate.periods import day_of, groups, only
from gongzhi.project.simulate.world import MARK
from gongzhi.project.simulate.year import KINDS

VARCHAR, BIGINT = 1043, 20
TABLES: Final = {
    "cases_case": "id, procedure, version, stage, title, category_id, region_code, unit_id, involved_units, channel,"
    " opened_at, opened_by_id, query_code, flags, sealed, public, steps_taken, returns, due_at, warn_at, outcome, closed_at",
    "cases_step": "case_id, number, move, from_stage, to_stage, at, role, person_id, account_id, post_id, unit_id,"
    " answers, key, fingerprint",
    "cases_deadline": "case_id, clock, rule, kind, binds_office, unit_id, amount, counting, basis, started_at, due_at,"
    " raw_on, provisional, warn_at, warned_at, lapse_seen_at, pause_reason, extensions, stopped_at, stopped_by",
    "hotline_request": "case_id, kind, text, place, may_publish, reply, replied_at, grade, grade_words, rated_at,"
    " rated_by_call, urged, complained_of, cleared_at",
    "audit_entry": "at, action, role, account_id, person_id, post_id, unit_id, region_code, case_id, subject, purpose,"
    " details",
}
REPLIES: Final = {
    "solved": "已到现场处理，请您查看。",
    "explained": "已说明有关规定和安排，目前还办不了。",
    "rejected": "经核实不符合规定，理由已说明。",
}


class Book(Course):
    """The rows of one slice, table by table."""

    def table(self, name: str) -> bytes:
        """Return all rows of a table."""
        return b"".join(getattr(self, name)())

    def cases_step(self) -> Iterator[bytes]:
        """Yield the steps, and what was said with an answer."""
        for number, step in enumerate(self.steps):
            for which, said in self._said(step):
                rows = np.flatnonzero(step.done & which)
                yield packed(len(rows), self._step(number, step, rows, said))

    def _said(self, step: Taken) -> Iterator[tuple[npt.NDArray[np.bool_], str]]:
        """Yield what is written with a step, and with which matters: an answer has an outcome, a rating its grade."""
        drawn = self.drawn
        if step.move in {"reply", "answer"}:
            yield from ((drawn.outcome == number, _said(outcome)) for number, outcome in enumerate(OUTCOMES))
        elif step.move in {"rate", "rate_badly"}:
            yield from ((drawn.grade == grade, f'{{"grade": {grade}}}') for grade in range(1, 6))
        else:
            yield np.ones(len(drawn.number), dtype=bool), "{}"

    def _step(self, number: int, step: Taken, rows: npt.NDArray[np.int64], said: str) -> list[Any]:
        key = np.empty(len(rows), dtype=[("case", ">u8"), ("step", ">u8")])
        key["case"] = self.ids[rows]
        key["step"] = (self.year.seed << 8) + number
        return [
            *(big(self.ids[rows]), integer(self.numbers[number][rows]), text(step.move), step.before),
            *(text(step.stage), moments(self.begun, step.at[rows]), text(step.role)),
            *(self._who(step, rows)),
            *(jsonb(said), key.view("V16"), b"\x00"),
        ]

    def _who(self, step: Taken, rows: npt.NDArray[np.int64]) -> list[Any]:
        """Return person, account, post and unit of whoever takes a step."""
        person = big(self.drawn.person[rows]) if step.role == "citizen" else NULL
        if step.who is None or step.unit is None:
            return [person, NULL, NULL, NULL]
        who = step.who[rows]
        return [person, big(who[:, 0]), big(who[:, 1]), big(step.unit[rows])]

    def audit_entry(self) -> Iterator[bytes]:
        """Yield the audit rows of matters that are open still; closed ones would be read by nobody here."""
        open_still = ~self.happened("close")
        for step in self.steps:
            rows = np.flatnonzero(step.done & open_still)
            person, account, post, unit = self._who(step, rows)
            yield packed(
                len(rows),
                [
                    *(
                        moments(self.begun, step.at[rows]),
                        text(f"hotline.request.{step.move}"),
                        text(step.role),
                    ),
                    *(
                        account,
                        person,
                        post,
                        unit,
                        self.region[rows],
                        big(self.ids[rows]),
                        b"",
                        b"",
                        jsonb("{}"),
                    ),
                ],
            )

    def cases_deadline(self) -> Iterator[bytes]:
        """Yield each run of each clock; those over before the year ended were stopped."""
        times, replied, bad = self.drawn.times, self.replied, self.drawn.grade <= BAD
        at_once, back = times["answer"] != NEVER, times["return"] != NEVER
        opened, sent, again = times["open"], times["dispatch"], times["dispatch_again"]
        rated_badly = only(times["rate"], bad)
        yield from self._runs("dispatch", "dispatch", only(opened, ~at_once), sent, "dispatch")
        yield from self._runs("dispatch", "dispatch", only(opened, at_once), replied, "answer")
        yield from self._runs("dispatch", "sent_back", times["return"], again, "dispatch")
        yield from self._runs("promise", "promise", only(opened, ~at_once), replied, "reply")
        yield from self._runs("promise", "promise", only(opened, at_once), replied, "answer")
        yield from self._runs("answer", "answer", only(sent, ~back), replied, "reply")
        yield from self._runs("answer", "answer", only(sent, back), times["return"], "return")
        yield from self._runs("answer", "answer_again", again, replied, "reply")
        yield from self._runs("return", "return", only(sent, ~back), times["accept"], "accept")
        yield from self._runs("return", "return", only(sent, back), times["return"], "return")
        yield from self._runs("return", "return_again", again, times["accept"], "accept")
        yield from self._runs("voice", "voice", only(replied, rated_badly == NEVER), times["close"], "close")
        yield from self._runs(
            "voice", "voice", only(replied, rated_badly != NEVER), times["rate"], "rate_badly"
        )
        yield from self._runs("revisit", "revisit", rated_badly, times["revisit"], "revisit")
        yield from self._runs("voice", "voice_again", times["revisit"], times["close"], "close")

    def _runs(self, key: str, due: str, start: Seconds, stop: Seconds, move: str) -> Iterator[bytes]:
        """Yield the runs of one clock that begin at *start* and are stopped at *stop* by *move*."""
        clock, begun, over, ends = (
            self.world.declared.clock_by_key[key],
            start < self.end,
            stop < self.end,
            self.due[due],
        )
        since, binds = clock.amount.at(self.year.start), clock.binds_office
        longer = self.happened("extend") & (key in {"promise", "answer"})
        owned = self.happened("dispatch") & (key != "dispatch")
        late = ends < np.where(over, stop, self.end)
        warned = ends - DAY < np.where(over, stop, self.end)
        for rows, shape in groups(np.stack([begun, over, longer, owned, late, warned])):
            is_begun, is_over, is_longer, has_unit, is_late, is_warned = (bool(one) for one in shape)
            if not is_begun:
                continue
            warn = moments(self.begun, ends[rows] - DAY)
            yield packed(
                len(rows),
                [
                    *(
                        big(self.ids[rows]),
                        text(key),
                        text(clock.rule),
                        text(clock.kind.value),
                        boolean(binds),
                    ),
                    *(big(self.unit[rows]) if has_unit else NULL, integer(int(since.value))),
                    *(text(clock.counting.value), text(since.basis), moments(self.begun, start[rows])),
                    *(moments(self.begun, ends[rows]), days(self.begun, day_of(ends[rows])), boolean(False)),
                    *(warn if clock.warnings else NULL, warn if clock.warnings and is_warned else NULL),
                    *(moments(self.begun, ends[rows]) if is_late else NULL, b"", small(int(is_longer))),
                    *(moments(self.begun, stop[rows]) if is_over else NULL, text(move) if is_over else b""),
                ],
            )

    def cases_case(self) -> Iterator[bytes]:
        """Yield the cases as they stand at the end of the year."""
        drawn = self.drawn
        given, closed = self.happened("dispatch"), self.happened("close")
        due, warned = self.next_due(self.due), self.next_due(self.warned_of)
        answered = self.replied < self.end
        outcome = np.where(answered, drawn.outcome, 3)
        shapes = np.stack(
            [
                drawn.kind,
                drawn.channel,
                outcome,
                self.stage,
                given,
                due != NEVER,
                warned != NEVER,
                drawn.sealed,
                drawn.public & ~drawn.sealed,
            ]
        )
        for rows, shape in groups(shapes):
            kind, channel, ended, last, has_unit, has_due, has_warning, sealed, public = (
                int(one) for one in shape
            )
            is_over = self.steps[last].stage == "closed"
            yield packed(
                len(rows),
                [
                    *(big(self.ids[rows]), text("hotline.request"), text(self.world.declared.version)),
                    *(text(self.steps[last].stage), text(f"【{MARK}】{KINDS[kind].title}")),
                    *(big(int(self.world.categories[kind])), self.region[rows]),
                    *(
                        big(self.unit[rows]) if has_unit else NULL,
                        empty_array(BIGINT),
                        text(CHANNELS[channel]),
                    ),
                    *(moments(self.begun, drawn.times["open"][rows]), big(drawn.person[rows])),
                    *(self._codes(rows), empty_array(VARCHAR), boolean(bool(sealed)), boolean(bool(public))),
                    integer(self.numbers[-1][rows]),
                    small((drawn.times["return"][rows] < self.end).astype(np.int64)),
                    moments(self.begun, due[rows]) if has_due else NULL,
                    moments(self.begun, warned[rows] - DAY) if has_warning else NULL,
                    text(OUTCOMES[ended]) if ended < len(OUTCOMES) else b"",
                    moments(self.begun, drawn.times["close"][rows])
                    if is_over and closed[rows].all()
                    else NULL,
                ],
            )

    def _codes(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
        """Return query codes: the city, then seed and number in eight signs; not to be guessed they need not be here."""
        number = self.drawn.number[rows] + self.year.seed * 10**9
        signs = np.frombuffer(b"23456789ABCDEFGHJKMNPQRSTUVWXYZ", dtype="S1")
        parts = [signs[number // len(signs) ** place % len(signs)] for place in range(7, -1, -1)]
        found = np.empty((len(rows), 12), dtype="S1")
        found[:, :4] = self.region[rows].view("S1").reshape(len(rows), -1)[:, :4]
        found[:, 4:] = np.stack(parts, axis=1)
        return found.view("S12").reshape(-1)

    def hotline_request(self) -> Iterator[bytes]:
        """Yield what was asked, answered and rated."""
        drawn, answered, rated = self.drawn, self.replied < self.end, self.happened("rate")
        shapes = np.stack(
            [drawn.kind, np.where(answered, drawn.outcome, 3), rated, drawn.public & ~drawn.sealed]
        )
        for rows, shape in groups(shapes):
            kind, ended, has_grade, public = (int(one) for one in shape)
            reply = REPLIES[OUTCOMES[ended]] if ended < len(OUTCOMES) else ""
            yield packed(
                len(rows),
                [
                    *(big(self.ids[rows]), text("help"), text(f"【{MARK}】{KINDS[kind].text}"), b""),
                    *(boolean(bool(public)), text(reply)),
                    moments(self.begun, self.replied[rows]) if reply else NULL,
                    small(drawn.grade[rows]) if has_grade else NULL,
                    b"",
                    moments(self.begun, drawn.times["rate"][rows]) if has_grade else NULL,
                    *(boolean(False), small(0), b""),
                    moments(self.begun, self.replied[rows]) if reply and public else NULL,
                ],
            )


def _said(outcome: str) -> str:
    return f'{{"reply": "{REPLIES[outcome]}", "outcome": "{outcome}"}}'
