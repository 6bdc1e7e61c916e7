"""Parts and cost as the networks count them."""

from decimal import Decimal

import pytest

from gongzhi.kernel.cases.tests.factories import at
from gongzhi.kernel.notices.length import cost, parts
from gongzhi.kernel.organisations.tests.factories import a_local_value


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("字" * 70, 1),
        ("字" * 71, 2),
        ("字" * 134, 2),
        ("字" * 135, 3),
        ("\U0001f600" * 35, 1),
        ("\U0001f600" * 66, 2),
        ("字" * 66 + "\U0001f600" + "字" * 65, 2),
        ("字" * 66 + "\U0001f600" + "字" * 66, 3),
    ],
)
def test_a_message_takes_so_many_parts(text, count):
    assert parts(text) == count


@pytest.mark.django_db
def test_each_part_costs_what_the_region_pays():
    now = at(5, 6, 10)
    assert cost("字" * 71, "410523", now) == Decimal("0.10")
    a_local_value("notices.part_price", "3.5", region="4105")
    assert cost("字" * 71, "410523", now) == Decimal("0.07")
