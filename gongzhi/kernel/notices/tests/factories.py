"""Facts and messages that tests need."""

from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.write import write_messages


def a_fact(case, key="permits.received", now=None, **payload):
    """A fact in the outbox."""
    return Outbox.objects.create(
        key=key,
        region_code=case.region_code,
        case_id=case.pk,
        payload=payload,
        published_at=now or case.opened_at,
    )


def a_short_message(case, now, key="permits.received"):
    """The short message to the person whose case it is."""
    fact = a_fact(case, key)
    write_messages(fact, now=now)
    return Message.objects.get(event_id=fact.pk, channel="sms")
