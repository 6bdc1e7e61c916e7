"""Start-up checks over everything that the domains declared."""

from collections.abc import Iterator
from importlib import import_module

from django.core.checks import Error

from gongzhi.kernel.declare.domain import Domain
from gongzhi.kernel.declare.procedure import Move, Procedure
from gongzhi.kernel.registry.api import DOMAINS


def declarations_hold(app_configs: object, **kwargs: object) -> list[Error]:
    """Refuse to start with a declaration that contradicts itself, its neighbours or its code."""
    return [
        Error(f"{procedure.key}: {fault}", id="gongzhi.E001")
        for domain in DOMAINS.values()
        for procedure in domain.procedures
        for fault in (*procedure.faults(), *_faults_beyond(domain, procedure))
    ]


def _faults_beyond(domain: Domain, procedure: Procedure) -> Iterator[str]:
    if procedure.key.partition(".")[0] != domain.key:
        yield f"the key does not begin with {domain.key!r}"
    for move in procedure.moves:
        yield from _move_faults(domain, move)


def _move_faults(domain: Domain, move: Move) -> Iterator[str]:
    declared = {p.key for d in DOMAINS.values() for p in d.procedures}
    for word, verb in ((move.hands_to, "hands over to"), (move.opens, "opens cases of")):
        if word and word not in declared:
            yield f"move {move.key!r} {verb} {word!r}, which no domain declares"
    if move.service and not _service_exists(domain.key, move.service):
        yield f"move {move.key!r} names the service {move.service!r}, which does not exist"


def _service_exists(domain_key: str, name: str) -> bool:
    package = f"gongzhi.domains.{domain_key}"
    try:
        return hasattr(import_module(f"{package}.services"), name)
    except ModuleNotFoundError as missing:
        if missing.name in (package, f"{package}.services"):
            return False
        raise
