"""The public log: checkpoints to read and keep, and proofs as JSON; without sign-in and without personal data."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from gongzhi.kernel.audit import proofs
from gongzhi.kernel.audit.checkpoints import latest
from gongzhi.kernel.audit.models import Checkpoint
from gongzhi.web.views import Page

SHOWN = 20
AT_ONCE = 1_000
NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
LEAF = re.compile(r"[0-9a-f]{64}", re.ASCII)

briefly = cache_control(public=True, max_age=60)


class Log(Page):
    """公开存证: the newest checkpoints, what they mean, and how to check them oneself."""

    template_name = "log/log.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the newest checkpoints."""
        newest = [
            {"number": each.number, "at": each.at, "size": each.size, "root": bytes(each.root).hex()}
            for each in Checkpoint.objects.order_by("-number")[:SHOWN]
        ]
        return super().get_context_data(checkpoints=newest, **kwargs)


class Check(Page):
    """核对存证: whether the record named on a receipt is sealed, in words."""

    template_name = "log/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which of three it is: sealed and signed, not sealed yet, or another record than was written."""
        leaf = self.request.GET.get("leaf", "")
        if not LEAF.fullmatch(leaf):
            raise Http404
        row = _number(self.request, "row")
        found = proofs.completed(row, leaf)
        checkpoint = latest() if found and "path" in found else None
        return super().get_context_data(row=row, leaf=leaf, found=found, checkpoint=checkpoint, **kwargs)


@require_safe
@briefly
def checkpoints(request: HttpRequest) -> JsonResponse:
    """Return up to 1,000 checkpoints after number `after`, oldest first, and where to go on."""
    after = _number(request, "after", 0)
    found = list(Checkpoint.objects.filter(number__gt=after).order_by("number")[: AT_ONCE + 1])
    going_on = found[AT_ONCE - 1].number if len(found) > AT_ONCE else None
    return JsonResponse({"checkpoints": [proofs.plain(each) for each in found[:AT_ONCE]], "next": going_on})


@require_safe
@briefly
def key(request: HttpRequest) -> HttpResponse:
    """Return the public key of the newest checkpoint in hexadecimal digits."""
    newest = latest()
    if newest is None:
        raise Http404
    return HttpResponse(bytes(newest.public_key).hex() + "\n", content_type="text/plain")


@require_safe
@briefly
def proof(request: HttpRequest) -> JsonResponse:
    """Return the proof that leaf `index` is in the log of `size` rows (left out: of the newest checkpoint)."""
    signed = _signed()
    index, size = _number(request, "index"), _number(request, "size", signed)
    if not index < size <= signed:
        raise Http404
    return JsonResponse(proofs.inclusion(index, size))


@require_safe
@briefly
def consistency(request: HttpRequest) -> JsonResponse:
    """Return the proof that the log of `to` rows begins with the log of `from` rows."""
    signed = _signed()
    old, new = _number(request, "from"), _number(request, "to", signed)
    if not 0 < old <= new <= signed:
        raise Http404
    return JsonResponse(proofs.consistency(old, new))


@require_safe
@briefly
def receipt(request: HttpRequest) -> JsonResponse:
    """Return the receipt for `row` and `leaf`, with proof and checkpoint once it is signed; 404 when it is false."""
    leaf = request.GET.get("leaf", "")
    if not LEAF.fullmatch(leaf):
        raise Http404
    found = proofs.completed(_number(request, "row"), leaf)
    if found is None:
        raise Http404
    return JsonResponse(found)


def _signed() -> int:
    newest = latest()
    return newest.size if newest else 0


def _number(request: HttpRequest, name: str, default: int | None = None) -> int:
    text = request.GET.get(name, "")
    if not text and default is not None:
        return default
    if not NUMBER.fullmatch(text):
        raise Http404
    return int(text)
