"""A text message is taken in: its phone says who speaks, and the answer goes back as a text."""

from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import NotPossible
from gongzhi.base.phones import is_mobile, plain_phone
from gongzhi.channels.talk.hearing import Speaker, Text, answered
from gongzhi.kernel.notices import incoming
from gongzhi.kernel.people.persons import person_for, persons_with_phone


@transaction.atomic
def take_text(text: Text, now: datetime) -> bool:
    """Take a text in and answer it; False when it was taken before. Raises NotPossible when it is from no mobile phone.

    The phone is the proof of who somebody is, as with a call. Whatever cannot be done by itself reaches a call taker.
    """
    phone = plain_phone(text.phone)
    if not is_mobile(phone):
        raise NotPossible("发送号码不是手机号码，没有登记。")
    person_id = person_for(name="", phone=phone, region_code=text.region_code, now=now)
    speaker = Speaker(person_id=person_id, people=persons_with_phone(phone), channel="sms", phone=phone)
    row, words = answered(speaker, text, now)
    if row is not None and words:
        incoming.reply(row, words, now)
    return row is not None
