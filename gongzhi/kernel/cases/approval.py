"""One asks, another decides: what orders and exports have in common."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.kernel.access.models import APPROVED, REFUSED, UNDECIDED, Asked
from gongzhi.kernel.cases.keys import fingerprint, key_of, one_at_a_time
from gongzhi.kernel.people.actor import Actor

Wanted = TypeVar("Wanted", bound=Asked)


def asked_before(
    model: type[Wanted], actor: Actor, key: str, body: Mapping[str, Any]
) -> tuple[uuid.UUID, bytes, Wanted | None]:
    """Return key and fingerprint of a request, and what the same request led to before; another content is refused.

    A twin of the running transaction is waited for, so that the second finds what the first has written.
    """
    number, mark = key_of(key), fingerprint(actor, model.__name__, body)
    one_at_a_time(number)
    found = model._default_manager.filter(key=number).first()
    if found is not None and bytes(found.mark) != mark:
        raise Conflict("这个提交编号已经用于另一项内容，没有重复办理。请刷新页面后再试。")
    return number, mark, found


def needs_post(actor: Actor) -> tuple[int, int]:
    """Return account and post of an official; who holds no post asks for and decides nothing."""
    if actor.account_id is None or actor.post_id is None:
        raise NotAllowed("请以在任岗位登录后再办理。")
    return actor.account_id, actor.post_id


def decide(asked: Asked, *, actor: Actor, approve: bool, words: str, now: datetime, key: str) -> bool:
    """Write the decision of a second official into a locked row; False when the same decision was sent before."""
    account, post = needs_post(actor)
    if account == asked.asked_by_id or post == asked.asked_in_id:
        raise NotAllowed("申请人不能批准自己的申请。请由另一岗位的同事审批。")
    number, decision = key_of(key), APPROVED if approve else REFUSED
    if asked.decision != UNDECIDED:
        if asked.decided_key == number and asked.decision == decision:
            return False
        raise Conflict("这份申请已经有人处理过了。请刷新页面查看结果。")
    if not approve and not words.strip():
        raise NotPossible("不批准的，请写明原因，申请人会看到。")
    asked.decision, asked.decided_at, asked.decided_key = decision, now, number
    asked.decided_by_id, asked.decided_in_id = account, post
    asked.decided_words = words.strip()[:200]
    return True
