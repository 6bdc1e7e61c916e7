"""How a declared procedure can contradict itself; start-up refuses each of these."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongzhi.kernel.declare.clock import Clock
    from gongzhi.kernel.declare.procedure import Move, Procedure, Stage


def faults_of(procedure: Procedure) -> Iterator[str]:
    """Yield a sentence for each contradiction in *procedure*."""
    known = {s.key for s in procedure.stages} | {e.key for e in procedure.ends}
    if len(known) < len(procedure.stages) + len(procedure.ends):
        yield "two states share a key"
    for stage in procedure.stages:
        yield from _stage_faults(stage, known)
    yield from _unreachable(procedure, known)
    for clock in procedure.clocks:
        yield from _clock_faults(procedure, clock)
    for move in procedure.moves:
        yield from _clock_word_faults(procedure, move)


def _stage_faults(stage: Stage, known: set[str]) -> Iterator[str]:
    if not any(move.to and move.to != stage.key for move in stage.moves):
        yield f"stage {stage.key!r} has no way out"
    if len(stage.by_key) < len(stage.moves):
        yield f"stage {stage.key!r} declares one move twice"
    for move in stage.moves:
        targets = [move.to, move.taken_back, *([move.returned.to] if move.returned else [])]
        for target in targets:
            if target and target not in known:
                yield f"move {move.key!r} leads to {target!r}, which is not declared"
        if not move.rule.roles:
            yield f"move {move.key!r} is open to nobody"


def _unreachable(procedure: Procedure, known: set[str]) -> Iterator[str]:
    reached, frontier = set(), {procedure.first.key}
    while frontier:
        reached |= frontier
        stages = [procedure.stage_by_key[key] for key in frontier if key in procedure.stage_by_key]
        moves = [move for stage in stages for move in stage.moves]
        targets = {m.to for m in moves} | {m.returned.to for m in moves if m.returned}
        frontier = {t for t in targets if t} - reached
    for key in sorted(known - reached):
        yield f"{key!r} can never be reached"


def _clock_faults(procedure: Procedure, clock: Clock) -> Iterator[str]:
    if not clock.rule or not all(since.basis for since in clock.amount.history):
        yield f"clock {clock.key!r} names no rule or no article"
    for stage in clock.stages:
        if stage not in procedure.stage_by_key:
            yield f"clock {clock.key!r} runs in {stage!r}, which is not declared"
    moves = {move.key for move in procedure.moves} | {"open"}
    for word in (*clock.starts, *clock.stops, *clock.bars, *([clock.lapse_move] if clock.lapse_move else [])):
        if word not in moves:
            yield f"clock {clock.key!r} names the move {word!r}, which is not declared"
    if not any(_stops(procedure, clock, stage) for stage in clock.stages):
        yield f"nothing stops the clock {clock.key!r}"


def _stops(procedure: Procedure, clock: Clock, stage_key: str) -> bool:
    stage = procedure.stage_by_key.get(stage_key)
    return stage is not None and any(
        move.key in clock.stops or (move.to and move.to not in clock.stages) for move in stage.moves
    )


def _clock_word_faults(procedure: Procedure, move: Move) -> Iterator[str]:
    for word in (*move.extends, move.pauses, move.resumes):
        if word and word not in procedure.clock_by_key:
            yield f"move {move.key!r} works on the clock {word!r}, which is not declared"
    for word in set(move.extends) & set(procedure.clock_by_key):
        extension = procedure.clock_by_key[word].extension
        if extension is None:
            yield f"move {move.key!r} extends {word!r}, which allows no extension"
        elif extension.approver not in move.rule.roles:
            yield f"move {move.key!r} is not open to the {extension.approver} who approves the extension"
    if move.pauses and move.pauses in procedure.clock_by_key:
        if not procedure.clock_by_key[move.pauses].pauses:
            yield f"move {move.key!r} pauses {move.pauses!r}, which allows no pause"
        if not any(other.resumes == move.pauses for other in procedure.moves):
            yield f"nothing resumes the clock {move.pauses!r}"
