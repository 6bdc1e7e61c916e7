"""Every page an official sees, at the desk and on the way: readable by everybody, and nothing that scrolls sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import WIDTHS
from journeys.steps import offered

TABS = ("overview", "steps", "papers", "related", "lookers")
SIZES = sorted(WIDTHS.values())
Look = Callable[[Page, str], None]


@pytest.fixture
def look(screenshot, check_accessibility) -> Look:
    """Return a function that keeps a picture of a page and checks it."""

    def at(page: Page, name: str) -> None:
        expect(page.locator("h1")).to_have_count(1)
        screenshot(page, name)
        check_accessibility(page)

    return at


@pytest.mark.parametrize("width", SIZES)
def test_signing_in_is_readable(new_context, look: Look, width: int):
    page = new_context(width).new_page()
    page.goto("/accounts/sign-in/")
    look(page, "sign-in")
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "wrong")
    page.click("main form button[type=submit]")
    expect(page.locator(".c-error-summary")).to_be_visible()
    look(page, "sign-in-mistakes")


@pytest.mark.parametrize("width", SIZES)
def test_inbox_preview_case_and_notices_are_readable(sign_in, look: Look, width: int):
    page = sign_in("supervisor1", width=width)
    page.goto("/desk/")
    look(page, "inbox")
    page.goto("/desk/?words=没有这样的标题")
    look(page, "inbox-empty")
    page.goto("/desk/search/?q=路灯")
    look(page, "search")
    page.goto("/desk/notices/")
    look(page, "notices")
    page.goto("/cockpit/")
    look(page, "overview")
    page.goto("/cockpit/brief/")
    look(page, "overview-brief")
    page.goto("/cockpit/table/")
    look(page, "overview-table")
    page.goto("/desk/?sort=newest")
    page.locator(".c-dense__title a").first.click()
    page.wait_for_url("**/cases/**")
    case = page.url.partition("?")[0]
    for tab in TABS:
        page.goto(f"{case}?tab={tab}")
        look(page, f"case-{tab}")
    page.goto(f"{case}work-order/")
    look(page, "work-order")


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize(
    ("username", "tab"),
    [
        ("dispatcher1", "待派发"),
        ("chengguan1", "待签收"),
        ("chengguan1", "办理中"),
        ("caller1", "差评待回访"),
    ],
)
def test_every_step_offered_has_a_readable_form(sign_in, look: Look, width: int, username: str, tab: str):
    page = sign_in(username, width=width)
    page.goto("/desk/")
    page.locator(".c-tabs a").filter(has_text=tab).click()
    page.wait_for_url(lambda address: "tab=" in address)
    lines = page.locator(".c-dense__title a")
    assert lines.count(), f"the demonstration has nothing in {tab}"
    lines.first.click()
    page.wait_for_url("**/cases/**")
    expect(page.locator("#actions a.c-btn").first).to_be_visible()
    case = page.url
    assert offered(page)
    steps = [link.get_attribute("href") or "" for link in page.locator("#actions a.c-btn").all()]
    for address in steps:
        page.goto(address)
        look(page, f"step-{address.rstrip('/').rpartition('/')[2]}")
    page.goto(case)


@pytest.mark.parametrize("width", SIZES)
def test_call_scorecard_and_samples_are_readable(sign_in, look: Look, width: int):
    caller = sign_in("caller1", width=width)
    caller.goto("/hotline/call/")
    look(caller, "call")
    caller.locator("main form button[type=submit]").last.click()
    expect(caller.locator(".c-error-summary")).to_be_visible()
    look(caller, "call-mistakes")
    supervisor = sign_in("supervisor1", width=width)
    supervisor.goto("/hotline/scorecard/")
    look(supervisor, "scorecard")
    supervisor.goto("/hotline/samples/")
    look(supervisor, "samples")
    head = sign_in("chengguan-head", width=width)
    head.goto("/desk/")
    look(head, "inbox-head")


@pytest.mark.parametrize("width", SIZES)
def test_the_administrators_pages_are_readable(sign_in, look: Look, width: int):
    page = sign_in("admin1", width=width)
    page.goto("/admin/")
    look(page, "admin")
    addresses = [link.get_attribute("href") or "" for link in page.locator("#content th a").all()]
    assert addresses
    for address in addresses:
        response = page.goto(address)
        assert response is not None and response.status == 200, address
        look(page, f"admin{address.removeprefix('/admin').replace('/', '-').rstrip('-')}")


@pytest.mark.parametrize("width", SIZES)
def test_handing_a_desk_over_is_readable(sign_in, look: Look, width: int):
    page = sign_in("zhujian1", width=width)
    page.goto("/desk/handovers/")
    look(page, "handovers")
    page.goto("/desk/handovers/new/")
    look(page, "handover-new")
    page.goto("/petitions/reception/")
    look(page, "petition-reception")


@pytest.mark.parametrize("width", SIZES)
def test_the_pages_of_a_head_about_petitions_are_readable(sign_in, look: Look, width: int):
    page = sign_in("xianzhengfu-head", width=width)
    page.goto("/petitions/protections/")
    look(page, "petition-protections")
    page.goto("/petitions/units/mine/")
    look(page, "petition-openness")
