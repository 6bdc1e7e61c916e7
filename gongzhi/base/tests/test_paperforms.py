"""A number copied by hand is read as it was printed; one with a mistake is none."""

import itertools

import pytest

from gongzhi.base.paperforms import SIGNS, form_key, new_form_number, read_form_number, shown_form_number


def test_what_is_printed_is_read_back_however_it_is_typed():
    number = new_form_number()
    shown = shown_form_number(number)
    assert {read_form_number(one) for one in (number, shown, shown.lower(), shown.replace("-", " "))} == {
        number
    }
    assert form_key(number) == form_key(read_form_number(shown))


def test_one_wrong_sign_and_two_exchanged_are_found():
    number = new_form_number()
    for place, sign in itertools.product(range(12), SIGNS):
        wrong = number[:place] + sign + number[place + 1 :]
        if wrong != number:
            with pytest.raises(ValueError, match="no sheet"):
                read_form_number(wrong)
    for place in range(10):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        if swapped != number:
            with pytest.raises(ValueError, match="no sheet"):
                read_form_number(swapped)


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 12, "信访" * 6])
def test_what_no_sheet_bears_is_refused(typed):
    with pytest.raises(ValueError, match="no sheet"):
        read_form_number(typed)
