"""Every page a citizen sees, on a phone, on a desk and in large letters: readable by everybody, light, without scripts."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import WIDTHS
from journeys.steps import Matter, Sent, choose, choose_place, confirmed, press, report, take_step, track
from journeys.watching import BUDGET, weighed

LOOKS = ("phone", "desk", "elder", "english")
OPEN_PAGES = {
    "home": "/",
    "new-1-start": "/hotline/new/",
    "track": "/track/",
    "public": "/hotline/public/",
    "draws": "/hotline/draws/",
    "petition-new": "/petitions/new/",
    "petition-verify": "/petitions/verify/",
    "petition-form": "/petitions/form/",
    "petition-units": "/petitions/units/?region=410523",
    "petition-unit": "/petitions/units/1/",
    "request-form": "/hotline/form/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
}
BINS = Matter(text="小区门口的垃圾桶满了三天，味道很大，请尽快清走。", phone="13937281104", township="城关镇")
Look = Callable[[str], None]


@pytest.fixture(params=LOOKS)
def page(request: pytest.FixtureRequest, new_context) -> Page:
    """A citizen's page at each size and in each manner."""
    width = WIDTHS["desk"] if request.param == "desk" else WIDTHS["phone"]
    page = new_context(width, java_script_enabled=False).new_page()
    if request.param == "elder":
        page.goto("/settings/display/?elder=1&next=/")
    if request.param == "english":
        page.goto("/settings/display/?language=en&next=/")
    return page


@pytest.fixture
def look(request: pytest.FixtureRequest, page: Page, screenshot, check_accessibility) -> Look:
    """Return a function that looks at the page as it stands: no script, no sideways scrolling, axe clean, a picture."""
    manner = request.node.callspec.params["page"]
    suffix = "" if manner in {"phone", "desk"} else f"-{manner}"

    def at_the_page(name: str) -> None:
        assert not page.locator("script").count(), f"{page.url} ships a script"
        screenshot(page, f"{name}{suffix}")
        check_accessibility(page)

    return at_the_page


def test_every_open_page_is_readable(page: Page, look: Look):
    for name, address in OPEN_PAGES.items():
        response = page.goto(address)
        assert response is not None and response.status == 200, address
        look(name)
    page.goto("/hotline/public/")
    page.locator("article h2 a").first.click()
    page.wait_for_url("**/public/4*/")
    look("public-case")
    response = page.goto("/no-such-page/")
    assert response is not None and response.status == 404
    look("not-found")


@pytest.mark.parametrize("page", ["phone", "desk", "elder"], indirect=True)
def test_every_step_of_reporting_is_readable_with_and_without_mistakes(page: Page, look: Look):
    page.goto("/hotline/new/kind/?words=垃圾")
    look("new-1-kind")
    press(page, "下一步")
    look("new-1-kind-mistakes")
    choose(page, "垃圾清运")
    choose(page, "投诉")
    press(page, "下一步")
    look("new-2-what")
    press(page, "下一步")
    look("new-2-what-mistakes")
    page.fill("[name=text]", BINS.text)
    choose_place(page, BINS.township)
    press(page, "下一步")
    look("new-3-contact")
    press(page, "下一步")
    look("new-3-contact-mistakes")
    page.fill("[name=name]", BINS.name)
    page.fill("[name=phone]", BINS.phone)
    press(page, "下一步")
    look("new-4-check")
    press(page, "提交诉求")
    sent = confirmed(page)
    look("received")
    page.get_by_role("link", name="打印回执").click()
    page.wait_for_url("**/receipt/")
    look("receipt")
    track(page, sent.code, BINS.last_four)
    look("progress-sent")
    for step in ("add", "urge", "withdraw"):
        page.goto(f"/hotline/track/{sent.case_id}/{step}/")
        look(f"act-{step}")


@pytest.fixture(scope="module")
def answers() -> dict[str, Sent]:
    """The answered matter, so that it is answered once for all sizes."""
    return {}


@pytest.fixture
def answered(answers: dict[str, Sent], phone: Page, sign_in) -> Sent:
    """A matter with its answer, waiting to be rated."""
    if "sent" not in answers:
        sent = report(phone, BINS)
        take_step(sign_in("dispatcher1"), sent.case_id, "派发")
        handler = sign_in("chengguan1")
        take_step(handler, sent.case_id, "签收")
        reply = "垃圾桶已清空，今后每天早晚各清运一次。"
        take_step(handler, sent.case_id, "答复送审", outcome="已解决", reply=reply)
        take_step(sign_in("chengguan-head"), sent.case_id, "审核通过")
        answers["sent"] = sent
    return answers["sent"]


@pytest.mark.parametrize("page", ["phone", "desk", "elder"], indirect=True)
def test_the_answer_and_the_five_faces_are_readable(page: Page, look: Look, answered: Sent):
    track(page, answered.code, BINS.last_four)
    look("progress-answered")
    page.goto(f"/hotline/track/{answered.case_id}/rate/")
    assert not page.locator("input[name=grade]:checked").count()
    look("rate")
    press(page, "提交评价")
    expect(page.locator(".c-error-summary")).to_contain_text("请选择满意程度")
    look("rate-mistakes")
    page.goto(f"/hotline/track/{answered.case_id}/contest/")
    look("act-contest")


def test_a_citizens_page_is_light_on_the_first_visit(new_context):
    heavy = []
    for address in (*OPEN_PAGES.values(), "/hotline/new/kind/?words=垃圾", f"/hotline/new/{uuid4()}/what/"):
        for width in WIDTHS.values():
            page = new_context(width, java_script_enabled=False).new_page()
            with weighed(page) as loaded:
                page.goto(address)
            total = sum(weight for _address, weight in loaded)
            assert any(loaded_from.endswith(".css") for loaded_from, _weight in loaded)
            if total > BUDGET:
                heavy.append(f"{address} at {width}: {total} bytes {loaded}")
    assert not heavy, "\n".join(heavy)
