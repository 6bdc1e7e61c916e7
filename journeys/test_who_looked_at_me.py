"""An official opens a phone and says why; the person reads it, and the record of what was sent proves to be sealed."""

from playwright.sync_api import Page, expect

from journeys.steps import Matter, follow, open_case, report, take_step

MATTER = Matter(text="村口桥头的路灯坏了一个星期，晚上老人出门看不见路。", phone="13603729981", name="冯大爷")
WHY = "到现场前电话核实灯杆位置"


def test_the_person_reads_who_opened_their_phone_and_checks_the_record(
    phone: Page, sign_in, screenshot, check_accessibility
):
    sent = report(phone, MATTER)
    follow(phone, "核对存证")
    expect(phone.locator("main")).to_contain_text("记录")
    phone.go_back()
    dispatcher, handler = sign_in("dispatcher1"), sign_in("chengguan1")
    take_step(dispatcher, sent.case_id, "派发")
    take_step(handler, sent.case_id, "签收")
    open_case(handler, sent.case_id)
    assert MATTER.phone not in handler.content()
    handler.select_option("form.c-reveal [name=purpose]", "verify")
    handler.fill("form.c-reveal [name=reason]", WHY)
    handler.locator("form.c-reveal button").click()
    expect(handler.locator("main")).to_contain_text(MATTER.phone)

    phone.goto(f"/hotline/track/{sent.case_id}/")
    follow(phone, "谁看过我的信息")

    shown = phone.locator("main")
    expect(shown).to_contain_text("承办人")
    expect(shown).to_contain_text("核实时间、地点和经过")
    expect(shown).to_contain_text(WHY)
    assert "韩亚楠" not in phone.content(), "the unit answers, not the official by name"
    screenshot(phone, "who-looked-at-me")
    check_accessibility(phone)
