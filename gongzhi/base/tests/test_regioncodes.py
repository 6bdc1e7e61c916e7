"""A region's range holds exactly the codes inside it, and levels follow the length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.declined import NotPossible
from gongzhi.base.regioncodes import LENGTHS, contains, level_of, parent_of, prefix_range

codes = st.sampled_from(LENGTHS).flatmap(
    lambda length: st.text("0123456789", min_size=length, max_size=length)
)


def test_level_and_parent_follow_from_the_length() -> None:
    grid = "410102001001003"
    chain = [grid[:length] for length in LENGTHS]

    assert [level_of(code) for code in chain] == [1, 2, 3, 4, 5, 6]
    assert [parent_of(code) for code in chain] == [None, *chain[:-1]]


@pytest.mark.parametrize("code", ["", "4", "410", "41010", "4101020", "41010a", "４１"])
def test_what_is_no_code_is_declined(code: str) -> None:
    with pytest.raises(NotPossible, match="请从列表中选择地区"):
        level_of(code)


@pytest.mark.parametrize("code", ["", "41%", "4101 "])
def test_no_region_is_not_the_whole_country(code: str) -> None:
    with pytest.raises(ValueError):
        prefix_range(code)


def test_a_nothing_contains_nothing() -> None:
    assert not contains("", "41")
    assert not contains("410102", "4101")


@given(codes, codes)
def test_the_range_holds_exactly_what_lies_inside(area: str, code: str) -> None:
    low, high = prefix_range(area)

    assert (low <= code < high) == contains(area, code)


@given(codes, st.text("0123456789", max_size=9))
def test_the_range_holds_every_longer_code(area: str, rest: str) -> None:
    low, high = prefix_range(area)

    assert low <= area + rest < high
    assert low.encode() < high.encode()
