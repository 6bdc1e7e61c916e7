"""The conventions of the JSON interface: refusals in one form, plain text without control characters."""

import math
import unicodedata
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import AfterValidator, Field

from gongzhi.base.declined import Declined
from gongzhi.kernel.people.throttle import Throttled
from gongzhi.web.errors import words_of

TITLE: Final = "共治 Gongzhi"
KEPT_CONTROLS: Final = "\n\r\t"
NEXT_STEP: Final = _("改正这一项后重新发送；Idempotency-Key 可以不变。")
WORDS: Final = {
    "missing": _("缺少这一项"),
    "string_too_short": _("太短，至少 %(min_length)s 个字"),
    "string_too_long": _("太长，最多 %(max_length)s 个字"),
    "string_pattern_mismatch": _("格式不对"),
    "uuid_parsing": _("应是 UUID"),
    "uuid_type": _("应是 UUID"),
    "enum": _("只能是 %(expected)s"),
    "literal_error": _("只能是 %(expected)s"),
    "extra_forbidden": _("没有这一项"),
}


class FieldError(Schema):
    """What is wrong with one part of what was sent, and what to do about it."""

    field: str = Field(description="where it stands, as body.phone or header.Idempotency-Key")
    message: str
    next_step: str


class Refusal(Schema):
    """Why something was not done. The message is for people and says the next step."""

    message: str
    errors: list[FieldError] = []


def _plain(text: str) -> str:
    """Refuse control characters and halves of signs, which no form lets through and the database cannot keep."""
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in KEPT_CONTROLS for sign in text):
        raise ValueError("control characters and halves of signs are not text")
    return text


PlainText = Annotated[str, AfterValidator(_plain)]
REFUSALS: Final[dict[int, Any]] = {400: Refusal, 422: Refusal, 429: Refusal}


def new_api() -> NinjaAPI:
    """Build the interface; whoever knows the domains adds their routers."""
    # No page of documentation: the usual ones load scripts from elsewhere. openapi.json is the document.
    # Whoever plays invented traffic asks it first whether nobody real is served here.
    more = {"info": {"x-demonstration": settings.GONGZHI_DEMO}}
    api = NinjaAPI(title=TITLE, version="1", urls_namespace="api", docs_url=None, openapi_extra=more)
    api.add_exception_handler(Declined, _declined)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _unreadable)
    return api


def _answer(status: int, message: str, errors: list[FieldError] | None = None) -> HttpResponse:
    body = Refusal(message=message, errors=errors or []).model_dump_json()
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")


def _declined(request: HttpRequest, refusal: Declined | type[Declined]) -> HttpResponse:
    assert isinstance(refusal, Declined)  # noqa: S101 - ninja's type allows the class, it passes the instance
    answer = _answer(refusal.status, words_of(refusal))
    if isinstance(refusal, Throttled):
        answer.headers["Retry-After"] = str(max(1, math.ceil(refusal.wait.total_seconds())))
    return answer


def _invalid(request: HttpRequest, fault: ValidationError | type[ValidationError]) -> HttpResponse:
    errors = [_field_error(one) for one in getattr(fault, "errors", [])]
    return _answer(422, gettext("有内容不完整或格式不对，没有保存。请按 errors 逐项改正后重新发送。"), errors)


def _field_error(error: dict[str, Any]) -> FieldError:
    place = [str(part) for part in error["loc"]]
    shown = [place[0], *place[2:]] if place[0] in {"body", "query"} and len(place) > 2 else place
    if place[0] == "header":
        shown = ["header", place[-1].replace("_", "-").title()]
    words = WORDS.get(error["type"])
    message = gettext(str(words)) % error.get("ctx", {}) if words else str(error["msg"])
    return FieldError(field=".".join(shown), message=message, next_step=str(NEXT_STEP))


def _unreadable(request: HttpRequest, fault: HttpError | type[HttpError]) -> HttpResponse:
    status = getattr(fault, "status_code", 400)
    return _answer(status, gettext("看不懂发来的内容：请按 openapi.json 发送 UTF-8 的 JSON。"))
