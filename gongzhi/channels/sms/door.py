"""The signed door of the provider: each text is taken once, and only from whoever holds the key."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongzhi.base.declined import Declined
from gongzhi.channels.sms.texts import take_text
from gongzhi.channels.talk.hearing import Text
from gongzhi.channels.talk.words import code_tried
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices.sending import note_receipt
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.accounts.bycode import count_try
from gongzhi.web.errors import words_of

WINDOW: Final = timedelta(minutes=5)
LONGEST_BODY: Final = 10_000
TEXTS, PER = 30, timedelta(minutes=15)


def signature_of(body: bytes, sent_at: str, key: str) -> str:
    """Return how a provider signs: HMAC-SHA-256, in hex, over the seconds since 1970, a full stop and the body."""
    return hmac.new(key.encode(), sent_at.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(request: HttpRequest, now: datetime) -> bool:
    """Say whether a request was signed with our key within the last minutes; without a key nothing is."""
    sent_at, given = request.headers.get("X-Sent-At", ""), request.headers.get("X-Signature", "")
    if not settings.SMS_KEY or not (sent_at.isascii() and sent_at.isdigit()) or len(sent_at) > 12:
        return False
    if abs(now.timestamp() - int(sent_at)) > WINDOW.total_seconds():
        return False
    return hmac.compare_digest(signature_of(request.body, sent_at, settings.SMS_KEY).encode(), given.encode())


@csrf_exempt
@require_POST
def take_incoming(request: HttpRequest) -> HttpResponse:
    """Take one text: {"id", "phone", "text"}. Handed over again it is answered the same and changes nothing.

    200 when it is written down, 401 without a valid signature, 422 for what never will be, 429 for too many.
    """
    now = timezone.now()
    if not is_signed(request, now):
        return _said(401, "signature missing, wrong or too old")
    text = read_text(request.body[:LONGEST_BODY], settings.SMS_REGION)
    if text is None:
        return _said(422, "wanted: JSON with id, phone and text")
    try:
        allow("sms.phone", text.phone, TEXTS, PER, now)
        if tried := code_tried(text.words):
            count_try(tried, now)
        with acting(SYSTEM):
            taken = take_text(text, now)
    except Declined as refusal:
        return _said(refusal.status, words_of(refusal))
    return _said(200, "taken" if taken else "known")


@csrf_exempt
@require_POST
def take_receipt(request: HttpRequest) -> HttpResponse:
    """Take one receipt of a carrier: {"reference", "delivered"}. One that is known, or of nothing, changes nothing."""
    now = timezone.now()
    if not is_signed(request, now):
        return _said(401, "signature missing, wrong or too old")
    try:
        given: Any = json.loads(request.body[:LONGEST_BODY])
        reference, delivered = str(given["reference"]), given["delivered"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return _said(422, "wanted: JSON with reference and delivered")
    if not isinstance(delivered, bool):
        return _said(422, "delivered is true or false")
    with acting(SYSTEM), transaction.atomic():
        noted = note_receipt(reference, delivered, now)
    return _said(200, "noted" if noted else "known")


def read_text(body: bytes, region_code: str) -> Text | None:
    """Read one text as it is handed over; None when something is missing."""
    try:
        given: Any = json.loads(body)
    except (ValueError, RecursionError):  # one thing within the other without end is no text either
        return None
    names = ("id", "phone", "text")
    if not isinstance(given, dict) or not all(isinstance(given.get(name), str) for name in names):
        return None
    if not given["id"] or not given["phone"]:  # an empty text is one all the same
        return None
    if len(given["id"]) > 64 or len(given["phone"]) > 20 or not (given["id"] + given["phone"]).isprintable():
        return None
    words = given["text"].replace("\x00", "")
    return Text(reference=given["id"], phone=given["phone"], words=words, region_code=region_code)


def _said(status: int, words: str) -> HttpResponse:
    return JsonResponse({"said": words}, status=status)
