"""A petition its full way while half a year passes: opinion, review, re-review, and no further; each notice as the law owes it.

Figures and articles are those of 信访工作条例 (2022); the days are counted here once more, apart from the platform.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from gongzhi.base.calendar import official
from journeys.site import Site
from journeys.steps import choose, choose_place, desk, follow, press, track

pytestmark = pytest.mark.sets_clock_back
PHONE, COUNTY_TIME = "13603720459", ZoneInfo("Asia/Shanghai")
BUREAU, COUNTY, CITY = "汤阴县住房和城乡建设局", "汤阴县人民政府", "安阳市人民政府"
BEGUN = date.today() - timedelta(days=200)
FINDING = {
    "outcome": "请求缺乏事实根据或不符合规定，不予支持",
    "facts": "经查，公告所列面积为一亩，补偿款已经拨付到村。",
    "decision": "对补发一亩二分地补偿款的请求不予支持。",
    "basis": "土地管理法第四十八条",
}
SAID = ("土地管理法第四十八条", "不予支持", "面积为一亩")
Clock = Callable[[date], None]


@pytest.fixture
def clock(site: Site) -> Iterator[Clock]:
    """Yield a function that makes it ten in the morning of a day that lies behind us; afterwards it is today again."""
    file = site.home / "clock"

    def make_it(day: date) -> None:
        moment = datetime(day.year, day.month, day.day, 10, tzinfo=COUNTY_TIME)
        written = file.with_suffix(".new")
        written.write_text(moment.isoformat())
        written.replace(file)

    yield make_it
    file.unlink(missing_ok=True)


@dataclass
class Letterbox:
    """What reaches the person's telephone from now on, each message read once."""

    site: Site
    read: int = 0

    def __post_init__(self) -> None:
        """Leave what came before."""
        self.read = len(self._all())

    def next(self, *words: str) -> str:
        """Wait for a message that says all of *words* and return it."""
        until = time.monotonic() + 60  # a busy machine; on a quiet one it is a second
        while True:
            new = self._all()[self.read :]
            for place, text in enumerate(new, start=self.read + 1):
                if all(word in text for word in words):
                    self.read = place
                    return text
            assert time.monotonic() < until, f"no message says {words}; there are {new}"
            time.sleep(0.2)

    def _all(self) -> list[str]:
        sent = self.site.home / "sms" / "sent.jsonl"
        lines = sent.read_text().splitlines() if sent.exists() else []
        messages = [json.loads(line) for line in lines]
        return [one["text"] for one in messages if one["phone"] == PHONE]


def after(day: date, days: int) -> date:
    """Return the last day of a period of so many days, beginning with the day after; a day off gives the next that is none."""
    return official().rolled(day + timedelta(days=days))


def said(day: date) -> str:
    """Write a day as letters do."""
    return f"{day.year}年{day.month}月{day.day}日"


def write(page: Page) -> str:
    """Petition in four steps; return the number in the addresses."""
    page.goto("/petitions/new/")
    choose(page, "申诉求决")
    press(page, "下一步")
    page.fill("[name=demand]", "请按公告的标准补发我家的征地补偿款。")
    page.fill("[name=facts]", "去年秋天修路占了我家一亩二分地，公告上有我家，钱一直没有到账。")
    choose_place(page, "任固镇")
    press(page, "下一步")
    page.fill("[name=name]", "冯大爷")
    page.fill("[name=phone]", PHONE)
    press(page, "下一步")
    press(page, "提交信访")
    expect(page.locator("h1")).to_have_text("信访已登记")
    follow(page, "看进度")
    return number_in(page)


def number_in(page: Page) -> str:
    """Return the number of the matter whose page this is."""
    return page.url.rstrip("/").rpartition("/")[2]


def look(page: Page, text: str) -> None:
    """Come back with the query code of a message: what the browser knew is forgotten by now."""
    found = re.search(r"查询码\s*([2-9A-Z0-9 ]{12,16})", text)
    assert found, text
    track(page, found[1].replace(" ", ""), PHONE[-4:])


def owes(page: Page, label: str, day: date, article: str) -> None:
    """See that the page names a period with its last day and its article."""
    row = page.locator("section[aria-labelledby=h-dates] .c-summary > div").filter(has_text=label).first
    expect(row.locator("time")).to_have_attribute("datetime", day.isoformat())
    expect(row).to_contain_text("信访工作条例（2022）")
    expect(row).to_contain_text(article)


def letter(page: Page, title: str, *words: str) -> None:
    """Read a notice as it is printed, and come back."""
    here = page.url
    page.locator("main").get_by_role("link", name=title, exact=True).first.click()
    sheet = page.locator("main").inner_text()
    missing = [word for word in words if word not in sheet]
    assert not missing, f"{title} does not say {missing}:\n{sheet}"
    page.goto(here)


def confirm(page: Page) -> None:
    """Confirm that the opinion has come."""
    follow(page, "确认收到意见书")
    press(page, "确认收到")


def ask(page: Page, what: str) -> str:
    """Ask for the next level; return the number of what follows."""
    follow(page, f"申请{what}")
    page.fill("[name=note]", "面积量错了，应当重新测量。")
    press(page, f"提交{what}申请")
    follow(page, "这件事已经转到下一步，去看那一件")
    return number_in(page)


@dataclass
class Walk:
    """One petition on its way: the person's telephone and messages, the officials, and the day it is."""

    phone: Page
    sign_in: Callable[..., Page]
    clock: Clock
    box: Letterbox
    day: date = BEGUN

    def later(self, days: int) -> date:
        """Let days pass; return the day it is then."""
        self.day += timedelta(days=days)
        self.clock(self.day)
        return self.day

    def office(self, username: str, number: str, step: str, **answers: str) -> None:
        """Let an official take one step, signed in anew: a session does not last for weeks."""
        desk(self.sign_in(username, anew=True), f"/petitions/cases/{number}/", step, **answers)

    def decide(self, number: str, what: str, handler: str, head: str) -> None:
        """Let one official draft the opinion and another issue it."""
        self.office(handler, number, f"拟写{what}意见", **FINDING)
        self.office(head, number, f"签发{what}意见书")
        self.box.next("已出具意见书")

    def owed_answer(self, what: str) -> str:
        """See that a review has thirty days (art. 35, 36); return the message with its code."""
        due, article = after(self.day, 30), {"复查": "第三十五条", "复核": "第三十六条"}[what]
        owes(self.phone, "书面答复期限", due, article)
        return self.box.next(f"{what}申请已登记", f"{due.month}月{due.day}日 前书面答复")

    def may_go_on(self, what: str, title: str, *words: str) -> None:
        """Receive an opinion: thirty days from then to ask one level up, with the last day (art. 32, 35, 36)."""
        article, last = {"复查": "第三十五条", "复核": "第三十六条"}[what], after(self.day, 30)
        letter(self.phone, title, *words, "三十日内", "上一级机关", what, article)
        confirm(self.phone)
        self.box.next("意见书已送达", "三十日内", what)
        owes(self.phone, f"申请{what}的期限", last, article)
        letter(self.phone, title, f"最后一日为 {said(last)}")


def register_and_accept(walk: Walk) -> tuple[str, str]:
    """Registered, forwarded within fifteen days (art. 22, 23), accepted: sixty days for an opinion (art. 34)."""
    begun = walk.later(0)
    number = write(walk.phone)
    owes(walk.phone, "转送", after(begun, 15), "第二十二条")
    registered = walk.box.next("已登记", "查询码", "十五日内")
    walk.office("dispatcher1", number, "转送", unit_id=BUREAU)
    walk.box.next(BUREAU, "十五日内告知您是否受理")

    day = walk.later(12)
    due = after(day, 60)
    look(walk.phone, registered)
    owes(walk.phone, "告知接收情况", after(begun, 15), "第二十三条第三款")
    walk.office("zhujian1", number, "受理（第六种途径）")
    walk.box.next("已受理", f"{due.month}月{due.day}日 前书面答复")
    walk.phone.reload()
    owes(walk.phone, "办理期限", due, "第三十四条")
    articles = ("第三十一条第六项", "第三十四条", "六十日内")
    letter(walk.phone, "信访事项受理告知书", f"信受〔{day.year}〕", BUREAU, *articles, f"至 {said(due)}")
    return number, registered


def test_opinion_review_re_review_and_no_further(
    phone: Page, sign_in, site: Site, clock: Clock, screenshot, check_accessibility
):
    walk = Walk(phone, sign_in, clock, Letterbox(site))
    first, code = register_and_accept(walk)

    year = walk.later(50).year
    walk.decide(first, "处理", "zhujian1", "zhujian-head")
    look(phone, code)
    walk.may_go_on("复查", "信访事项处理意见书", f"信处〔{year}〕", BUREAU, *SAID)
    screenshot(phone, "petition-served")

    walk.later(29)  # asked on the last day but one
    look(phone, code)
    second = ask(phone, "复查")
    code = walk.owed_answer("复查")
    year = walk.later(25).year
    walk.decide(second, "复查", "xianzhengfu1", "xianzhengfu-head")
    look(phone, code)
    walk.may_go_on("复核", "信访事项复查意见书", f"信复查〔{year}〕", COUNTY, *SAID)

    walk.later(20)
    look(phone, code)
    third = ask(phone, "复核")
    code = walk.owed_answer("复核")
    year = walk.later(28).year
    walk.decide(third, "复核", "shizhengfu1", "shizhengfu-head")
    look(phone, code)
    confirm(phone)
    walk.box.next("复核已终结信访程序")
    ended = ("终结意见", "不再受理", "第三十六条")
    letter(phone, "信访事项复核意见书", f"信复核〔{year}〕", CITY, *SAID, *ended)
    expect(phone.locator("main")).to_contain_text("救助帮扶（第三十六条、第三十七条）")
    assert phone.locator("section[aria-labelledby=h-more] a").filter(has_text="申请").count() == 0
    screenshot(phone, "petition-final")
    check_accessibility(phone)
    and_no_further(walk)


def and_no_further(walk: Walk) -> None:
    """The same again is registered, and no longer accepted, with the help that stays owed (art. 36, 37)."""
    year = walk.later(6).year
    again = write(walk.phone)
    registered = walk.box.next("已登记", "查询码")
    note = "市政府已作出复核意见，没有新的事实和理由。"
    walk.office("dispatcher1", again, "不再受理", reason="复核后仍以同一事实和理由提出", note=note)
    walk.box.next("不再受理", "理由请凭查询码")
    look(walk.phone, registered)
    articles = ("第三十六条第三款", "第三十七条", "救助帮扶")
    letter(walk.phone, "信访事项不再受理告知书", f"信不再受〔{year}〕", note, *articles)
