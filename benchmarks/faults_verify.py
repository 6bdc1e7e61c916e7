"""What is there after the faults, against what people were told, what the law's clocks ask, and what the gateway took."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from benchmarks.faults_gateway import Handed
from benchmarks.faults_people import Asked
from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.export import check
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.audit.sealing import seal_due, size
from gongzhi.kernel.cases.clocks import started
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.declare.notice import Channel
from gongzhi.kernel.declare.procedure import OPEN
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.documents import store
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.sending import reference_of, send_due
from gongzhi.kernel.notices.sms import Gateway
from gongzhi.kernel.registry.api import domain
from gongzhi.kernel.registry.api import procedure as declared

LONGEST_PAUSES = timedelta(hours=3)  # after which everything that failed is tried again


def settle(gateway: Gateway) -> None:
    """Do what workers would do if one waited until every pause is over: hand on, send, seal, sign."""
    now = timezone.now()
    with acting(SYSTEM):
        while hand_on_due(now + LONGEST_PAUSES):
            pass
        for turn in range(1, 20):
            later = now + turn * LONGEST_PAUSES
            if not Message.objects.filter(state=Message.State.QUEUED).exists():
                break
            while send_due(later, gateway):
                pass
        while seal_due(now):
            pass
        checkpoint_due(now)


def examine(asked: Sequence[Asked], taken: Sequence[Handed]) -> dict[str, int]:
    """Compare; `lost` and `doubled` count requests and notes of people, the rest says what exactly is wrong."""
    with acting(SYSTEM):
        found = _requests(asked)
        found |= _wholeness()
        found |= _messages(taken)
        found |= _record()
        return found | _documents(asked)


def _requests(asked: Sequence[Asked]) -> dict[str, int]:
    """Look for each request by its title, which no other has, and each note by its words."""
    cases = Counter(Case.objects.values_list("title", flat=True))
    codes = dict(Case.objects.values_list("title", "query_code"))
    notes = Counter(Step.objects.filter(move="add").values_list("answers__note", flat=True))
    acknowledged = [one for one in asked if one.code]
    lost = sum(codes.get(one.title) is None for one in acknowledged)
    notes_lost = sum(one.noted and not notes[one.note] for one in asked)
    doubled = sum(max(0, cases[one.title] - 1) for one in asked)
    notes_doubled = sum(max(0, notes[one.note] - 1) for one in asked if one.note)
    wrong_code = sum(cases[one.title] == 1 and codes[one.title] != one.code for one in acknowledged)
    return {
        "lost": lost + notes_lost + wrong_code,
        "doubled": doubled + notes_doubled,
        "cases": sum(cases.values()),
        "cases_nobody_asked_for": sum((cases - Counter({one.title: 10**6 for one in asked})).values()),
    }


def _wholeness() -> dict[str, int]:
    """Count cases without their opening step, request, clocks, audit row or fact, or with too many of them."""
    cases = list(Case.objects.all())
    steps = _per_case(Step.objects.filter(move=OPEN))
    facts = _per_case(Outbox.objects.filter(key="hotline.request.received"))
    rows = _per_case(Entry.objects.filter(action__endswith=f".{OPEN}"))
    noted = _per_case(Step.objects.filter(move="add"))
    noted_rows = _per_case(Entry.objects.filter(action__endswith=".add"))
    with_request = set(Case.objects.filter(request__isnull=False).values_list("pk", flat=True))
    return {
        "without_step": sum(steps[case.pk] != 1 for case in cases),
        "without_request": sum(case.pk not in with_request for case in cases),
        "without_clock": sum(sorted(_running(case)) != sorted(_due(case)) for case in cases),
        "without_audit": sum(rows[case.pk] != 1 or noted_rows[case.pk] != noted[case.pk] for case in cases),
        "without_event": sum(facts[case.pk] != 1 for case in cases),
    }


def _per_case(rows: "QuerySet[Any]") -> Counter[int]:
    counted = rows.values("case_id").annotate(number=Count("pk"))
    return Counter({row["case_id"]: row["number"] for row in counted})


def _running(case: Case) -> list[str]:
    return list(case.deadlines.filter(stopped_at=None).values_list("clock", flat=True))


def _due(case: Case) -> list[str]:
    """Return the clocks that the case's procedure declares for where it stands."""
    procedure = declared(case.procedure, case.version)
    return [deadline.clock for deadline in started(procedure, case, OPEN, case.opened_at, ())]


def _messages(taken: Sequence[Handed]) -> dict[str, int]:
    """Compare facts, messages and what the gateway took, by the key we gave it and as often as it came."""
    written = Counter((each.event_id, each.channel) for each in Message.objects.all())
    wanted = Counter(_wanted())
    by_text = Counter({(one.phone, one.text): 0 for one in taken})
    times = Counter(one.key for one in taken)
    for _, phone, text in {(one.key, one.phone, one.text) for one in taken}:
        by_text[phone, text] += 1
    messages = list(Message.objects.filter(channel=Channel.SMS.value).select_related("person"))
    keys = {reference_of(each) for each in messages}
    sent = [each for each in messages if each.state == Message.State.SENT]
    return {
        "events": Outbox.objects.count(),
        "events_of_no_case": Outbox.objects.exclude(case_id__in=Case.objects.values("pk")).count(),
        "events_waiting": Outbox.objects.filter(delivered_at=None).count(),
        "messages_lost": sum((wanted - written).values())
        + sum(each.state != Message.State.SENT for each in messages)
        + sum(times[reference_of(each)] == 0 for each in sent),
        "messages_doubled": sum((written - wanted).values())
        + sum(number - 1 for number in by_text.values() if number > 1),
        "messages_unknown": len(times.keys() - keys),
        "sms": len(messages),
        "sms_handed_over_again": sum(times.values()) - len(times),
    }


def _wanted() -> Iterator[tuple[int, str]]:
    """Yield fact and channel of each message that the domains' tables ask for, every person having a mobile."""
    procedures = dict(Case.objects.values_list("pk", "procedure"))
    for fact in Outbox.objects.filter(case_id__in=procedures):
        for notice in domain(procedures[fact.case_id]).notices:
            if notice.on == fact.key:
                yield from ((fact.pk, channel.value) for channel in notice.channels)


def _record() -> dict[str, int]:
    """Check the sealed log: every row has its leaf and an honest time; leaves, tree and signed checkpoints agree."""
    findings = check(timezone.now())
    return {
        "audit_rows": findings.rows,
        "audit_wrong": findings.wrong,
        "audit_unsealed": Entry.objects.count() - size(),
    }


def _documents(asked: Iterable[Asked]) -> dict[str, int]:
    """Read each document that a case names; say what else lies in the store."""
    broken, kept = 0, Counter[str]()
    titles = dict(Case.objects.values_list("pk", "title"))
    for document in Document.objects.all():
        kept[titles.get(document.case_id, "")] += 1
        try:
            broken += len(store.content_of(document.sha256)) != document.size
        except store.Damaged:
            broken += 1
    known = set(Document.objects.values_list("sha256", flat=True))
    files = [path for path in Path(settings.DOCUMENTS_ROOT).rglob("*") if path.is_file()]
    return {
        "documents": sum(kept.values()),
        "documents_wrong": broken,
        "photos_lost": sum(kept[one.title] != 1 for one in asked if one.code and one.photo),
        "files_half_written": sum(path.name.startswith(store.UNFINISHED) for path in files),
        "files_without_case": sum(path.name not in known for path in files if len(path.name) == 64),
    }


def wrong(found: dict[str, int]) -> dict[str, int]:
    """Return the counts that must be nought and are not."""
    return {name: found[name] for name in MUST_BE_NOUGHT if found[name]}


MUST_BE_NOUGHT = (
    *("lost", "doubled", "cases_nobody_asked_for", "without_step", "without_request", "without_clock"),
    *(
        "without_audit",
        "without_event",
        "events_waiting",
        "events_of_no_case",
        "messages_lost",
        "messages_doubled",
    ),
    *("messages_unknown", "audit_wrong", "audit_unsealed", "documents_wrong", "photos_lost"),
)
