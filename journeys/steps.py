"""What people do again and again on their walks: report, look up, take a step, and read what a page says."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

COUNTY, TOWNSHIP = "汤阴县", "任固镇"
STREETLAMP = "城区路灯"
ACTIONS = "#actions"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What somebody reports."""

    text: str
    phone: str
    name: str = "冯大爷"
    words: str = "路灯"
    category: str = STREETLAMP
    kind: str = "求助"
    township: str = TOWNSHIP
    place: str = "村口桥头向南"
    privacy: str = "不公开"

    @property
    def last_four(self) -> str:
        """What the person types to come back."""
        return self.phone[-4:]


@dataclass(frozen=True)
class Sent:
    """What the person holds in the hand afterwards."""

    case_id: int
    code: str


def press(page: Page, name: str) -> None:
    """Press the button with this name in the page's main part."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow the link with this name in the page's main part."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def follow_tab(page: Page, label: str) -> None:
    """Open a tab of the inbox."""
    page.locator(".c-tabs a").filter(has_text=label).click()


def choose(page: Page, label: str) -> None:
    """Choose the line that begins with this label."""
    page.locator(".c-options label").filter(has_text=re.compile(rf"^\s*{re.escape(label)}")).first.click()


def choose_place(page: Page, township: str) -> None:
    """Pick county and township in steps, as without scripts."""
    page.select_option("[name=region-county]", label=COUNTY)
    page.click("[name=region-step]")
    page.select_option("[name=region-township]", label=township)


def report(page: Page, matter: Matter) -> Sent:
    """Walk through the four steps and return the query code that the confirmation shows."""
    page.goto("/hotline/new/")
    page.fill("#words", matter.words)
    press(page, "找类别")
    choose(page, matter.category)
    choose(page, matter.kind)
    press(page, "下一步")
    page.fill("[name=text]", matter.text)
    choose_place(page, matter.township)
    page.fill("[name=place]", matter.place)
    press(page, "下一步")
    page.fill("[name=name]", matter.name)
    page.fill("[name=phone]", matter.phone)
    choose(page, matter.privacy)
    press(page, "下一步")
    press(page, "提交诉求")
    return confirmed(page)


def confirmed(page: Page) -> Sent:
    """Read the confirmation: the code, and the case from the link to its progress."""
    expect(page.locator("h1")).to_have_text("已收到您的诉求")
    code = page.locator(".c-confirm__code").inner_text()
    address = page.get_by_role("link", name="看进度", exact=True).get_attribute("href") or ""
    return Sent(int(address.rstrip("/").rpartition("/")[2]), code)


def track(page: Page, code: str, last_four: str) -> None:
    """Come back to a matter with its code."""
    page.goto("/track/")
    page.fill("[name=query_code]", code)
    page.fill("[name=last_four]", last_four)
    press(page, "查进度")
    expect(page.locator("#h-case")).to_be_visible()


def open_case(page: Page, case_id: int, tab: str = "overview") -> None:
    """Open an official's case page."""
    page.goto(f"/hotline/cases/{case_id}/?tab={tab}")
    expect(page.locator("main")).to_be_visible()


def offered(page: Page) -> list[str]:
    """Return the steps that the case page offers."""
    return page.locator(f"{ACTIONS} .c-btn").all_inner_texts()


def begin_step(page: Page, case_id: int, step: str) -> Locator:
    """Open the form of one step from the case page."""
    open_case(page, case_id)
    page.locator(ACTIONS).get_by_role("link", name=step, exact=True).click()
    expect(page.locator("h1")).to_have_text(step)
    return page.locator("main form")


def take_step(page: Page, case_id: int, step: str, **answers: str) -> None:
    """Take one step in a case; an answer for a list of units or reasons is given by its label."""
    form = begin_step(page, case_id, step)
    for name, answer in answers.items():
        if form.locator(f"select[name={name}]").count():
            form.locator(f"select[name={name}]").select_option(label=answer)
        elif form.locator(f"input[type=radio][name={name}]").count():
            choose(page, answer)
        elif form.locator(f"input[type=checkbox][name={name}]").count():
            form.get_by_role("checkbox", name=answer, exact=True).check()
        else:
            form.locator(f"[name={name}]").fill(answer)
    press(page, step)
    expect(page.locator("main")).to_contain_text(f"已办理：{step}")


def desk(page: Page, address: str, step: str, **answers: str) -> None:
    """Take one step on an official's page of a case at this address."""
    page.goto(address)
    page.locator("#h-actions").wait_for()
    page.get_by_role("link", name=step, exact=True).click()
    for name, answer in answers.items():
        field = page.locator(f"main form [name={name}]").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=answer)
        elif field.get_attribute("type") == "radio":
            choose(page, answer)
        else:
            field.fill(answer)
    press(page, step)
    expect(page.locator("main")).to_contain_text(f"已办理：{step}")
