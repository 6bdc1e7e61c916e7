"""Messages to those who follow the official account and left no phone: template messages (模板消息) through a gateway."""

import json
import logging
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol

from django.conf import settings

from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.sms import (
    TIME_OUT_SECONDS,
    NotTaken,
    Receipt,
    Refused,
    SentFile,
    Unavailable,
    straight,
)

log = logging.getLogger(__name__)

#: What the platform answers (全局返回码): who is not there or follows no more, and a token that is no longer one.
GONE: Final = frozenset({40003, 43004, 43101})
TOKEN_OVER: Final = frozenset({40001, 40014, 42001})
EARLIER: Final = 300.0  # seconds before its end at which a token is fetched anew
#: A short message speaks of code and phone; who follows the account asks it instead.
BY_PHONE, BY_WORD = "凭查询码和手机号后四位", "在这里回复「进度」"


class FollowerGateway(Protocol):
    """Sends one template message. The same reference sent again reaches the follower once."""

    def send(self, *, openid: str, text: str, reference: str) -> Receipt:
        """Hand the message over, or raise Refused, NotTaken or Unavailable."""


class FileFollowers(SentFile):
    """Writes each template message into a file, for trying out."""

    def send(self, *, openid: str, text: str, reference: str) -> Receipt:
        """Write it, if that could be an openid."""
        if not (openid.isascii() and openid.replace("_", "").replace("-", "").isalnum()):
            raise Refused("not an openid")
        return self.once(reference, {"openid": openid, "text": text})


class HttpFollowers:
    """Hands template messages to the platform: a token for the account, then the message under our own reference.

    The platform keeps a reference (client_msg_id) for ten minutes: within them the same one reaches nobody twice.
    """

    def __init__(self, base: str, account: tuple[str, str], template: str, time_out: float = 10.0) -> None:
        if not base.startswith(("https://", "http://")):
            raise ValueError("WECHAT_API must begin with https:// (or http:// within the own network).")
        self.base, self.account, self.time_out = base.rstrip("/"), account, time_out
        self.template, _colon, self.field = template.partition(":")
        self._token, self._good_until = "", 0.0  # nosec B105

    def send(self, *, openid: str, text: str, reference: str) -> Receipt:
        """Post once, and once more with a new token when the old one has just ended."""
        message = {
            "touser": openid,
            "template_id": self.template,
            "client_msg_id": reference,
            "data": {self.field or "content": {"value": text}},
        }
        answer = self._posted(message)
        if answer.get("errcode") in TOKEN_OVER:
            self._good_until = 0.0
            answer = self._posted(message)
        code = answer.get("errcode", 0)
        if code in GONE:
            raise Refused(f"the platform answered {code}")
        if code:
            raise NotTaken(f"the platform answered {code}")
        if "msgid" not in answer:
            raise Unavailable("an answer without a number")
        return Receipt(reference, str(answer["msgid"]))

    def _posted(self, message: Mapping[str, Any]) -> dict[str, Any]:
        return self._asked(f"/cgi-bin/message/template/send?access_token={self._token_now()}", message)

    def _token_now(self) -> str:
        """Return the token of the account, fetched anew shortly before it ends."""
        if time.monotonic() >= self._good_until:
            app_id, secret = self.account
            wanted = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
            try:
                given = self._asked("/cgi-bin/stable_token", wanted)
                self._token = str(given["access_token"])
                self._good_until = time.monotonic() + float(given["expires_in"]) - EARLIER
            except (KeyError, ValueError, TypeError, Unavailable) as fault:
                raise NotTaken("no token for the account") from fault
        return self._token

    def _asked(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Post JSON and return the answer; whatever else comes back may have done its work or not."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        request = urllib.request.Request(  # noqa: S310
            self.base + path, data=sent, headers={"Content-Type": "application/json"}
        )
        try:
            with straight.open(request, timeout=self.time_out) as answer:  # nosec B310 # noqa: S310
                found = json.load(answer)
        except urllib.error.HTTPError as fault:
            fault.close()
            raise Unavailable(f"the platform answered {fault.code}") from None  # the address bears the token
        except (OSError, ValueError) as fault:
            unreached = isinstance(getattr(fault, "reason", None), ConnectionRefusedError)
            kind = NotTaken if unreached else Unavailable
            raise kind(f"no usable answer: {type(fault).__name__}") from None
        if not isinstance(found, dict):
            raise Unavailable("no usable answer")
        return found


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
def followers_in_use() -> FollowerGateway:
    """Return the gateway that the settings name: the platform once there is a secret, else a file."""
    if not settings.WECHAT_SECRET:
        return FileFollowers(settings.HOME / "wechat")
    account = (settings.WECHAT_APP_ID, settings.WECHAT_SECRET)
    return HttpFollowers(settings.WECHAT_API, account, settings.WECHAT_TEMPLATE, TIME_OUT_SECONDS)
