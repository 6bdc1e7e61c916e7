"""Every write carries a key: used again with the same content it gives the first result, with other content a refusal."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongzhi.base.declined import Conflict, NotPossible
from gongzhi.kernel import prepared
from gongzhi.kernel.cases.statements import HOLD, STEP_BY_KEY
from gongzhi.kernel.people.actor import Actor

WAIT_FOR_TWIN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def key_of(key: str) -> uuid.UUID:
    """Read the key a form, page or client sent; raise NotPossible when it is none."""
    try:
        return uuid.UUID(key)
    except ValueError as fault:
        raise NotPossible("提交编号（幂等键）不是有效的 UUID。请刷新页面后重新提交。") from fault


def fingerprint(actor: Actor, move: str, body: Mapping[str, Any]) -> bytes:
    """Return 16 bytes that tell one write from another: who acts, on what, with which content.

    They are keyed, for they are kept: of a request all but name and phone stands beside them, and of the phone four
    digits at most are missing. Without the key one would try those until the bytes agree.
    """
    content = [actor.account_id, actor.role, move, body]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return salted_hmac("gongzhi.cases.fingerprint", text, algorithm="sha256").digest()[:16]


def one_at_a_time(key: uuid.UUID) -> None:
    """Wait until a twin of the running write has ended, for writes that look for their key before they use it."""
    prepared.run(WAIT_FOR_TWIN, (str(key),))


def is_used(key: str) -> bool:
    """Say whether a step was made with this key: sending it again writes nothing, so it is not counted as a try."""
    number = key_of(key)
    with transaction.atomic():
        return bool(prepared.run(STEP_BY_KEY, (number,)))


def replayed(key: uuid.UUID, mark: bytes) -> int | None:
    """Return the case that a write with this key touched before, open to the running transaction; None for a new key.

    Raises Conflict when the key was used for something else.
    """
    rows = prepared.run(STEP_BY_KEY, (key,))
    if not rows:
        return None
    case_id, _, kept = rows[0]
    if bytes(kept) != mark:
        raise Conflict("这个提交编号已经用于另一项内容，没有重复办理。请刷新页面后再试。")
    prepared.run(HOLD, (case_id,))
    return int(case_id)
