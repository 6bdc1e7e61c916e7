"""The ledger of looks at persons: writing a line, and what the person concerned reads of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.access.models import APPROVED, DelayOrder, Export, Look
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.declare.purpose import Purpose
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import ROLE_LABELS
from gongzhi.kernel.registry.api import domain

KEPT = timedelta(days=3 * 365)
LINES_MOST = 2000
WORDS_MOST = 100


@dataclass(slots=True)
class Line:
    """All looks of one day by one post of one unit in one matter for one purpose, as the person reads them."""

    unit: str
    post: str
    why: Words
    case_id: int | None
    first: datetime
    last: datetime
    count: int = 0
    words: list[str] = field(default_factory=list)
    exported: bool = False
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person reads: days with their lines, newest first; how many looks may not be told yet, and until when."""

    days: list[tuple[date, list[Line]]]
    held: int
    held_until: date | None


def declared_purpose(action: str, key: str) -> Purpose:
    """Return the purpose *key* that the domain of *action* declares, or refuse it."""
    found = next((one for one in domain(action).purposes if one.key == key), None)
    if found is None:
        raise NotPossible("请从列表中选择查看用途。")
    return found


def written_purpose(action: str, key: str, words: str) -> tuple[Purpose, str]:
    """Return the declared purpose and the officer's own words: both are needed (个人信息保护法 art. 6)."""
    purpose, said = declared_purpose(action, key), words.replace("\x00", "").strip()
    if len(said) < 2:
        raise NotPossible("请写明查看个人信息的具体理由，例如「电话核实地点」。群众本人能看到这句话。")
    return purpose, said[:WORDS_MOST]


@transaction.atomic(savepoint=False)
def write_look(
    *,
    actor: Actor,
    action: str,
    person_id: int,
    case_id: int | None,
    purpose: Purpose,
    words: str,
    now: datetime,
    export: Export | None = None,
) -> None:
    """Write down in the running transaction that *actor* opened a person: the ledger line and the audit row.

    Both or neither, also for a caller that has no transaction open. Somebody reading about themselves is no look at a
    person; the audit row is written all the same.
    """
    if actor.role is not Role.CITIZEN or actor.person_id != person_id:
        Look.objects.create(
            at=now,
            person_id=person_id,
            case_id=case_id,
            account_id=actor.account_id,
            post_id=actor.post_id,
            role=actor.role.value,
            unit_id=actor.unit_id,
            region_code=actor.region_code,
            purpose=f"{domain(action).key}.{purpose.key}",
            words=words,
            export=export,
        )
    record(
        actor=actor,
        action="person.read" if case_id is not None else "person.search",
        now=now,
        case_id=case_id,
        subject=f"person:{person_id}",
        purpose=f"{purpose.label}：{words}"[:200] if words else str(purpose.label),
        details={"export": export.number} if export else None,
    )


def shown_to_person(person_id: int, *, now: datetime, case_id: int | None = None) -> Shown:
    """Return who looked at a person, of one case or of all, without names of officials; held-back looks only counted.

    With *case_id* the looks that belong to no case, as when a caller was looked up, are told as well.
    """
    looks = Look.objects.filter(person_id=person_id, at__gte=now - KEPT).select_related("unit")
    if case_id is not None:
        looks = looks.filter(Q(case_id=case_id) | Q(case_id=None))
    orders = orders_in_force(person_id, localdate(now))
    told: list[Look] = []
    held, until = 0, None
    for look in looks.order_by("-at", "-pk")[:LINES_MOST]:
        releases = [order.release_on for order in orders if holds_back(order, look)]
        if releases:
            held += 1
            until = max(releases + ([until] if until else []))
        else:
            told.append(look)
    return Shown(_by_day(told), held, until)


def orders_in_force(person_id: int, today: date) -> list[DelayOrder]:
    """Return the approved orders that still hold something back: on the day of release everything is told."""
    return list(
        DelayOrder.objects.filter(person_id=person_id, decision=APPROVED, release_on__gt=today).order_by("pk")
    )


def holds_back(order: DelayOrder, look: Look) -> bool:
    """Say whether an order covers a look: of the ordering unit, within its scope, since its approval."""
    within = order.whole_person or order.case_id == look.case_id
    return within and look.unit_id is not None and order.unit_id == look.unit_id and look.at >= order.since


def purpose_words(key: str) -> Words:
    """Return the words for a purpose as the ledger keeps it; one that is declared no more is shown by its key."""
    word = key.partition(".")[2]
    return next((one.label for one in domain(key).purposes if one.key == word), word)


def _by_day(looks: Iterable[Look]) -> list[tuple[date, list[Line]]]:
    posts = {role.value: str(label) for role, label in ROLE_LABELS.items()}
    days: dict[date, dict[tuple[object, ...], Line]] = {}
    for look in looks:
        lines = days.setdefault(localdate(look.at), {})
        same = look.unit_id, look.role, look.case_id, look.purpose, look.export_id
        if same not in lines:
            lines[same] = Line(
                unit=look.unit.name if look.unit else "",
                post=posts.get(look.role, ""),
                why=purpose_words(look.purpose),
                case_id=look.case_id,
                first=look.at,
                last=look.at,
                exported=look.export_id is not None,
            )
        line = lines[same]
        line.count += 1
        line.first = look.at
        if look.words and look.words not in line.words:
            line.words.append(look.words)
    return [(day, list(lines.values())) for day, lines in days.items()]
