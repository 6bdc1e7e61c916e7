"""Send what is queued: at least once to a carrier, always with the same reference, so that people get it once."""

import logging
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, localtime

from gongzhi.base.rownumbers import row_number
from gongzhi.kernel.notices.carriers import Carriers, Lane
from gongzhi.kernel.notices.carriers import note_receipt as note_delay
from gongzhi.kernel.notices.followers import FollowerGateway, followers_in_use, send_to_follower
from gongzhi.kernel.notices.incoming import OPTED_OUT
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.quiet import earliest
from gongzhi.kernel.notices.sms import Gateway, NotTaken, Refused, Unavailable, gateways_in_use
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.people.persons import read_particulars

log = logging.getLogger(__name__)

ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
QUOTA_KEY = "notices.daily_quota"
QUOTA = 20_000  # messages of one office a day; configuration
NO_LIMIT = 2**31 - 1
COUNT = """
    INSERT INTO notices_officecount AS counted (office, day, sent) VALUES (%s, %s, 1)
    ON CONFLICT (office) DO UPDATE SET
        day = EXCLUDED.day, sent = CASE WHEN counted.day = EXCLUDED.day THEN counted.sent + 1 ELSE 1 END
    WHERE counted.day <> EXCLUDED.day OR counted.sent < %s
    RETURNING sent
"""
#: From office to office along the index, without reading what each has waiting.
OFFICES_DUE = """
    WITH RECURSIVE known AS (
        (SELECT office FROM notices_message WHERE state = 'queued' ORDER BY office LIMIT 1)
        UNION ALL
        SELECT (SELECT office FROM notices_message m WHERE m.state = 'queued' AND m.office > known.office
                ORDER BY office LIMIT 1)
        FROM known WHERE known.office IS NOT NULL
    )
    SELECT office FROM known WHERE EXISTS (SELECT FROM notices_message m
        WHERE m.state = 'queued' AND m.office = known.office AND m.next_try_at <= %s)
"""


def send_due(
    now: datetime,
    gateways: Gateway | Mapping[str, Gateway] | None = None,
    limit: int = 50,
    followers: FollowerGateway | None = None,
) -> int:
    """Send up to *limit* messages that are due; return how many were taken. Offices take turns, one message each.

    Who left no phone and follows the official account is told there, by *followers*.

    A carrier that fails is not asked again in this turn, and another takes over what it surely does not have. Once
    none is left the others wait unclaimed, and the clocks go on meanwhile.

    Each message is claimed in one transaction, sent outside any, and marked in another. Whoever crashes between
    leaves it queued until the pause of the claim is over; it then goes out again with the same reference.
    """
    if gateways is None:
        gateways = gateways_in_use()
    carriers = Carriers(gateways if isinstance(gateways, Mapping) else {"only": gateways})
    offices, sent, done = deque(_offices_due(now)), 0, 0
    while offices and done < limit and carriers.any_open(now):
        office = offices.popleft()
        claimed = _claim(now, office)
        if claimed is None:
            continue
        offices.append(office)
        message, to_send = claimed
        done += 1
        if to_send:
            sent += _send(message, carriers, followers or followers_in_use(), now)
    return sent


def reference_of(message: Message) -> str:
    """Return what a message is called towards the gateway, the same at every attempt."""
    return f"gongzhi-{message.case_id or 0}-{message.pk}"


def that_may_go_again(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Return of some messages those given up whose recipient has not said that they want no more."""
    return messages.filter(state=Message.State.DEAD).exclude(last_error=OPTED_OUT)


def send_again(messages: QuerySet[Message], now: datetime) -> int:
    """Give messages that were given up another chance, as an administrator asked; return how many."""
    return that_may_go_again(messages).update(
        state=Message.State.QUEUED, attempts=0, next_try_at=now, carrier="", last_error=""
    )


def note_receipt(reference: str, delivered: bool, now: datetime) -> bool:
    """Note what the carrier says became of a message; False when there is none that waits for it. Again changes nothing."""
    waiting = Message.objects.select_for_update(of=("self",)).filter(
        pk=row_number(reference.rpartition("-")[2]) or 0,
        state=Message.State.SENT,
        delivered_at=None,
    )
    message = waiting.first()
    if message is None or message.sent_at is None or reference_of(message) != reference:
        return False
    if delivered:
        Message.objects.filter(pk=message.pk).update(delivered_at=now)
    else:
        Message.objects.filter(pk=message.pk).update(
            state=Message.State.DEAD, last_error="运营商回执：没有送达"
        )
    note_delay(message.carrier, (now - message.sent_at).total_seconds())
    return True


def _offices_due(now: datetime) -> list[str]:
    """Return the offices that have something due, beginning elsewhere each second, so that none is always last."""
    with connection.cursor() as cursor:
        cursor.execute(OFFICES_DUE, [now])
        offices = [office for (office,) in cursor.fetchall()]
    first = int(now.timestamp()) % max(1, len(offices))
    return offices[first:] + offices[:first]


def _next_of(office: str, now: datetime) -> Message | None:
    """Hold the next due message of an office; one waits while an earlier one to the same person is still on its way."""
    earlier = Message.objects.filter(
        Q(attempts__gt=0) | Q(next_try_at__lte=now),
        person=OuterRef("person"),
        urgent=OuterRef("urgent"),
        state=Message.State.QUEUED,
        pk__lt=OuterRef("pk"),
    )
    due = Message.objects.filter(
        ~Exists(earlier), office=office, state=Message.State.QUEUED, next_try_at__lte=now
    ).order_by("next_try_at", "id")
    return due.select_for_update(skip_locked=True).first()


@transaction.atomic
def _claim(now: datetime, office: str) -> tuple[Message, bool] | None:
    """Take the next due message of an office and say whether to send it now.

    It is then left alone for a pause that grows with each attempt. In quiet hours it waits for the morning, beyond the
    quota of its office for the next day; what failed too often is given up.
    """
    message = _next_of(office, now)
    if message is None:
        return None
    allowed_at = earliest(message.region_code, now, urgent=message.urgent)
    to_send = False
    if message.attempts >= ATTEMPTS:
        message.state = Message.State.DEAD
    elif allowed_at > now:
        message.next_try_at = allowed_at
    elif message.attempts == 0 and not _counted(message, now):
        message.next_try_at = earliest(message.region_code, _tomorrow(now))
    else:
        message.next_try_at = now + min(FIRST_PAUSE * 2**message.attempts, LONGEST_PAUSE)
        message.attempts += 1
        to_send = True
    message.save(update_fields=["state", "attempts", "next_try_at"])
    return message, to_send


def _counted(message: Message, now: datetime) -> bool:
    """Count a message to its office's day, and say whether it is within the quota; urgent ones always are.

    One statement on one row, however many messages there are; what the office is allowed is the region's to set.
    """
    day = localdate(now)
    chosen = local_value(message.region_code, QUOTA_KEY, day)
    quota = NO_LIMIT if message.urgent else int(str(chosen.value)) if chosen else QUOTA
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [message.office, day, quota])
        return cursor.fetchone() is not None


def _tomorrow(now: datetime) -> datetime:
    return localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _send(message: Message, carriers: Carriers, followers: FollowerGateway, now: datetime) -> bool:
    """Send one message by the first carrier that takes it, and write down what became of it."""
    found = read_particulars([message.person_id], purpose="notice") if message.person_id else {}
    person = found.get(message.person_id or 0)
    row = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
    if person is not None and not person.phone_sealed and person.openid_sealed:
        reference, last = reference_of(message), message.attempts >= ATTEMPTS
        return send_to_follower(message, person.openid, reference, now, last=last, gateway=followers)
    if person is None or not person.phone_sealed:
        row.update(state=Message.State.DEAD, last_error="没有可用的手机号")
        return False
    for lane in carriers.ways_for(message.person_id or 0, message.carrier, now):
        try:
            lane.gateway.send(phone=person.phone, text=message.text, reference=reference_of(message))
        except Refused as fault:
            log.warning("Message %s was refused: %s", message.pk, fault)
            row.update(state=Message.State.DEAD, last_error=f"被网关拒绝：{fault}"[:300])
            return False
        except Unavailable as fault:
            lane.went_badly(now)
            _not_sent(message, lane, fault)
            if not isinstance(fault, NotTaken):
                return False
        else:
            lane.went_well()
            done = {"state": Message.State.SENT, "sent_at": now, "carrier": lane.state.name}
            row.update(**done, next_try_at=None, last_error="")
            return True
    return False


def _not_sent(message: Message, lane: Lane, fault: Unavailable) -> None:
    """Write down that a carrier did not take a message, or that it may have it and nobody else is to be asked.

    One that was asked before may still have it from then, though it says now that it was not reached.
    """
    log.warning("Message %s was not sent by %s: %s", message.pk, lane.state.name, fault)
    Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(
        state=Message.State.DEAD if message.attempts >= ATTEMPTS else Message.State.QUEUED,
        carrier=message.carrier or ("" if isinstance(fault, NotTaken) else lane.state.name),
        last_error=f"网关没有接收：{fault}"[:300],
    )
