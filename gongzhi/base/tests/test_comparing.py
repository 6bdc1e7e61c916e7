"""Names are told again whatever people put between their signs."""

import pytest

from gongzhi.base.comparing import without_gaps


@pytest.mark.parametrize(
    "written",
    ["王建国", "王 建国", "王\u3000建\u00a0国", "王\u200b建\u202e国", "\ufeff王建国\n", "王\x00建国"],
)
def test_what_stands_between_the_signs_of_a_name_is_no_part_of_it(written):
    assert without_gaps(written) == "王建国"


def test_width_case_and_the_dot_within_a_name_make_no_other_name():
    assert without_gaps("ＡＢＣ局") == without_gaps("abc局")
    assert len({without_gaps(f"买买提{dot}艾力") for dot in ("·", "•", "・", "‧", " ", "")}) == 1
    assert without_gaps("王建，国土局") != without_gaps("王建国土局"), "a comma parts two names"
