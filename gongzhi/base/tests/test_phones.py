"""Phone numbers are understood as people type them, and refused with the next step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.declined import NotPossible
from gongzhi.base.phones import is_mobile, last_four, normalised_phone


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800005678", "13800005678"),
        (" 138 0000 5678", "13800005678"),
        ("138-0000-5678", "13800005678"),
        ("+86 13800005678", "13800005678"),
        ("008613800005678", "13800005678"),
        ("8613800005678", "13800005678"),
        ("１３８００００５６７８", "13800005678"),
        ("0371-65500000", "0371-65500000"),
        ("（0371）6550 0000", "0371-65500000"),
        ("037165500000", "0371-65500000"),
        ("+86 371 65500000", "0371-65500000"),
        ("010-65500000-8001", "010-65500000-8001"),
        ("0371-65500000转12", "0371-65500000-12"),
        ("0398-2900000", "0398-2900000"),
    ],
)
def test_a_number_is_stored_in_one_form(typed: str, stored: str) -> None:
    assert normalised_phone(typed) == stored
    assert normalised_phone(stored) == stored


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请填写联系电话"),
        ("1380000567", "11 位数字"),
        ("12800005678", "13 至 19"),
        ("65500000", "加上区号"),
        ("张三", "11 位手机号码"),
        ("138000056789", "11 位数字"),
    ],
)
def test_what_is_no_number_is_refused_with_the_next_step(typed: str, said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        normalised_phone(typed)


def test_only_mobiles_can_be_sent_messages_and_the_last_four_leave_the_extension_out() -> None:
    assert is_mobile("13800005678")
    assert not is_mobile("0371-65500000")
    assert last_four("13800005678") == "5678"
    assert last_four("0371-65501234-88") == "1234"


@given(st.text(max_size=24))
def test_any_text_is_stored_in_one_form_or_declined(text: str) -> None:
    try:
        stored = normalised_phone(text)
    except NotPossible:
        return
    assert normalised_phone(stored) == stored
