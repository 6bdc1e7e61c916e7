"""A number of a row is read back as it was written, and nothing else is taken for one."""

import pytest

from gongzhi.base.rownumbers import row_number


@pytest.mark.parametrize("number", [0, 7, 4105230000000000123, 2**63 - 1])
def test_what_was_written_is_read_back(number: int) -> None:
    assert row_number(str(number)) == number


@pytest.mark.parametrize("text", ["", "-1", "1.0", "１", "²", "1e3", " 1", str(2**63), "9" * 5000])
def test_what_is_no_number_of_a_row_names_none(text: str) -> None:
    assert row_number(text) is None
