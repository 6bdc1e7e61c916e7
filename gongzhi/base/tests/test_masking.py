"""Masks show what they promise and never more, whatever they are given."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base import masking

MASKS = [
    masking.mask_name,
    masking.mask_phone,
    masking.mask_id_number,
    masking.mask_bank_card,
    masking.mask_e_mail,
]


@pytest.mark.parametrize(
    ("mask", "given_value", "shown"),
    [
        (masking.mask_name, "张三", "张*"),
        (masking.mask_name, "王小明", "王**"),
        (masking.mask_name, "欧阳明", "欧阳*"),
        (masking.mask_name, "欧阳", "欧*"),
        (masking.mask_name, "李", "*"),
        (masking.mask_name, "阿依古丽·买买提", "阿***"),
        (masking.mask_name, "Jane Roe", "J***"),
        (masking.mask_phone, "13800005678", "138****5678"),
        (masking.mask_phone, "138 0000 5678", "138****5678"),
        (masking.mask_phone, "0371-65500012", "0371-****12"),
        (masking.mask_phone, "0371-65500012-8001", "0371-****12"),
        (masking.mask_phone, "不详", "***"),
        (masking.mask_id_number, "11010519491231002X", "110*************2X"),
        (masking.mask_id_number, "E12345678", "E1******8"),
        (masking.mask_id_number, "1234", "***"),
        (masking.mask_bank_card, "6222 0000 0000 0001 234", "**** 1234"),
        (masking.mask_e_mail, "zhang@example.org", "z***@example.org"),
        (masking.mask_e_mail, "zhang", "***"),
    ],
)
def test_a_mask_shows_what_it_promises(mask, given_value: str, shown: str) -> None:
    assert mask(given_value) == shown


def test_numbers_in_running_text_are_masked() -> None:
    text = "我叫王小明，电话13800005678，家里0371-65500012，身份证11010519491231002X，邮箱wang@example.org，2026年3月"

    masked = masking.mask_numbers(text)

    assert masked == (
        "我叫王小明，电话138****5678，家里0371-****12，身份证110*************2X，邮箱w***@example.org，2026年3月"
    )


def test_full_width_numbers_in_running_text_are_masked_too() -> None:
    assert "１３８００００５６７８" not in masking.mask_numbers("电话１３８００００５６７８")
    assert "13800005678" not in masking.mask_numbers("电话１３８００００５６７８")


@given(st.text(min_size=2, max_size=40))
def test_no_mask_ever_gives_back_what_it_was_given(text: str) -> None:
    for mask in MASKS:
        shown = mask(text)
        assert shown != text or not text.strip() or set(text) <= {"*"}
        assert text.strip() == "" or "*" in shown


@given(st.from_regex(r"41[0-9]{4}(19|20)[0-9]{2}[0-9]{6}[0-9][0-9X]", fullmatch=True))
def test_a_masked_citizen_number_holds_no_birth_date(number: str) -> None:
    shown = masking.mask_id_number(number)

    assert len(shown) == len(number) == 18
    assert shown[6:14] == "*" * 8
    assert sum(character != "*" for character in shown) == 5


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_masked_mobile_hides_four_digits(phone: str) -> None:
    shown = masking.mask_phone(phone)

    assert shown[3:7] == "****"
    assert phone not in masking.mask_numbers(f"请打{phone}联系")


def test_a_text_made_to_be_slow_is_masked_as_fast_as_any():
    begin = time.process_time()
    masking.mask_numbers("a1" * 50_000)
    assert time.process_time() - begin < 10  # a search that begins anew at every sign takes minutes
