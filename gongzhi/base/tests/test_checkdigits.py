"""Check digits find slips of the pen, and every refusal says the next step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.checkdigits import check_credit_code
from gongzhi.base.declined import NotPossible

PUBLISHED = "91350100M000100Y43"


def passes(code: str) -> bool:
    try:
        check_credit_code(code)
    except NotPossible:
        return False
    return True


def test_the_published_example_passes() -> None:
    assert passes(PUBLISHED)


def test_a_village_collective_has_a_code_that_begins_with_n() -> None:
    body = "N2410102M000100Y4"

    assert len([last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if passes(body + last)]) == 1


def test_the_organisation_code_inside_has_a_check_digit_of_its_own() -> None:
    body = "91350100M000100Y5"

    assert not any(passes(body + last) for last in "0123456789ABCDEFGHJKLMNPQRTUWXY")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91350100M000100Y4", "18 位"),
        ("91350100M000100I43", "I、O、S、V、Z"),
        ("91350100m000100Y43", "大写字母"),
        ("9135010OM000100Y43", "I、O、S、V、Z"),
        ("91350100M000100Y44", "校验位不符"),
    ],
)
def test_a_wrong_code_is_refused_with_the_next_step(code: str, said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        check_credit_code(code)


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(position: int, shift: int) -> None:
    sign = PUBLISHED[position]
    wrong = str((int(sign) + shift) % 10) if sign.isdigit() else str(shift)

    assert not passes(PUBLISHED[:position] + wrong + PUBLISHED[position + 1 :])


@given(st.text(max_size=30))
def test_any_text_is_taken_or_declined_but_never_breaks(text: str) -> None:
    assert passes(text) in {True, False}
