"""Thousands of real messages come in from a file with their own times, and offices answer some of them.

The messages are not part of the project; without them this journey is not walked. No picture of them is taken.
"""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.site import Site
from journeys.steps import begin_step, choose, press, take_step

MESSAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "messages" / "messages_4326.csv.gz"
ALL = 4326
COLUMNS = {"reference": "id", "title": "topic", "text": "detail", "time": "time", "name": "user"}
ANYANG_COUNTY = "410522"
UNIT = "汤阴县城市管理局"

pytestmark = [
    pytest.mark.keeps_the_worker_busy,
    pytest.mark.skipif(
        not MESSAGES.exists(), reason="the messages for measuring are not here: real input was NOT walked"
    ),
]


def imported(site: Site) -> dict[str, int]:
    columns = [word for name, column in COLUMNS.items() for word in ("--column", f"{name}={column}")]
    where = ["--region", ANYANG_COUNTY, "--source", "measuring", "--json"]
    done = site.command("import-messages", str(MESSAGES), *columns, *where)
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(done.stdout)
    return {name: report[name] for name in ("opened", "known")}


def answer_by_phone(handler: Page, case_id: int) -> None:
    """Answer in one sentence, whatever was asked; where the check finds something left open, say why it goes out."""
    form = begin_step(handler, case_id, "答复")
    choose(handler, "已解释")
    form.locator("[name=reply]").fill("您反映的事项已核实，有关情况已电话说明。")
    press(handler, "答复")
    if handler.locator("[name=despite]").count():
        handler.locator("[name=despite]").fill("已在电话里逐条答复")
        press(handler, "答复")
    expect(handler.locator("main")).to_contain_text("已办理：答复")


def test_four_thousand_messages_are_opened_once_and_some_are_dispatched_handled_and_answered(
    site: Site, sign_in
):
    first = imported(site)
    assert first in ({"opened": ALL, "known": 0}, {"opened": 0, "known": ALL})
    assert imported(site) == {"opened": 0, "known": ALL}

    dispatcher, handler = sign_in("citydispatch1"), sign_in("chengguan1")
    dispatcher.goto(f"/desk/?channel=import&region={ANYANG_COUNTY}")
    lines = dispatcher.locator(".c-dense__title a")
    expect(lines).to_have_count(50)
    expect(dispatcher.get_by_role("link", name="下一页")).to_be_visible()
    addresses = [line.get_attribute("href") or "" for line in lines.all()[:3]]
    for case_id in [int(address.rstrip("/").rpartition("/")[2]) for address in addresses]:
        take_step(dispatcher, case_id, "派发", unit_id=UNIT)
        take_step(handler, case_id, "签收")
        answer_by_phone(handler, case_id)
        handler.goto(f"/hotline/cases/{case_id}/")
        expect(handler.locator("main")).to_contain_text("已答复")
