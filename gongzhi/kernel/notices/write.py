"""Turn a fact into messages by the table that the case's domain declares; doing it twice writes them once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from gongzhi.kernel.access.decide import units_kept_out
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.cases.reading import deadlines_of, shown_deadline
from gongzhi.kernel.declare.notice import Channel, Notice, To
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.quiet import earliest
from gongzhi.kernel.notices.wording import filled, shown_due, wording_for
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.registry.api import domain

SIGNATURE_KEY = "notices.signature"
SIGNATURE = "12345热线"
LONGEST = 500
JUST_NOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom one message addresses: a person, those of a role at a unit, or those of a role in an area."""

    key: str
    person_id: int | None = None
    unit_id: int | None = None
    role: str = ""


def write_messages(fact: Outbox, *, now: datetime) -> int:
    """Write the messages that *fact* calls for; return how many rows were asked for.

    Runs in the transaction that marks the fact as handed on. A fact handed on again meets the unique key of
    fact, recipient and channel, and changes nothing. The case is held meanwhile: whoever names just now whom it
    complains of finds the messages written, or they find the name.
    """
    with transaction.atomic(savepoint=False):
        held = Case.objects.select_for_update(of=("self",), no_key=True)
        case = held.select_related("opened_by", "unit").get(pk=fact.case_id)
        messages = [
            message
            for notice in domain(case.procedure).notices
            if notice.on == fact.key
            for message in _messages(notice, case, fact, now)
        ]
        Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(messages)


def _messages(notice: Notice, case: Case, fact: Outbox, now: datetime) -> Iterator[Message]:
    text = _text(notice, case, fact, now)
    urgent = notice.urgent or (notice.to is To.OPENER and _is_awake(case, fact))
    for recipient, channel in product(_recipients(notice.to, case, fact), notice.channels):
        if channel is Channel.SMS and not _can_receive(case, recipient):
            continue
        in_app = channel is Channel.IN_APP
        yield Message(
            event_id=fact.pk,
            recipient=recipient.key,
            channel=channel.value,
            person_id=recipient.person_id,
            unit_id=recipient.unit_id,
            role=recipient.role,
            kept_from_unit_id=case.against_unit_id,
            kept_from_account_id=case.against_account_id,
            case_id=case.pk,
            region_code=case.region_code,
            office=office_of(case),
            text=text,
            urgent=urgent,
            state=Message.State.SENT if in_app else Message.State.QUEUED,
            written_at=now,
            sent_at=now if in_app else None,
            next_try_at=None if in_app else earliest(case.region_code, now, urgent=urgent),
        )


def _is_awake(case: Case, fact: Outbox) -> bool:
    """Say whether somebody has just asked by text: what is told then is the answer they wait for, day or night.

    GB/T 33358-2016 wants a text answered within three minutes.
    """
    return case.channel == Channel.SMS.value and fact.published_at - case.opened_at < JUST_NOW


def office_of(case: Case) -> str:
    """Return whose message one about a case is: the responsible unit's, or the centre's of the county."""
    return f"unit:{case.unit_id}" if case.unit_id else f"region:{case.region_code[:6]}"


def _recipients(to: To, case: Case, fact: Outbox) -> list[Recipient]:
    """Return everybody whom a notice addresses; of units that the fact names, none that is complained of (art. 30)."""
    if to is To.NAMED:
        units = set(fact.payload["units"]) - units_kept_out(case)
        return [Recipient(f"unit:{unit_id}:", unit_id=unit_id) for unit_id in sorted(units)]
    found = _recipient(to, case)
    return [found] if found else []


def _recipient(to: To, case: Case) -> Recipient | None:
    """Return whom a notice addresses; while no unit is responsible yet, those who dispatch hear in its place."""
    centre = Recipient(f"centre:{case.region_code}", role=Role.DISPATCHER.value)
    match to:
        case To.OPENER:
            person_id = case.opened_by_id
            return Recipient(f"person:{person_id}", person_id=person_id) if person_id else None
        case To.CENTRE:
            return centre
        case To.ARBITER:
            unit_id, role = case.arbiter_unit_id, ""
        case To.HEAD:
            unit_id, role = case.unit_id, Role.HEAD.value
        case _:
            unit_id, role = case.unit_id, ""
    if unit_id is None or unit_id in units_kept_out(case):
        return centre
    return Recipient(f"unit:{unit_id}:{role}", unit_id=unit_id, role=role)


def _can_receive(case: Case, recipient: Recipient) -> bool:
    """Only mobile numbers receive short messages; who left none is told when they ask or call."""
    person = case.opened_by
    return recipient.person_id is not None and person is not None and person.by_sms


def _text(notice: Notice, case: Case, fact: Outbox, now: datetime) -> str:
    signature = local_value(case.region_code, SIGNATURE_KEY, timezone.localdate(now))
    context: dict[str, Any] = {
        "case": case,
        "event": fact.payload,
        "due": _due(notice, case, fact),
        "code": spaced(case.query_code),
        "site": signature.value if signature else SIGNATURE,
    }
    if notice.to is To.OPENER and (words := wording_for(notice.template, case.region_code)):
        shown = {"site": str(context["site"]), "code": context["code"], "due": shown_due(context["due"])}
        return filled(words, shown)[:LONGEST]
    with translation.override(settings.LANGUAGE_CODE):
        return " ".join(render_to_string(notice.template, context).split())[:LONGEST]


def _due(notice: Notice, case: Case, fact: Outbox) -> datetime | None:
    """Return the day a text speaks of: the fact's own; else the promise for the person, the next for officials."""
    if of_fact := fact.payload.get("due_at"):
        return parse_datetime(of_fact)
    promise = shown_deadline(deadlines_of(case)) if notice.to is To.OPENER else None
    return promise.due_at if promise else case.due_at
