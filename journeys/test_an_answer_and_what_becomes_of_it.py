"""From dispatch to a rated answer: found in the inbox, dispatched by the list, answered, checked by a second person."""

import pytest
from playwright.sync_api import Page, expect

from journeys.steps import (
    ACTIONS,
    Matter,
    Sent,
    begin_step,
    follow_tab,
    offered,
    open_case,
    press,
    report,
    take_step,
    track,
)

LAMPS = Matter(
    text="河堤路的路灯灭了一整排，晚上骑车的人看不见坑，请城管局派人修一修。",
    phone="13937281101",
    township="城关镇",
)
REPLY = "已更换控制箱和七盏灯头，昨晚全部点亮；今后每周巡查一次。依据：本局路灯养护办法。"
URBAN = "汤阴县城市管理局"
TRANSPORT = "汤阴县交通运输局"


def test_the_dispatcher_follows_the_list_the_unit_answers_the_head_checks_and_the_farmer_rates(
    phone: Page, sign_in, screenshot, check_accessibility
):
    sent = report(phone, LAMPS)
    dispatcher, handler, head = sign_in("dispatcher1"), sign_in("chengguan1"), sign_in("chengguan-head")

    # The dispatcher finds it among the newest and sees whose duty it is, and why.
    dispatcher.goto("/desk/?sort=newest")
    dispatcher.get_by_role("link", name="河堤路的路灯灭了一整排").first.click()
    expect(dispatcher.locator("main")).to_contain_text(LAMPS.text)
    form = begin_step(dispatcher, sent.case_id, "派发")
    listed = dispatcher.locator("section[aria-labelledby=h-listed]")
    expect(listed).to_contain_text(URBAN)
    expect(listed).to_contain_text("汤阴县政务热线职责清单")
    assert form.locator("select[name=unit_id] option:checked").inner_text() == URBAN
    screenshot(dispatcher, "step-dispatch")
    check_accessibility(dispatcher)
    press(dispatcher, "派发")

    take_step(handler, sent.case_id, "签收")
    take_step(handler, sent.case_id, "告知进展", note="配件明天到货，后天晚上前修好。")
    track(phone, sent.code, LAMPS.last_four)
    expect(phone.locator(".c-timeline")).to_contain_text("配件明天到货")

    # In this county a second person checks every answer: the farmer sees nothing of it before.
    open_case(handler, sent.case_id)
    assert "答复" not in offered(handler)
    take_step(handler, sent.case_id, "答复送审", outcome="已解决", reply=REPLY)
    phone.reload()
    expect(phone.locator(".c-timeline")).not_to_contain_text("已更换控制箱")
    open_case(handler, sent.case_id)
    assert "审核通过" not in offered(handler)
    take_step(head, sent.case_id, "审核通过")

    # He reads it and presses a face.
    phone.reload()
    expect(phone.locator(".c-timeline")).to_contain_text(REPLY)
    screenshot(phone, "progress-answered")
    check_accessibility(phone)
    assert not phone.locator(".c-rating input:checked").count()
    phone.locator(".c-rating label").filter(has_text="非常满意").click()
    press(phone, "提交评价")
    expect(phone.locator("main")).to_contain_text("谢谢，已记下您的评价")
    expect(phone.locator("section[aria-labelledby=h-rated]")).to_contain_text("非常满意")
    open_case(dispatcher, sent.case_id, tab="steps")
    expect(dispatcher.locator("main")).to_contain_text("答复送审")
    screenshot(dispatcher, "case-steps")


@pytest.fixture
def answered(phone: Page, sign_in) -> Sent:
    """A matter that has been dispatched, handled, answered and checked, ready to be rated on the phone."""
    sent = report(phone, LAMPS)
    take_step(sign_in("dispatcher1"), sent.case_id, "派发")
    handler = sign_in("chengguan1")
    take_step(handler, sent.case_id, "签收")
    take_step(handler, sent.case_id, "答复送审", outcome="已解释", reply="线路产权不在本局，暂不能修。")
    take_step(sign_in("chengguan-head"), sent.case_id, "审核通过")
    track(phone, sent.code, LAMPS.last_four)
    return sent


def test_a_bad_rating_comes_to_the_call_back_queue_and_a_call_taker_rings(
    phone: Page, sign_in, answered: Sent
):
    phone.locator(".c-rating label").filter(has_text="不满意").last.click()
    phone.locator("[name=words]").fill("等于没说，谁管也不讲。")
    press(phone, "提交评价")
    expect(phone.locator("section[aria-labelledby=h-rated]")).to_contain_text("等于没说")

    caller = sign_in("caller1")
    caller.goto("/desk/?sort=newest")
    follow_tab(caller, "差评待回访")
    expect(caller.locator(".c-dense").first).to_contain_text("河堤路的路灯灭了一整排")
    open_case(caller, answered.case_id)
    expect(caller.locator("main")).to_contain_text("非常不满意")
    take_step(caller, answered.case_id, "回访核实", note="已致电，反映人希望知道产权单位，已告知并转派。")


def test_a_contested_answer_goes_to_another_reviewer_who_gives_it_to_another_unit(
    phone: Page, sign_in, answered: Sent
):
    phone.get_by_role("link", name="申请重新办理").click()
    phone.fill("[name=note]", "河堤路归交通局养护，请让他们来看。")
    press(phone, "提交异议")
    expect(phone.locator("main")).to_contain_text("已收到您的异议")

    dispatcher = sign_in("dispatcher1")
    open_case(dispatcher, answered.case_id)
    assert "异议成立，重办" not in offered(dispatcher)

    reviewer = sign_in("reviewer1")
    take_step(reviewer, answered.case_id, "异议成立，重办", unit_id=TRANSPORT, note="河堤路由交通部门养护。")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("河堤路由交通部门养护")
    take_step(sign_in("jiaotong1"), answered.case_id, "签收")

    former = sign_in("chengguan1")
    former.goto(f"/hotline/cases/{answered.case_id}/")
    assert not former.locator(ACTIONS).get_by_role("link").count()
