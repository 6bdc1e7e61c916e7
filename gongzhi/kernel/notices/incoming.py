"""Texts that people send us: written down once, gathered into talks, answered through the same queue as every message."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongzhi.base.masking import mask_phone
from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.declare.notice import Channel
from gongzhi.kernel.notices.models import Incoming, Message
from gongzhi.kernel.notices.write import LONGEST, SIGNATURE, SIGNATURE_KEY
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Person

#: How long we wait for an answer to our question, and after how long somebody looks after who does not answer.
TALK: Final = timedelta(hours=24)
SILENT: Final = timedelta(minutes=30)
#: How somebody declines to say a name or whom they mean.
NOTHING: Final = ("0", "０", "匿名", "保密", "无", "没有")
REFUSES: Final = re.compile(
    "不(?:太|大|是)?(?:很|想|愿意?|方便|便|能|用|必|要|肯)?(?:说|讲|告诉|透露|留|填|写|知道|清楚|记得|提供)?"
    "(?:名字?|姓名|单位|是谁|哪个单位|谁)?(?:你们?|了|吧|啊|呢)*"
)
CALLED: Final = re.compile("^(?:我|俺)?(?:的?名字?)?(?:叫|是|免?贵?姓)")
#: What stands for whom a complaint is about where nobody said it: whoever dispatches is to look into the words first.
NOT_SAID: Final = "没有写明，请看内容"
State = Incoming.State
#: Why what waited for somebody who wants no more messages was not sent.
OPTED_OUT: Final = "对方已退订短信"


def write_down(
    *,
    reference: str,
    person_id: int,
    phone: str,
    region_code: str,
    text: str,
    received_at: datetime,
    channel: str = Incoming.Through.SMS.value,
) -> Incoming | None:
    """Write down a text; None when it is known by its *reference*, however often the provider hands it over.

    Holds the person until the transaction ends: of two texts at once the second finds what the first has done.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    if Incoming.objects.filter(reference=reference).exists():
        return None
    return Incoming.objects.create(
        reference=reference,
        person_id=person_id,
        channel=channel,
        masked_phone=mask_phone(phone),
        region_code=region_code,
        text=text,
        received_at=received_at,
        moved_at=received_at,
    )


def open_talk(person_id: int, now: datetime) -> Incoming | None:
    """Return the talk in which we wait for this person; one that is older than a day goes to a call taker instead."""
    talk = Incoming.objects.filter(person_id=person_id, state=State.ASKED).first()
    if talk is not None and talk.moved_at <= now - TALK:
        move(talk, State.WAITING, now)
        return None
    return talk


def waiting_talk(person_id: int, now: datetime) -> Incoming | None:
    """Return the latest talk of this person, not older than a day, that waits for a call taker."""
    waits = Incoming.objects.filter(person_id=person_id, state=State.WAITING, moved_at__gt=now - TALK)
    return waits.order_by("-id").first()


def words_of(talk: Incoming) -> list[Incoming]:
    """Return the texts of a talk, in the order in which they came."""
    return list(Incoming.objects.filter(Q(pk=talk.pk) | Q(talk=talk.pk)).order_by("id"))


def move(talk: Incoming, state: str, now: datetime, *, asked: str = "", case_id: int | None = None) -> None:
    """Note how a talk stands now: what we have just asked, or what became of it."""
    talk.state, talk.asked, talk.moved_at = state, asked, now
    talk.questions += bool(asked)
    talk.case_id = case_id or talk.case_id
    talk.save()


def declines(words: str) -> bool:
    """Say whether words decline to answer a question and say nothing else: 0, 匿名, 不想说, but not 不动产登记中心."""
    said = words.strip().rstrip("。！!，,.~ ")
    return said in NOTHING or bool(REFUSES.fullmatch(said))


def name_said(words: str) -> str:
    """Return how somebody says that they are called, without what people say before it; empty where they decline."""
    name = CALLED.sub("", words)
    return "" if declines(name) else name


def reply(text: Incoming, words: str, now: datetime, *, by: str = "text") -> None:
    """Queue an answer to a text; written twice *by* the same it goes out once. Who has just written to us is awake."""
    message = Message(
        event_id=text.pk,
        recipient=f"{by}:{text.pk}",
        channel=Channel.SMS.value,
        person_id=text.person_id,
        case_id=text.case_id,
        region_code=text.region_code,
        office=f"region:{text.region_code}",
        text=signed(words, text.region_code, now)[:LONGEST],
        urgent=True,
        written_at=now,
        next_try_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


def signed(words: str, region_code: str, now: datetime) -> str:
    """Return words with the signature that every short message carries."""
    signature = local_value(region_code, SIGNATURE_KEY, timezone.localdate(now))
    return f"【{signature.value if signature else SIGNATURE}】{words}"


def set_by_sms(person_ids: Collection[int], wanted: bool) -> None:
    """Tell these persons of their matters by text, or no more; what waits to be sent to them then stays here."""
    Person.objects.filter(pk__in=person_ids).update(by_sms=wanted)
    if not wanted:
        waiting = Message.objects.filter(
            person_id__in=person_ids, channel=Channel.SMS.value, state=Message.State.QUEUED
        )
        waiting.update(state=Message.State.DEAD, last_error=OPTED_OUT, next_try_at=None)


def for_somebody(actor: Actor, now: datetime) -> QuerySet[Incoming]:
    """Return the talks of the actor's area that wait for a person: not understood, or broken off, the oldest first."""
    left = Q(state=State.WAITING) | Q(state=State.ASKED, moved_at__lte=now - SILENT)
    return within_reach(actor).filter(left).order_by("moved_at", "id")


def within_reach(actor: Actor) -> QuerySet[Incoming]:
    """Return the texts to numbers of the actor's area; without an area there are none."""
    if not actor.region_code:
        return Incoming.objects.none()
    low, high = prefix_range(actor.region_code)
    return Incoming.objects.filter(region_code__gte=low, region_code__lt=high)
