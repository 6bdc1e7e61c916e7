"""National identifiers are accepted with the right check digit only, and the refusal says what to do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base import checkdigits
from gongzhi.base.declined import NotPossible


def test_the_example_of_the_standard_is_a_citizen_number() -> None:
    assert checkdigits.citizen_id("11010519491231002x ") == "11010519491231002X"
    assert checkdigits.birth_date("11010519491231002X") == date(1949, 12, 31)


def test_a_number_from_a_county_that_is_gone_stays_valid() -> None:
    body = "41299919500101001"  # no county has this code
    check = next(last for last in "0123456789X" if checkdigits.is_citizen_id(body + last))

    assert checkdigits.citizen_id(body + check)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("110105491231002", "18 位"),
        ("1101051949123100AX", "最后一位可以是 X"),
        ("110105194913310020", "出生日期不存在"),
        ("110105194912310021", "校验位不符"),
        ("", "18 位"),
    ],
)
def test_a_wrong_citizen_number_is_refused_with_the_next_step(number: str, said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        checkdigits.citizen_id(number)


def test_credit_codes_are_checked_with_the_code_inside() -> None:
    assert checkdigits.credit_code("91350100M000100Y43") == "91350100M000100Y43"
    assert checkdigits.credit_code("91350100 m000100y-43") == "91350100M000100Y43"


def test_a_village_collective_has_a_credit_code_that_begins_with_n() -> None:
    body = "N2410102M000100Y4"
    found = [last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if checkdigits.is_credit_code(body + last)]

    assert len(found) == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("91350100M000100Y4", "18 位"),
        ("91350100M000100I43", "I、O、S、V、Z"),
        ("91350100M000100Y44", "校验位不符"),
        ("9135010OM000100Y43", "I、O、S、V、Z"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_the_next_step(number: str, said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        checkdigits.credit_code(number)


def test_the_organisation_code_has_its_own_check_digit() -> None:
    assert checkdigits.organisation_check_digit("M000100Y") == "4"
    assert checkdigits.organisation_code("M000100Y-4") == "M000100Y4"
    with pytest.raises(NotPossible, match="校验位不符"):
        checkdigits.organisation_code("M000100Y5")


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(position: int, shift: int) -> None:
    number = "11010519491231002X"
    wrong = str((int(number[position]) + shift) % 10)

    assert not checkdigits.is_citizen_id(number[:position] + wrong + number[position + 1 :])


@given(st.text(max_size=30))
def test_any_text_is_accepted_or_declined_but_never_breaks(text: str) -> None:
    for accepts in (checkdigits.is_citizen_id, checkdigits.is_credit_code, checkdigits.is_organisation_code):
        assert accepts(text) in {True, False}
