"""An old person without a smartphone asks by text, gets the answer by text and rates it; what is unclear a person reads."""

import json
import time
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gongzhi.channels.sms.door import signature_of
from journeys.conftest import WIDTHS
from journeys.site import SMS, Site
from journeys.steps import desk, press, take_step

PHONE = "13849021177"
MATTER = "汤阴县任固镇东头的机井坏了三天，地里浇不上水，请派人修一修"
PATIENCE = 60


@pytest.fixture
def send(phone: Page) -> Callable[[str, str], None]:
    """Return a function that has the provider hand over a text."""

    def hand_over(number: str, words: str) -> None:
        body = json.dumps({"id": str(uuid.uuid4()), "phone": number, "text": words}).encode()
        moment = str(int(time.time()))
        signed = {"X-Sent-At": moment, "X-Signature": signature_of(body, moment, SMS["SMS_KEY"])}
        answer = phone.request.post(
            "/sms/incoming/", data=body, headers=signed | {"Content-Type": "application/json"}
        )
        assert answer.json() == {"said": "taken"}

    return hand_over


def received(site: Site, number: str, part: str) -> str:
    """Wait until a text that holds *part* has reached a phone, and return it."""
    path, until = site.home / "sms" / "sent.jsonl", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        lines = path.read_text().splitlines() if path.exists() else []
        for line in map(json.loads, lines):
            if line["phone"] == number and part in line["text"]:
                return str(line["text"])
        time.sleep(0.3)
    raise AssertionError(f"no text with {part!r} has reached {number}")


def test_an_old_person_asks_by_text_is_answered_and_rates(
    site: Site, send: Callable[[str, str], None], sign_in: Callable[..., Page]
):
    send(PHONE, MATTER)
    received(site, PHONE, "怎么称呼您")
    send(PHONE, "冯大爷")
    assert "查询码" in received(site, PHONE, "已登记")

    dispatcher = sign_in("dispatcher1")
    dispatcher.goto("/desk/?sort=newest")
    dispatcher.locator(".c-dense__title a").filter(has_text="任固镇东头的机井").first.click()
    dispatcher.wait_for_url("**/cases/**")
    case_id = int(dispatcher.url.partition("/cases/")[2].partition("/")[0])
    take_step(dispatcher, case_id, "直接答复", outcome="已解决", reply="水管站下午已换好水泵，请您开闸试试。")

    send(PHONE, "查进度")  # at once; the notice of the answer waits for the morning when it is night
    assert "评价" in received(site, PHONE, "已换好水泵")
    send(PHONE, "５")
    received(site, PHONE, "谢谢")
    dispatcher.goto(f"/hotline/cases/{case_id}/?tab=steps")
    expect(dispatcher.locator("main")).to_contain_text("评价")


def test_a_complaint_by_text_is_asked_about_whom_and_two_matters_become_two_numbers(
    site: Site,
    send: Callable[[str, str], None],
    sign_in: Callable[..., Page],
    screenshot,
    check_accessibility,
):
    number = "13849021166"
    send(number, "投诉：汤阴县任固镇补偿款名单不给看，还有东街的井盖也丢了一个")
    assert "保密" in received(site, number, "您反映的是哪个单位或哪个人")
    send(number, "管名单的老李")
    received(site, number, "怎么称呼您")
    send(number, "0")
    received(site, number, "已登记")

    dispatcher = sign_in("dispatcher1")
    dispatcher.goto("/desk/?sort=newest")
    dispatcher.locator(".c-dense__title a").filter(has_text="补偿款名单不给看").first.click()
    dispatcher.wait_for_url("**/cases/**")
    expect(dispatcher.locator("main")).to_contain_text("反映人写的：管名单的老李")
    case_id = int(dispatcher.url.partition("/cases/")[2].partition("/")[0])
    dispatcher.goto(f"/hotline/cases/{case_id}/do/split/")
    screenshot(dispatcher, "split")
    check_accessibility(dispatcher)
    take_step(dispatcher, case_id, "拆成两件", text="东街的井盖也丢了一个")
    expect(dispatcher.locator("main")).to_contain_text("同一次反映的另一件")
    screenshot(dispatcher, "split-case")
    told = received(site, number, "您说的是两件事")
    assert told.count("410523-") == 2


def test_what_nobody_understands_is_read_and_answered_by_a_call_taker(
    site: Site,
    send: Callable[[str, str], None],
    sign_in: Callable[..., Page],
    screenshot,
    check_accessibility,
):
    number, page = "13849021188", sign_in("jieting1")
    page.goto("/hotline/texts/")
    screenshot(page, "texts-none")
    send(number, "老王他家那个事还在老地方")
    received(site, number, "在哪里")
    send(number, "就是上回说的那里")
    received(site, number, "工作人员会看您的短信")

    page.goto("/hotline/texts/")
    expect(page.locator("main")).to_contain_text("138****1188")
    screenshot(page, "texts")
    check_accessibility(page)
    page.get_by_role("link", name="老王他家那个事还在老地方").click()
    expect(page.locator("main")).to_contain_text("就是上回说的那里")
    screenshot(page, "text-register")
    check_accessibility(page)
    page.get_by_role("link", name="不登记，只答复").click()
    page.fill("[name=reply]", "您好，请告诉我们是哪个乡镇、哪个村，出了什么事，我们马上登记。" * 3)
    press(page, "算条数")
    expect(page.locator("[role=status]")).to_contain_text("分 2 条发送")
    screenshot(page, "text-answer")
    check_accessibility(page)
    narrow = sign_in("jieting1", width=WIDTHS["phone"])
    for address in ("/hotline/texts/", page.url):
        narrow.goto(address)
        screenshot(narrow, f"narrow{address.rstrip('/').rpartition('/')[2]}")
        check_accessibility(narrow)
    press(page, "发送")
    expect(page.locator("main")).to_contain_text("没有待处理的短信")
    received(site, number, "哪个乡镇、哪个村")


def test_an_old_person_petitions_by_text_has_the_opinion_by_text_and_rates(
    site: Site, send: Callable[[str, str], None], sign_in: Callable[..., Page]
):
    number = "13849021199"
    send(number, "信访：汤阴县任固镇去年修路占了我家一亩二分地，补偿款没有到账")
    received(site, number, "怎么称呼您")
    send(number, "冯大娘")
    assert "十五日内转送" in received(site, number, "信访事项已登记")

    dispatcher, handler, head = (sign_in(name) for name in ("dispatcher1", "zhujian1", "zhujian-head"))
    dispatcher.goto("/desk/?sort=newest")
    dispatcher.locator(".c-dense__title a").filter(has_text="去年修路占了我家").first.click()
    dispatcher.wait_for_url("**/petitions/cases/**")
    case = f"/petitions/cases/{dispatcher.url.partition('/cases/')[2].partition('/')[0]}/"
    desk(dispatcher, case, "转送", unit_id="汤阴县住房和城乡建设局")
    desk(handler, case, "受理（第六种途径）")
    desk(
        handler,
        case,
        "拟写处理意见",
        outcome="请求事实清楚，符合规定，予以支持",
        facts="经查，公告列有一亩二分地，款项漏拨。",
        decision="本月底前补拨到本人账户。",
        basis="土地管理法第四十八条",
    )
    desk(head, case, "签发处理意见书")

    send(number, "查进度")
    told = received(site, number, "本月底前补拨")
    assert "看完请回复收到" in told
    assert "三十日内可申请复查" in told
    send(number, "收到")
    received(site, number, "从明天算起")
    send(number, "满意")
    received(site, number, "谢谢，已记下您的评价")
