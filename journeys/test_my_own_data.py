"""A person asks for a copy of what is kept about them: one official makes sure it is they, another agrees, a new code opens it."""

import re

from playwright.sync_api import Page, expect

from journeys.steps import Matter, desk, follow, press, report

MATTER = Matter(text="村西头的路面塌了一个坑，骑车的人差点摔倒。", phone="13603729982", name="冯大娘")
START = "/personal_information/"


def test_a_copy_is_granted_and_only_the_code_sent_to_the_registered_phone_opens_it(
    phone: Page, sign_in, screenshot, check_accessibility
):
    phone.goto(START)
    expect(phone.locator("h1")).to_have_text("我的信息，我说了算")
    screenshot(phone, "own-data-unknown")
    check_accessibility(phone)
    report(phone, MATTER)
    phone.goto("/privacy/")
    follow(phone, "我的信息：要副本、更正、删除")
    screenshot(phone, "own-data")
    check_accessibility(phone)
    follow(phone, "更正我的信息")
    screenshot(phone, "own-data-correct")
    check_accessibility(phone)
    press(phone, "提交申请")
    expect(phone.locator(".c-error-summary")).to_contain_text("更正要填写至少一项")
    phone.goto(START)
    follow(phone, "要一份我的信息")
    press(phone, "提交申请")
    expect(phone.locator("#h-case")).to_have_text("申请查阅、复制个人信息")
    screenshot(phone, "own-data-asked")
    check_accessibility(phone)

    number = re.search(r"/(\d+)/$", phone.url)
    assert number
    page = f"{START}cases/{number[1]}/"
    dispatcher, handler, head = sign_in("dispatcher1"), sign_in("chengguan1"), sign_in("chengguan-head")
    dispatcher.goto(page)
    screenshot(dispatcher, "own-data-case")
    check_accessibility(dispatcher)
    follow(dispatcher, "交办")
    unit = dispatcher.locator("select[name=unit_id] option", has_text="城市管理局").first.inner_text()
    desk(dispatcher, page, "交办", unit_id=unit)
    handler.goto(page)
    handler.fill("form.c-reveal [name=reason]", "回拨核实")
    handler.locator("form.c-reveal button").click()
    expect(handler.locator("main")).to_contain_text(MATTER.phone)
    handler.goto(f"{page}do/prove/")
    screenshot(handler, "own-data-prove")
    check_accessibility(handler)
    desk(handler, page, "已核实本人", reason="回拨登记的电话，本人答出所办事项的经过", note="本人答出经过")
    head.goto(f"{page}do/refuse/")
    screenshot(head, "own-data-refuse")
    check_accessibility(head)
    desk(head, page, "同意")

    phone.goto(f"{START}{number[1]}/")
    expect(phone.locator("h1")).to_have_text("查办理进度")
    expect(phone.locator("main")).to_contain_text("查询码换过")  # whoever asked with a code they found is out
