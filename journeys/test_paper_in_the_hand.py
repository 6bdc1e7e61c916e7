"""What people hold in the hand: a receipt to print, and by post the answer of somebody who has no phone."""

import re

from playwright.sync_api import Page, expect

from journeys.conftest import WIDTHS
from journeys.steps import choose, choose_place, desk, follow, press

ADDRESS = "任固镇东街村三组12号"


def test_a_petition_and_a_letter_each_have_a_receipt_to_print(phone: Page, screenshot, check_accessibility):
    phone.goto("/petitions/new/")
    choose(phone, "申诉求决")
    press(phone, "下一步")
    phone.fill("[name=demand]", "请修好任固镇东头垮了的田埂。")
    phone.fill("[name=facts]", "去年发大水冲垮的，报了两次没有人来看。")
    choose_place(phone, "任固镇")
    press(phone, "下一步")
    phone.fill("[name=name]", "冯大爷")
    phone.fill("[name=phone]", "13603720455")
    press(phone, "下一步")
    press(phone, "提交信访")
    screenshot(phone, "petition-received")
    check_accessibility(phone)
    code = phone.locator(".c-confirm__code").inner_text()
    follow(phone, "打印回执")
    for words in (code, "第二十二条", "第三十四条", "136****0455"):
        expect(phone.locator("main")).to_contain_text(words)
    screenshot(phone, "petition-receipt")
    check_accessibility(phone)
    phone.emulate_media(media="print")
    assert not phone.locator(".c-tabbar, .c-nav, .c-skip").filter(visible=True).count()
    phone.emulate_media(media="screen")

    phone.goto("/mailbox/")
    phone.locator("main a").filter(has_text="县长信箱").first.click()
    follow(phone, "写信")
    phone.fill("[name=title]", "村口的桥")
    phone.fill("[name=text]", "任固镇东街村口的小桥栏杆松了两个月，孩子上学每天要过。")
    choose_place(phone, "任固镇")
    phone.fill("[name=name]", "冯大爷")
    phone.fill("[name=phone]", "13603720455")
    press(phone, "寄出")
    screenshot(phone, "letter-received")
    check_accessibility(phone)
    follow(phone, "打印回执")
    expect(phone.locator("main")).to_contain_text("县长信箱")
    expect(phone.locator("main")).to_contain_text("GB/T 33358-2016")
    screenshot(phone, "letter-receipt")


def test_the_letter_of_somebody_without_a_phone_is_answered_by_post_at_the_hotline(
    sign_in, screenshot, check_accessibility
):
    office = sign_in("mailbox1")
    office.goto("/mailbox/register/")
    office.select_option("[name=office]", index=0)
    office.fill("[name=title]", "东街的路灯")
    office.fill("[name=text]", "任固镇东街的路灯有一年没有亮过，夜里走路看不见。")
    choose_place(office, "任固镇")
    office.fill("[name=name]", "冯大娘")
    office.fill("[name=address]", ADDRESS)
    office.check("[name=read_through]")
    press(office, "登记")
    screenshot(office, "letter-taken-by-post")
    follow(office, "打印回执")
    expect(office.locator("main")).to_contain_text("打 12345 报编号")
    expect(office.locator("main")).not_to_contain_text("查询码")
    screenshot(office, "letter-receipt-by-post")
    number = re.search(r"register/(\d+)/", office.url)
    assert number
    letter = f"/mailbox/cases/{number[1]}/"
    desk(office, letter, "转 12345 热线")

    dispatcher = sign_in("dispatcher1")
    dispatcher.goto("/desk/?sort=newest")
    dispatcher.locator(".c-dense__title a").filter(has_text="东街的路灯").first.click()
    dispatcher.wait_for_url("**/hotline/cases/**")
    expect(dispatcher.locator("main")).to_contain_text("没有留电话，答复要邮寄")
    case = dispatcher.url.partition("?")[0]
    dispatcher.goto(f"{case}do/answer/")
    expect(dispatcher.locator("main")).to_contain_text("打印出来邮寄")
    screenshot(dispatcher, "answer-by-post")
    check_accessibility(dispatcher)
    choose(dispatcher, "已解决")
    dispatcher.fill("[name=reply]", "冯大娘您好：东街的路灯 11 月 26 日已经换好，电话 0372-6210000。")
    press(dispatcher, "直接答复")
    if dispatcher.locator("[name=despite]").count():
        dispatcher.fill("[name=despite]", "已当面说明，别的没有要补充的。")
        press(dispatcher, "直接答复")
    for page in (dispatcher, sign_in("dispatcher1", width=WIDTHS["phone"])):
        page.goto("/hotline/post/")
        expect(page.locator("main")).to_contain_text("东街的路灯")
        screenshot(page, f"to-post-{page.viewport_size['width']}")
        check_accessibility(page)
    with dispatcher.expect_download() as held:
        dispatcher.locator("main").get_by_role("link", name=re.compile("简明版")).first.click()
    assert held.value.suggested_filename.endswith(".pdf")
    dispatcher.locator("main").get_by_role("link", name=re.compile("登记已寄出")).first.click()
    press(dispatcher, "已寄出")
    expect(dispatcher.locator("main")).not_to_contain_text("东街的路灯")
