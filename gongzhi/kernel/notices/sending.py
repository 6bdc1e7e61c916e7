"""Send what is queued: at least once to the gateway, always with the same reference, so that people get it once."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.quiet import earliest
from gongzhi.kernel.notices.sms import Gateway, Refused, Unavailable, gateway_in_use
from gongzhi.kernel.people.persons import read_particulars

log = logging.getLogger(__name__)

ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)


def send_due(now: datetime, gateway: Gateway | None = None, limit: int = 50) -> int:
    """Send up to *limit* messages that are due; return how many the gateway took.

    A gateway in trouble is not asked again in this turn: the others wait unclaimed, and the clocks go on meanwhile.

    Each message is claimed in one transaction, sent outside any, and marked in another. Whoever crashes between
    leaves it queued until the pause of the claim is over; it then goes out again with the same reference.
    """
    gateway = gateway or gateway_in_use()
    sent = 0
    for _ in range(limit):
        claimed = _claim(now)
        if claimed is None:
            break
        message, to_send = claimed
        if not to_send:
            continue
        try:
            sent += _send(message, gateway, now)
        except Unavailable:
            break
    return sent


def reference_of(message: Message) -> str:
    """Return what a message is called towards the gateway, the same at every attempt."""
    return f"gongzhi-{message.case_id or 0}-{message.pk}"


def dead_messages() -> QuerySet[Message]:
    """Return the messages given up, newest first, for an administrator to look at."""
    return Message.objects.filter(state=Message.State.DEAD).order_by("-id")


def send_again(messages: QuerySet[Message], now: datetime) -> int:
    """Give messages that were given up another chance, as an administrator asked; return how many."""
    return messages.filter(state=Message.State.DEAD).update(
        state=Message.State.QUEUED, attempts=0, next_try_at=now, last_error=""
    )


@transaction.atomic
def _claim(now: datetime) -> tuple[Message, bool] | None:
    """Take the next due message and say whether to send it now.

    It is then left alone for a pause that grows with each attempt. In quiet hours it waits for the morning; what
    failed too often is given up.
    """
    due = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=now).order_by(
        "next_try_at", "id"
    )
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    allowed_at = earliest(message.region_code, now, urgent=message.urgent)
    to_send = False
    if message.attempts >= ATTEMPTS:
        message.state = Message.State.DEAD
    elif allowed_at > now:
        message.next_try_at = allowed_at
    else:
        message.next_try_at = now + min(FIRST_PAUSE * 2**message.attempts, LONGEST_PAUSE)
        message.attempts += 1
        to_send = True
    message.save(update_fields=["state", "attempts", "next_try_at"])
    return message, to_send


def _send(message: Message, gateway: Gateway, now: datetime) -> bool:
    """Send one message and write down what became of it; raise Unavailable again, once that is written."""
    found = read_particulars([message.person_id], purpose="notice") if message.person_id else {}
    person = found.get(message.person_id or 0)
    row = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
    if person is None or not person.phone_sealed:
        row.update(state=Message.State.DEAD, last_error="没有可用的手机号")
        return False
    try:
        gateway.send(phone=person.phone, text=message.text, reference=reference_of(message))
    except Refused as fault:
        log.warning("Message %s was refused: %s", message.pk, fault)
        row.update(state=Message.State.DEAD, last_error=f"被网关拒绝：{fault}"[:300])
        return False
    except Unavailable as fault:
        log.warning("Message %s was not sent: %s", message.pk, fault)
        gave_up = message.attempts >= ATTEMPTS
        state = Message.State.DEAD if gave_up else Message.State.QUEUED
        row.update(state=state, last_error=f"网关没有接收：{fault}"[:300])
        raise
    row.update(state=Message.State.SENT, sent_at=now, next_try_at=None, last_error="")
    return True
