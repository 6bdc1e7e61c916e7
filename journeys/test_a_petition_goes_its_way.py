"""A petition from a phone to its opinion and to the review one level up; a group of seven in the reception room."""

import re

from playwright.sync_api import Page, expect

from journeys.steps import choose, choose_place, desk, follow, press

BUREAU = "汤阴县住房和城乡建设局"
OPINION = {
    "outcome": "请求缺乏事实根据或不符合规定，不予支持",
    "facts": "经查，公告所列面积为一亩，补偿款已经拨付到村。",
    "decision": "对补发一亩二分地补偿款的请求不予支持。",
    "basis": "土地管理法第四十八条",
}


def write(page: Page) -> str:
    """Write a petition in four steps and return its number in the addresses."""
    page.goto("/petitions/new/")
    choose(page, "申诉求决")
    press(page, "下一步")
    page.fill("[name=demand]", "请按公告的标准补发我家的征地补偿款。")
    page.fill("[name=facts]", "去年秋天修路占了我家一亩二分地，公告上有我家，钱一直没有到账。")
    choose_place(page, "任固镇")
    press(page, "下一步")
    page.fill("[name=name]", "冯大爷")
    page.fill("[name=phone]", "13603720417")
    press(page, "下一步")
    press(page, "提交信访")
    expect(page.locator("h1")).to_have_text("信访已登记")
    follow(page, "看进度")
    return page.url.rstrip("/").rpartition("/")[2]


def test_from_the_phone_to_the_opinion_and_one_level_up(
    phone: Page, sign_in, screenshot, check_accessibility
):
    number = write(phone)
    expect(phone.locator("main")).to_contain_text("第二十二条")
    screenshot(phone, "petition-progress")
    check_accessibility(phone)

    case = f"/petitions/cases/{number}/"
    dispatcher, handler, head = sign_in("dispatcher1"), sign_in("zhujian1"), sign_in("zhujian-head")
    dispatcher.goto(case)
    screenshot(dispatcher, "petition-case")
    check_accessibility(dispatcher)
    desk(dispatcher, case, "转送", unit_id=BUREAU)
    desk(handler, case, "受理（第六种途径）")
    desk(handler, case, "拟写处理意见", **OPINION)
    desk(head, case, "签发处理意见书")

    phone.reload()
    follow(phone, "看意见书并打印")
    sheet = phone.locator("main").inner_text()
    for words in ("土地管理法第四十八条", "三十日内", "上一级机关", "印章位置"):
        assert words in sheet
    screenshot(phone, "petition-opinion")
    check_accessibility(phone)
    of, code = re.search(r"信处〔.*?号", sheet), re.search(r"\b[2-9A-Z]{12}\b", sheet)
    assert of and code
    for name, way, words in (
        ("large", "大字版", "土地管理法第四十八条"),
        ("plain", "简明版（大白话）", "没有得到支持"),
    ):
        phone.goto(f"/petitions/{number}/letters/opinion/")
        phone.get_by_role("link", name=way, exact=True).click()
        expect(phone.locator("main")).to_contain_text(words)
        screenshot(phone, f"petition-letter-{name}")
        check_accessibility(phone)
    with phone.expect_download() as held:
        phone.goto(f"/petitions/{number}/letters/opinion/")
        phone.get_by_role("link", name="下载 PDF").click()
    assert held.value.suggested_filename.startswith("信访事项处理意见书")
    phone.goto("/petitions/verify/")
    phone.fill("[name=number]", of[0])
    phone.fill("[name=code]", code[0])
    press(phone, "验证")
    expect(phone.locator("main")).to_contain_text("这份意见书是真的")

    phone.goto(f"/petitions/{number}/")
    follow(phone, "确认收到意见书")
    press(phone, "确认收到")
    expect(phone.locator("main")).to_contain_text("第三十五条")
    follow(phone, "申请复查")
    phone.fill("[name=note]", "面积量错了，应当重新测量。")
    press(phone, "提交复查申请")
    follow(phone, "这件事已经转到下一步，去看那一件")
    expect(phone.locator("main")).to_contain_text("三十日内提出书面复查意见")
    screenshot(phone, "petition-review")
    check_accessibility(phone)


def test_a_group_of_seven_is_asked_for_five_who_speak(sign_in, screenshot, check_accessibility):
    page = sign_in("dispatcher1")
    page.goto("/petitions/reception/")
    page.fill("[name=name]", "冯大爷")
    page.fill("[name=phone]", "13603720418")
    page.fill("[name=people]", "7")
    page.fill("[name=representatives]", "\n".join("甲乙丙丁戊己庚"))
    choose(page, "申诉求决")
    page.fill("[name=title]", "村里的补偿款")
    page.fill("[name=demand]", "请把补偿款发到手。")
    page.check("[name=read_back]")
    press(page, "登记")
    expect(page.locator(".c-error-summary")).to_contain_text("不超过五名代表")
    screenshot(page, "petition-reception")
    check_accessibility(page)

    page.fill("[name=representatives]", "\n".join("甲乙丙丁戊"))
    page.fill("[name=joint]", "己\n庚")
    press(page, "登记")
    expect(page.locator(".c-confirm__code")).to_be_visible()
