"""An old farmer reports dark street lamps on a small phone that runs no scripts."""

from playwright.sync_api import Page, expect

from journeys.steps import Sent, choose, choose_place, confirmed, press

TOO_SHORT = "灯不亮"
STORY = "村口到小学这一段的路灯坏了半个月，晚上孩子放学看不清路，请派人来修。"
PHONE, FULL_WIDTH_TAIL = "138 3720 4415", " ４４１５ "


def test_an_old_farmer_reports_dark_lamps_corrects_mistakes_sends_once_and_finds_the_matter_again(
    phone: Page, screenshot, check_accessibility
):
    phone.goto("/")
    phone.get_by_role("link", name="我要反映").first.click()
    phone.fill("#words", "路灯不亮")
    press(phone, "找类别")
    _make_mistakes(phone, screenshot, check_accessibility)
    _correct(phone)
    _check(phone, screenshot, check_accessibility)
    sent = _send_twice(phone, screenshot, check_accessibility)
    _print(phone, sent, screenshot)
    _find_again(phone, sent, screenshot, check_accessibility)


def _make_mistakes(phone: Page, screenshot, check_accessibility) -> None:
    """Press on too early and write too little: each is refused by name and nothing is lost."""
    # He presses on without choosing anything: both questions are named, nothing is lost.
    refused = _press_and_wait(phone, "下一步")
    assert refused == 422
    expect(phone.locator(".c-error-summary li")).to_have_count(2)
    choose(phone, "城区路灯")
    choose(phone, "求助")
    press(phone, "下一步")
    # Too few words and no place.
    phone.fill("[name=text]", TOO_SHORT)
    assert _press_and_wait(phone, "下一步") == 422
    assert phone.title().startswith("有错误：")
    summary = phone.locator(".c-error-summary")
    expect(summary).to_contain_text("请说明发生了什么，至少 10 个字")
    expect(summary).to_contain_text("请选择所在地区")
    assert phone.input_value("[name=text]") == TOO_SHORT
    screenshot(phone, "new-2-mistakes")
    check_accessibility(phone)
    summary.get_by_role("link").first.click()


def _correct(phone: Page) -> None:
    """Say everything that was missing."""
    # He corrects both; the township appears after a press, without scripts.
    phone.fill("[name=text]", STORY)
    choose_place(phone, "任固镇")
    phone.fill("[name=place]", "村口桥头到小学门口")
    press(phone, "下一步")
    expect(phone.locator("main")).to_contain_text("汤阴县城市管理局")

    phone.fill("[name=name]", "冯老栓")
    phone.fill("[name=phone]", "12345")
    assert _press_and_wait(phone, "下一步") == 422
    expect(phone.locator(".c-error-summary")).to_contain_text("请填写 11 位手机号")
    phone.fill("[name=phone]", PHONE)
    press(phone, "下一步")


def _check(phone: Page, screenshot, check_accessibility) -> None:
    """Read it all once more and change one thing."""
    # Everything once more, and a change that comes back to the check.
    check = phone.locator("main")
    for words in (STORY, "冯老栓", "13837204415", "任固镇", "城区路灯"):
        expect(check).to_contain_text(words)
    screenshot(phone, "new-4-check")
    check_accessibility(phone)
    phone.locator("a[href*='/what/']").last.click()
    expect(phone.locator("[name=text]")).to_have_value(STORY)
    press(phone, "下一步")


def _send_twice(phone: Page, screenshot, check_accessibility) -> Sent:
    """Send, and send again; return what was confirmed."""
    checking = phone.url
    press(phone, "提交诉求")
    sent = confirmed(phone)
    screenshot(phone, "received")
    check_accessibility(phone)

    # He presses back and sends again, then opens the old page once more: still the same request.
    phone.go_back()
    if phone.get_by_role("button", name="提交诉求").count():
        press(phone, "提交诉求")
    assert confirmed(phone) == sent
    phone.goto(checking)
    assert confirmed(phone) == sent
    return sent


def _print(phone: Page, sent: Sent, screenshot) -> None:
    """Print the receipt."""
    # The receipt prints as one sheet with the code and without the page's frame.
    phone.get_by_role("link", name="打印回执").click()
    phone.emulate_media(media="print")
    expect(phone.locator("main")).to_contain_text(sent.code)
    expect(phone.locator("main")).to_contain_text("138****4415")
    assert not phone.locator(".c-tabbar, .c-nav, .c-skip").filter(visible=True).count()
    screenshot(phone, "receipt-printed")
    phone.emulate_media(media="screen")


def _find_again(phone: Page, sent: Sent, screenshot, check_accessibility) -> None:
    """Come back on another day, with another browser."""
    # On another day he types the code with blanks, small letters and full-width digits.
    phone.context.clear_cookies()
    phone.goto("/track/")
    phone.fill("[name=query_code]", f" {sent.code.lower().replace(' ', '　')} ")
    phone.fill("[name=last_four]", "4416")
    assert _press_and_wait(phone, "查进度") == 422
    phone.fill("[name=query_code]", f" {sent.code.lower().replace(' ', '-')} ")
    phone.fill("[name=last_four]", FULL_WIDTH_TAIL)
    press(phone, "查进度")
    expect(phone.locator("#h-case")).to_contain_text("村口到小学这一段的路灯坏了半个月")
    assert str(sent.case_id) in phone.url
    expect(phone.locator(".c-timeline li")).to_have_count(1)
    screenshot(phone, "progress-sent")
    check_accessibility(phone)


def _press_and_wait(page: Page, name: str) -> int:
    """Press a button and return the status of the page that comes back."""
    with page.expect_response(lambda response: response.request.is_navigation_request()) as answered:
        press(page, name)
    page.wait_for_load_state()
    return answered.value.status
