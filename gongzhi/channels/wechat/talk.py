"""A message of a follower and what follows from it: the talk of text messages, spoken by an openid instead of a phone."""

import re
from datetime import datetime
from typing import Final

from django.db import transaction

from gongzhi.channels.talk import answers
from gongzhi.channels.talk.hearing import Speaker, Text, answered
from gongzhi.channels.wechat.forms import form_of
from gongzhi.channels.wechat.menu import WORDS_OF
from gongzhi.channels.wechat.messages import Received
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.notices.incoming import set_by_sms
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.binding import bind_follower, person_of_follower, unbind
from gongzhi.kernel.people.persons import is_named, person_with_openid

WELCOME: Final = "欢迎关注。直接写下要反映的事即可；回复「进度」看办到哪里。危急请打110、119、120。"
REGISTERED: Final = "已登记，编号和查询码马上发给您，回复「进度」随时查看。"
PETITION: Final = "信访要写明姓名和电话。您写的已经填好，请打开接着填（一天内有效），或打12345：{link}"
BINDS: Final = re.compile(r"\s*绑定[\s:：]*([2-9A-Za-z]{8})\s*", re.ASCII)
PARTS: Final = re.compile(r"\s*(?:解除绑定|取消绑定|解绑)\s*")
BOUND: Final = "已绑定。您用手机号登记的事在这里也能查、能补充、能评价；再登记时不用留姓名。不想绑定了，回复「解除绑定」。"
NO_CODE: Final = "绑定码不对、已经用过，或者超过了十分钟。请在「我的信息」里重新获取。"
UNBOUND: Final = "已解除绑定。这里只能看到您在微信里登记的事。"
NOT_BOUND: Final = "您还没有绑定。"
PHOTO: Final = "〔照片〕"
ONLY_WORDS: Final = "现在只能看懂文字和照片。请写下发生了什么、在哪里，或打12345。"


@transaction.atomic
def take_message(received: Received, region_code: str, now: datetime, site: str) -> str:
    """Take a message or an event in and return what to say back; empty when it was taken before, or there is nothing to say.

    Pages are named by their address on *site*. The openid is the proof of who somebody is, as the phone is by text; the platform vouches for it by its signature.
    """
    person_id = person_with_openid(received.sender, region_code=region_code, now=now)
    match received.kind, received.event:
        case "event", "subscribe":
            set_by_sms([person_id], True)
            return WELCOME
        case "event", "unsubscribe":
            set_by_sms([person_id], False)
            return ""
        case "event", "click":
            words = WORDS_OF.get(received.event_key, "")
        case "text", _:
            words = received.words
        case "image", _ if received.media_id:
            words = PHOTO
        case "event", _:
            return ""
        case _:
            return ONLY_WORDS
    if not words:
        return ""
    if PARTS.fullmatch(words):
        return UNBOUND if unbind(follower_id=person_id) else NOT_BOUND
    if code := BINDS.fullmatch(words):
        return _bind(person_id, code[1], now)
    known_as = person_of_follower(person_id)
    people = [person_id, *([known_as] if known_as else ())]
    speaker = Speaker(
        person_id=person_id,
        people=people,
        channel="wechat",
        known_as=known_as,
        named=known_as is not None and is_named(known_as),
    )
    reference = received.reference(person_id)
    media = received.media_id if received.kind == "image" else ""
    text = Text(reference=reference, words=words, region_code=region_code, media_id=media)
    row, said = answered(speaker, text, now)
    if row is None:
        return ""
    if said == answers.FORM:
        return PETITION.format(link=f"{site}{form_of(row)}")
    return _in_wechat(said) if said else REGISTERED


def _bind(follower_id: int, code: str, now: datetime) -> str:
    """Bind the follower to whoever had the code on their phone, and write that down."""
    bound = bind_follower(follower_id, code=code, now=now)
    if bound is None:
        return NO_CODE
    record(
        actor=Actor(role=Role.CITIZEN, person_id=follower_id),
        action="wechat.bound",
        now=now,
        subject=f"person:{bound}",
    )
    return BOUND


def _in_wechat(said: str) -> str:
    """Return the words of the talk without what speaks of telephones: here it is the account that knows the writer."""
    return IN_WECHAT.get(said, said)


IN_WECHAT: Final = {
    answers.HELP: "直接写下要反映的事即可；回复「进度」看办到哪里；TD不再通知。急事请打12345。",
    answers.TO_PERSON: "已收到，工作人员会看您的留言并回复。危急请打110、119、120。",
    answers.NO_MATTER: "您在这里还没有正在办理的事。凭查询码和手机号后四位可以在菜单「查进度」里查。",
    answers.ANOTHER_PHONE: "没有查到。请在菜单「查进度」里凭查询码和登记时手机号后四位查看。",
}
