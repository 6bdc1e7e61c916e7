"""The door of the WeChat platform: opened to its signature alone, in plain or safe mode; each message is answered once."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gongzhi.base.declined import Declined
from gongzhi.channels.talk.words import code_tried
from gongzhi.channels.wechat.crypto import Sealing, Unreadable, is_signed, signature_of
from gongzhi.channels.wechat.messages import LONGEST_BODY, Received, fields_of, read, reply_to, wrapped
from gongzhi.channels.wechat.talk import take_message
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.accounts.bycode import count_try

WINDOW: Final = timedelta(minutes=5)
MESSAGES, PER = 30, timedelta(minutes=15)
TAKEN: Final = "success"  # what the platform wants when there is nothing to say; anything else it sends again


@csrf_exempt
@require_http_methods(["GET", "POST"])
def official_account(request: HttpRequest) -> HttpResponse:
    """Answer the platform: GET proves that we hold the token, POST hands over one message.

    401 without a valid and fresh signature, 422 for what is no message, 429 for too many of one follower.
    """
    now = timezone.now()
    if not _is_from_platform(request, now):
        return _said("signature missing, wrong or too old", 401)
    if request.method == "GET":
        return _said(request.GET.get("echostr", "")[:200], 200)
    try:
        received = _message_in(request)
    except Unreadable:
        return _said("signature missing, wrong or too old", 401)
    except ValueError:
        return _said("wanted: a message", 422)
    try:
        allow("wechat.openid", received.sender, MESSAGES, PER, now)
        if tried := code_tried(received.words):
            count_try(tried, now)
        with acting(SYSTEM):
            words = take_message(
                received, settings.WECHAT_REGION, now, request.build_absolute_uri("/").rstrip("/")
            )
    except Declined as refusal:
        return _said("not taken", refusal.status)
    return _replied(received, words, now) if words else _said(TAKEN, 200)


def _is_from_platform(request: HttpRequest, now: datetime) -> bool:
    """Say whether the platform signed within the last minutes; without a token nothing is."""
    sent_at, nonce = request.GET.get("timestamp", ""), request.GET.get("nonce", "")
    if not settings.WECHAT_TOKEN or not (sent_at.isascii() and sent_at.isdigit()) or len(sent_at) > 12:
        return False
    if abs(now.timestamp() - int(sent_at)) > WINDOW.total_seconds():
        return False
    return is_signed(request.GET.get("signature", ""), settings.WECHAT_TOKEN, sent_at, nonce)


def _message_in(request: HttpRequest) -> Received:
    """Read what was handed over; with a key of ours nothing that is not encrypted is read."""
    if len(request.body) > LONGEST_BODY:
        raise ValueError("too long")
    body = request.body.decode()
    if not settings.WECHAT_AES_KEY:
        return read(body)
    sealed = fields_of(body).get("Encrypt", "")
    given, sent_at = request.GET.get("msg_signature", ""), request.GET["timestamp"]
    if not is_signed(given, settings.WECHAT_TOKEN, sent_at, request.GET.get("nonce", ""), sealed):
        raise Unreadable("not signed")
    return read(_sealing().decrypt(sealed))


def _replied(received: Received, words: str, now: datetime) -> HttpResponse:
    """Return the passive reply, encrypted where the account is in safe mode."""
    sent_at = int(now.timestamp())
    reply = reply_to(received, words, sent_at)
    if settings.WECHAT_AES_KEY:
        sealed, nonce = _sealing().encrypt(reply), str(sent_at)
        signature = signature_of(settings.WECHAT_TOKEN, str(sent_at), nonce, sealed)
        reply = wrapped(sealed, signature, sent_at, nonce)
    return HttpResponse(reply, content_type="application/xml; charset=utf-8")


def _sealing() -> Sealing:
    return Sealing(settings.WECHAT_AES_KEY, settings.WECHAT_APP_ID)


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
