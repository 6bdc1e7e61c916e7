"""Messages to those who follow the official account and left no phone: template messages (模板消息) through a gateway."""

import logging
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings

from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.platform import Platform
from gongzhi.kernel.notices.sms import TIME_OUT_SECONDS, NotTaken, OutgoingFile, Receipt, Refused, Unavailable

log = logging.getLogger(__name__)

#: What the platform answers (全局返回码) of who is not there or follows no more.
GONE: Final = frozenset({40003, 43004, 43101})
#: A short message speaks of code and phone; who follows the account asks it instead.
BY_PHONE, BY_WORD = "凭查询码和手机号后四位", "在这里回复「进度」"


class FollowerGateway(Protocol):
    """Sends one template message. The same reference sent again reaches the follower once."""

    def send(self, *, openid: str, text: str, reference: str) -> Receipt:
        """Hand the message over, or raise Refused, NotTaken or Unavailable."""


class FileFollowers(OutgoingFile):
    """Writes each template message into a file, for trying out."""

    def send(self, *, openid: str, text: str, reference: str) -> Receipt:
        """Write it, if that could be an openid."""
        if not (openid.isascii() and openid.replace("_", "").replace("-", "").isalnum()):
            raise Refused("not an openid")
        return self.once(reference, {"openid": openid, "text": text})


class HttpFollowers:
    """Hands template messages to the platform, each under our own reference.

    The platform keeps a reference (client_msg_id) for ten minutes: within them the same one reaches nobody twice.
    """

    def __init__(self, platform: Platform, template: str) -> None:
        self.platform = platform
        self.template, _colon, self.field = template.partition(":")

    def send(self, *, openid: str, text: str, reference: str) -> Receipt:
        """Post once; trying again is the caller's business."""
        message = {
            "touser": openid,
            "template_id": self.template,
            "client_msg_id": reference,
            "data": {self.field or "content": {"value": text}},
        }
        answer = self.platform.posted("/cgi-bin/message/template/send", message)
        code = answer.get("errcode", 0)
        if code in GONE:
            raise Refused(f"the platform answered {code}")
        if code:
            raise NotTaken(f"the platform answered {code}")
        if "msgid" not in answer:
            raise Unavailable("an answer without a number")
        return Receipt(reference, str(answer["msgid"]))


def send_to_follower(
    message: Message, openid: str, reference: str, now: datetime, *, last: bool, gateway: FollowerGateway
) -> bool:
    """Send one message, and write down what became of it; *last* says that it is given up when this does not work."""
    row = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
    try:
        gateway.send(openid=openid, text=message.text.replace(BY_PHONE, BY_WORD), reference=reference)
    except Refused as fault:
        log.warning("Message %s was refused: %s", message.pk, fault)
        row.update(state=Message.State.DEAD, last_error=f"被公众平台拒绝：{fault}"[:300])
    except Unavailable as fault:
        log.warning("Message %s was not sent to a follower: %s", message.pk, fault)
        state = Message.State.DEAD if last else Message.State.QUEUED
        row.update(state=state, last_error=f"公众平台没有接收：{fault}"[:300])
    else:
        done = {"state": Message.State.SENT, "sent_at": now, "carrier": "wechat"}
        row.update(**done, next_try_at=None, last_error="")
        return True
    return False


@cache
def platform_in_use() -> Platform | None:
    """Return the platform for the account that the settings name; None without a secret."""
    if not settings.WECHAT_SECRET:
        return None
    return Platform(settings.WECHAT_API, (settings.WECHAT_APP_ID, settings.WECHAT_SECRET), TIME_OUT_SECONDS)


@cache
def followers_in_use() -> FollowerGateway:
    """Return the gateway that the settings name: the platform once there is a secret, else a file."""
    platform = platform_in_use()
    return (
        HttpFollowers(platform, settings.WECHAT_TEMPLATE) if platform else FileFollowers(followers_folder())
    )


def followers_folder() -> Path:
    """Return where everything for followers goes while there is no platform."""
    return Path(settings.HOME) / "wechat"
