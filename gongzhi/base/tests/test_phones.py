"""Phone numbers are understood as people type them, and kept in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.phones import area_code, is_mobile, is_phone, landlines_in, plain_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("８６１３８００００１２３４", "13800001234"),
        ("008613800001234", "13800001234"),
        ("（0372）123-4567", "03721234567"),
        ("8612345", "8612345"),
        ("", ""),
    ],
)
def test_a_phone_is_kept_as_digits_without_the_prefix_of_the_country(typed: str, kept: str) -> None:
    assert plain_phone(typed) == kept
    assert plain_phone(kept) == kept


def test_only_mobile_numbers_of_the_mainland_receive_text_messages() -> None:
    assert is_mobile("13800001234")
    no = (
        "",
        "03721234567",
        "1380000123",
        "12800001234",
        "2380000123x",
        "１３８００００１２３４",
        "13800001234\n",
    )
    assert not any(is_mobile(phone) for phone in no)


def test_a_landline_is_called_with_its_area_code() -> None:
    assert all(is_phone(phone) for phone in ("13800001234", "03721234567", "01065500000"))
    assert not any(is_phone(phone) for phone in ("", "65500000", "12800001234", "138000012345", "张三"))


@given(st.text(max_size=24))
def test_of_any_text_digits_alone_are_kept(text: str) -> None:
    kept = plain_phone(text)
    assert kept == "" or (kept.isascii() and kept.isdigit())


@pytest.mark.parametrize(
    ("listed", "lines"),
    [
        ("0372-5559008", ["03725559008"]),
        ("（0372）5559008/5559009", ["03725559008", "03725559009"]),
        ("010 65559010、0371-65559011", ["01065559010", "037165559011"]),
        ("5559008", []),
        ("13800001234", []),
        ("办公室", []),
    ],
)
def test_the_landlines_of_an_entry_are_read_with_their_area_codes(listed: str, lines: list[str]) -> None:
    assert landlines_in(listed) == lines


def test_an_area_code_has_three_or_four_digits() -> None:
    assert [area_code(line) for line in ("03725559008", "01065559010", "5559008")] == ["0372", "010", ""]
