"""The faults: what is broken, how, and for how long."""

import random
import signal
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.faults_gateway import Gateway, Mood
from benchmarks.faults_house import House


@dataclass
class Scene:
    """What can be broken, and the chance by which it is chosen."""

    house: House
    gateway: Gateway
    chance: random.Random


@dataclass(frozen=True)
class Kind:
    """One kind of fault: how it begins, how it ends by itself, and between which seconds it lasts."""

    name: str
    begin: Callable[[Scene], None]
    end: Callable[[Scene], None] = lambda scene: None
    lasts: tuple[float, float] = (0.0, 0.0)


def _kill_web(scene: Scene) -> None:
    scene.house.kill(scene.chance.choice(scene.house.web_processes()))


def _kill_worker(scene: Scene) -> None:
    workers = sorted(name for name in scene.house.running if name != "web")
    scene.house.kill(scene.house.running[scene.chance.choice(workers)].pid)


def _kill_backend(scene: Scene) -> None:
    backends = scene.house.backends()
    if backends:  # PostgreSQL then ends all others too, since shared memory may be broken
        scene.house.kill(scene.chance.choice(backends))


def _to_postmaster(how: signal.Signals) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        process = scene.house.server.process
        if process is not None:
            scene.house.kill(process.pid, how)

    return act


def _mood(mood: Mood) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        scene.gateway.mood = mood

    return act


def _gateway(name: str, mood: Mood) -> Kind:
    return Kind(name, _mood(mood), _mood(Mood.WELL), (2.0, 5.0))


DISK_FULL = Kind(
    "documents disk full",
    lambda scene: scene.house.fill_disk(),
    lambda scene: scene.house.empty_disk(),
    (2.0, 4.0),
)
KINDS = (
    Kind("web process killed", _kill_web),
    Kind("worker killed", _kill_worker),
    Kind("database backend killed", _kill_backend),
    Kind("postmaster killed", _to_postmaster(signal.SIGKILL)),
    Kind("database stopped at once", _to_postmaster(signal.SIGQUIT)),
    DISK_FULL,
    _gateway("gateway answers 503", Mood.FAILING),
    _gateway("gateway slow", Mood.SLOW),
    _gateway("gateway times out", Mood.HANGING),
    _gateway("gateway's answer lost", Mood.ANSWER_LOST),
)


def planned(count: int, chance: random.Random, *, small_disk: bool) -> list[Kind]:
    """Choose so many faults by chance: each kind once while there is room, the rest as it comes, in any order."""
    kinds = [kind for kind in KINDS if small_disk or kind is not DISK_FULL]
    chosen = chance.sample(kinds, min(count, len(kinds)))
    chosen += [chance.choice(kinds) for _ in range(count - len(chosen))]
    chance.shuffle(chosen)
    return chosen
