"""A leader looks over the county: who waits longer, what is open, the matters behind a figure, tables, brief, wall."""

import time

from playwright.sync_api import Page, expect

PATIENCE = 90  # seconds until the worker has counted what the demonstration brought


def counted(page: Page) -> None:
    """Open the overview once the worker has counted what is open."""
    until = time.monotonic() + PATIENCE
    while True:
        page.goto("/cockpit/?period=90")
        if page.locator("a[href$='of=open']").count() or time.monotonic() > until:
            break
        page.wait_for_timeout(2_000)
    expect(page.locator("a[href$='of=open']")).to_have_count(1)


def test_a_leader_goes_from_a_figure_to_its_matters_and_takes_the_rest_along(
    sign_in, screenshot, check_accessibility
):
    page = sign_in("supervisor1")
    counted(page)
    expect(page.locator(".c-note").first).to_contain_text("等")
    expect(page.locator("#h-waited")).to_have_text("在办时长")
    screenshot(page, "overview-counted")
    check_accessibility(page)

    number = int(page.locator("a[href$='of=open']").inner_text().replace(",", ""))
    page.locator("a[href$='of=open']").click()
    expect(page.locator("h1")).to_contain_text("在办")
    rows = page.locator(".c-dense tbody tr")
    assert abs(rows.count() - min(number, 50)) <= 5, "the list holds what the figure counted minutes ago"
    screenshot(page, "overview-list")
    check_accessibility(page)
    rows.first.locator("a").first.click()
    page.wait_for_url("**/cases/**")

    page.goto("/cockpit/table/?period=90")
    with page.expect_download() as saved:
        page.get_by_role("link", name="存成 Excel").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    page.goto("/cockpit/brief/?period=90")
    with page.expect_download() as brief:
        page.get_by_role("link", name="存成 PDF").click()
    assert brief.value.suggested_filename.endswith(".pdf")


def test_the_wall_is_readable_in_the_dark_and_leads_back(sign_in, screenshot, check_accessibility):
    page = sign_in("supervisor1", width=1920)
    counted(page)
    page.get_by_role("link", name="大屏").click()
    expect(page.locator("nav")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("汤阴县")
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(1)
    page.get_by_role("link", name="停止自动更新").click()
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    screenshot(page, "overview-wall")
    check_accessibility(page)
    page.get_by_role("link", name="退出大屏").click()
    expect(page.locator(".c-side")).to_be_visible()


def test_from_the_county_a_leader_goes_down_to_a_township(sign_in, screenshot, check_accessibility):
    page = sign_in("supervisor1")
    counted(page)
    township = page.locator("details table tbody th a").first
    name = township.inner_text()
    township.click()
    expect(page.locator("h1")).to_contain_text(name)
    screenshot(page, "overview-township")
    check_accessibility(page)
    page.get_by_role("link", name="回到汤阴县").click()
    expect(page.locator("h1")).to_contain_text("汤阴县")
