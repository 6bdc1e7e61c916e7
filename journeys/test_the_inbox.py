"""The inbox of a busy office: filters in the address, keys, several dispatched at once, page after page."""

from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Page, expect

from journeys.steps import follow_tab

ROWS = ".c-dense tbody tr"


def test_a_dispatcher_picks_several_by_keys_and_dispatches_them_at_once(
    sign_in, screenshot, check_accessibility
):
    page = sign_in("dispatcher1")
    page.goto("/desk/")
    follow_tab(page, "待派发")
    expect(page.locator(ROWS).first).to_be_visible()
    for _ in range(4):
        _pick_next_request(page)
    expect(page.locator("[data-picked]")).to_have_text("4")
    for key in "kjx":
        page.keyboard.press(key)
    expect(page.locator("[data-picked]")).to_have_text("3")
    page.keyboard.press("x")
    picked = [box.get_attribute("value") for box in page.locator("input[name=pick]:checked").all()]
    page.get_by_role("button", name="批量派发").click()

    ready = [box.get_attribute("value") for box in page.locator("input[name=pick]").all()]
    alone = page.get_by_role(
        "link", name="单独选择单位"
    ).count()  # handed over without a field: the list names no unit
    assert len(ready) >= 2 and len(ready) + alone == len(picked) and set(ready) <= set(picked)
    expect(page.locator("main table")).to_contain_text("职责清单")
    screenshot(page, "dispatch-many")
    check_accessibility(page)
    page.get_by_role("button", name=f"派发 {len(ready)} 件").click()
    expect(page.locator("main")).to_contain_text(f"已派发 {len(ready)} 件")
    for case_id in ready:
        page.goto(f"/hotline/cases/{case_id}/")
        expect(page.locator("main")).to_contain_text("待签收")


def test_enter_opens_the_line_and_a_slash_goes_to_the_search(sign_in):
    page = sign_in("dispatcher1")
    page.goto("/desk/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{focused}")


def test_a_filtered_list_is_an_address_that_a_colleague_can_open(sign_in):
    page = sign_in("supervisor1")
    page.goto("/desk/")
    page.select_option("[name=channel]", label="电话")
    page.select_option("[name=sort]", label="登记时间 新→旧")
    page.get_by_role("button", name="筛选").click()
    asked = parse_qs(urlparse(page.url).query)
    assert asked["channel"] == ["phone"] and asked["sort"] == ["newest"]
    seen = _numbers(page)  # not the whole lines: the minutes that are left go on meanwhile
    assert seen

    colleague = sign_in("supervisor1")
    colleague.goto(page.url)
    assert _numbers(colleague) == seen


def test_the_next_page_goes_on_after_the_last_line_without_repeating_or_leaving_out(sign_in):
    page = sign_in("supervisor1")
    page.goto("/desk/")
    waiting = int(page.locator(".c-tabs a[aria-current] .c-count").inner_text())
    assert waiting > 50, "the demonstration no longer fills more than one page"
    numbers = _numbers(page)
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").click()
        numbers += _numbers(page)
    assert len(numbers) == len(set(numbers)) == waiting


def _numbers(page: Page) -> list[str]:
    return page.locator(f"{ROWS} .c-dense__number").all_inner_texts()


def _pick_next_request(page: Page) -> None:
    """Go down to the next request, past letters and petitions that wait under the same tab, and pick it."""
    for _ in range(page.locator(ROWS).count()):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.getAttribute('href')").startswith("/hotline/"):
            page.keyboard.press("x")
            return
    raise AssertionError("no further request waits")
