"""What is told to one person by short message without being about a matter."""

from datetime import datetime

from gongzhi.kernel.declare.notice import Channel
from gongzhi.kernel.notices.incoming import signed
from gongzhi.kernel.notices.models import Message


def tell_person(person_id: int, words: str, *, region_code: str, key: str, now: datetime) -> bool:
    """Queue a short message to a person who asked for it just now; False when the same *key* sent it before."""
    known = {"event_id": person_id, "recipient": f"asked:{key}", "channel": Channel.SMS.value}
    if Message.objects.filter(**known).exists():
        return False
    message = Message(
        **known,
        person_id=person_id,
        region_code=region_code,
        office=f"region:{region_code}",
        text=signed(words, region_code, now),
        urgent=True,
        written_at=now,
        next_try_at=now,
    )
    return bool(Message.objects.bulk_create([message], ignore_conflicts=True))
