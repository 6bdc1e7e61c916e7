"""A call-taker registers what a caller says, with the keyboard only, and reads the code out."""

from playwright.sync_api import Page, expect

CALLER_PHONE = "0372 5566771"
MOST_TABS = 80


def test_a_call_taker_registers_two_calls_of_one_person_with_the_keyboard_only(
    sign_in, screenshot, check_accessibility
):
    page = sign_in("caller1")
    page.goto("/hotline/call/")

    _register(page, "小区楼下垃圾桶三天没人清，臭味飘到屋里，请安排清运。")
    expect(page.locator(".c-confirm")).to_contain_text("请读给来电人")
    code = page.locator(".c-confirm__code").inner_text()
    assert len(code.replace(" ", "")) == 12
    screenshot(page, "call-read-out")
    check_accessibility(page)

    # The same person rings again: what she asked before is on the screen before she has finished.
    tab_to(page, "a[href='/hotline/call/'].c-btn:not(.c-btn--ghost)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hotline/call/")
    _look_up(page)
    earlier = page.locator("section[aria-labelledby=h-earlier]")
    expect(earlier).to_contain_text("小区楼下垃圾桶三天没人清")
    expect(earlier).to_contain_text("待派发")
    screenshot(page, "call-earlier-requests")
    check_accessibility(page)
    _register(page, "刚才说的垃圾桶旁边还堆了装修垃圾，一起清走。", looked=True)
    assert page.locator(".c-confirm__code").inner_text() != code


def _look_up(page: Page) -> None:
    tab_to(page, "[name=phone]")
    page.keyboard.type(CALLER_PHONE)
    tab_to(page, "[name=look]")
    page.keyboard.press("Enter")
    expect(page.locator("section[aria-labelledby=h-earlier]")).not_to_contain_text("填好来电号码后查询")


def _register(page: Page, said: str, *, looked: bool = False) -> None:
    """Fill the screen from top to bottom; category and township by the arrow keys."""
    if not looked:
        tab_to(page, "[name=phone]")
        page.keyboard.type(CALLER_PHONE)
    tab_to(page, "[name=name]")
    page.keyboard.type("杜阿姨")
    tab_to(page, "[name=text]")
    page.keyboard.type(said)
    tab_to(page, "[name=suggest]")
    page.keyboard.press("Enter")
    expect(page.locator(".c-suggestion")).to_contain_text("垃圾清运")
    tab_to(page, "[name=category]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=place]")
    page.keyboard.type("光明小区 3 号楼下")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("已登记")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")
