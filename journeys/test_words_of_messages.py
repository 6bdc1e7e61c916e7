"""A supervisor words a message anew and sees its parts; it waits for another's approval."""

import pytest

from journeys.conftest import WIDTHS
from journeys.steps import press


@pytest.mark.parametrize("width", sorted(WIDTHS.values()))
def test_words_are_counted_and_proposed(sign_in, screenshot, check_accessibility, width: int):
    page = sign_in("supervisor1", width=width)
    page.goto("/desk/wordings/")
    check_accessibility(page)
    page.goto("/desk/wordings/new/")
    page.locator("[name=template]").first.check()
    page.fill(
        "[name=text]", "【{site}】节假日调整后，您的诉求（查询码{code}）" + "改期。" * 10 + "{due}前答复。"
    )
    page.fill("[name=words]", "说短一些")
    press(page, "算条数")
    screenshot(page, "wording-new")
    check_accessibility(page)
    press(page, "提交审批")
    screenshot(page, "wordings")
    check_accessibility(page)
    page.locator("tbody a").first.click()
    screenshot(page, "wording")
    check_accessibility(page)
