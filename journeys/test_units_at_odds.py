"""Whose duty it is, who needs more time, and who has to help: returns, the arbiter, an extension, co-handling."""

from playwright.sync_api import Page, expect

from journeys.steps import Matter, begin_step, follow_tab, offered, open_case, press, report, take_step, track

WALL = Matter(
    text="巷子口的围墙裂了一道大缝，下雨往外掉砖，不知道归谁管，请来看看。",
    phone="13937281102",
    words="路灯",
    township="宜沟镇",
)
DAMAGED_ROAD = Matter(
    text="进村的水泥路被大车压坏了三十多米，路边的水管也跟着漏水，请一起修。",
    phone="13937281103",
    words="水泥路",
    category="道路破损",
    township="白营镇",
)
NOT_OURS = "不属于本单位职责"
WATER = "汤阴县水利局"


def test_two_units_return_a_matter_and_the_arbiter_decides_while_the_clock_runs(
    phone: Page, sign_in, screenshot, check_accessibility
):
    sent = report(phone, WALL)
    dispatcher = sign_in("dispatcher1")
    take_step(dispatcher, sent.case_id, "派发")
    urban = sign_in("chengguan1")
    begin_step(urban, sent.case_id, "退回")
    screenshot(urban, "step-return")
    check_accessibility(urban)
    press(urban, "退回")
    expect(urban.locator(".c-error-summary li")).to_have_count(2)
    take_step(urban, sent.case_id, "退回", reason=NOT_OURS, note="围墙属于镇集体资产，建议宜沟镇办理。")

    take_step(dispatcher, sent.case_id, "派发", unit_id="宜沟镇人民政府", note="请镇里看一看。")
    take_step(
        sign_in("yigou1"), sent.case_id, "退回", reason=NOT_OURS, note="围墙是老厂区的，建议住建局鉴定。"
    )
    track(phone, sent.code, WALL.last_four)
    expect(phone.locator(".c-timeline")).to_contain_text("退回")

    open_case(dispatcher, sent.case_id)
    assert "派发" not in offered(dispatcher)
    expect(dispatcher.locator("main")).to_contain_text("待裁定")
    expect(dispatcher.locator("section[aria-labelledby=h-due]")).to_contain_text("第五十条")

    arbiter = sign_in("arbiter1")
    arbiter.goto("/desk/?sort=newest")
    expect(arbiter.locator(".c-dense").first).to_contain_text("巷子口的围墙")
    take_step(
        arbiter,
        sent.case_id,
        "裁定承办单位",
        unit_id="汤阴县住房和城乡建设局",
        note="房屋安全由住建局牵头鉴定。",
    )
    phone.reload()
    expect(phone.locator(".c-timeline")).to_contain_text("已裁定由承办单位办理")
    housing = sign_in("zhujian1")
    open_case(housing, sent.case_id)
    assert "退回" not in offered(housing) and "答复送审" in offered(housing)


def test_the_head_extends_once_and_the_answer_waits_for_the_unit_that_helps(
    phone: Page, sign_in, screenshot, check_accessibility
):
    sent = report(phone, DAMAGED_ROAD)
    take_step(sign_in("dispatcher1"), sent.case_id, "派发")
    handler, head = sign_in("jiaotong1"), sign_in("jiaotong-head")
    take_step(handler, sent.case_id, "签收")

    # Only the head extends, and only once; the farmer is told.
    open_case(handler, sent.case_id)
    assert "延期" not in offered(handler)
    take_step(head, sent.case_id, "延期", note="水泥养护需要十天，先铺碎石保通行。")
    open_case(head, sent.case_id)
    if "延期" in offered(head):
        form = begin_step(head, sent.case_id, "延期")
        form.locator("[name=note]").fill("再延一次。")
        press(head, "延期")
        expect(head.locator(".c-error-summary")).to_be_visible()
    track(phone, sent.code, DAMAGED_ROAD.last_four)
    expect(phone.locator(".c-timeline")).to_contain_text("先铺碎石保通行")

    # The water bureau is asked to help; the answer has to wait for it.
    take_step(handler, sent.case_id, "邀请协办", units=WATER, note="请查明漏水的管道并修复。")
    form = begin_step(handler, sent.case_id, "答复送审")
    screenshot(handler, "step-reply")
    check_accessibility(handler)
    form.get_by_text("已解决", exact=False).first.click()
    form.locator("[name=reply]").fill("路面已修复。")
    press(handler, "答复送审")
    expect(handler.locator(".c-error-summary")).to_contain_text("协办")
    assert form.locator("[name=reply]").input_value() == "路面已修复。"

    helper = sign_in("shuili1")
    helper.goto("/desk/?sort=newest")
    follow_tab(helper, "热线协办")
    helper.locator(".c-dense__title a").first.click()
    part = int(helper.url.split("/cases/")[1].split("/")[0])
    expect(helper.locator("main")).to_contain_text(DAMAGED_ROAD.text)
    take_step(helper, part, "接受协办")
    take_step(helper, part, "反馈协办意见", note="接头漏水，已更换管件。")
    take_step(handler, sent.case_id, "答复送审", outcome="已解决", reply="路面已修复，漏水接头由水利局更换。")
    take_step(head, sent.case_id, "审核通过")
    phone.reload()
    expect(phone.locator(".c-timeline")).to_contain_text("漏水接头由水利局更换")
