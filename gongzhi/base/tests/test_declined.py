"""Refusals carry a sentence for people, values to put into it, and the status they are answered with."""

import pytest

from gongzhi.base.declined import Conflict, Declined, NotAllowed, NotPossible


@pytest.mark.parametrize(("kind", "status"), [(NotAllowed, 403), (NotPossible, 422), (Conflict, 409)])
def test_each_refusal_has_its_status(kind: type[Declined], status: int) -> None:
    assert kind("请重试。").status == status


def test_values_are_put_into_the_sentence() -> None:
    assert str(NotPossible("最多 %(limit)s 个文件，请删去一些。", limit=9)) == "最多 9 个文件，请删去一些。"


def test_a_sentence_without_values_may_hold_a_percent_sign() -> None:
    assert str(NotPossible("满意率不足 95%，请说明。")) == "满意率不足 95%，请说明。"


def test_a_conflict_is_something_not_possible() -> None:
    assert issubclass(Conflict, NotPossible)
    assert not issubclass(NotPossible, NotAllowed)
