"""A villager complains about the township itself: neither it nor its offices ever see a word of it."""

from playwright.sync_api import Page, expect

from journeys.steps import choose, choose_place, desk, follow, press

TOWNSHIP, UNIT = "任固镇", "任固镇人民政府"
MARKS = ("桂花鹤补偿款", "松柏鹤被扣在镇里", "13603720431")
#: Where an official of the township could come upon it.
ADDRESSES = (
    *("/desk/", "/desk/?sort=newest", "/desk/?tab=late", "/desk/notices/", "/desk/handovers/"),
    *("/desk/search/?q=补偿款", "/hotline/public/", "/petitions/reception/"),
)


def write(page: Page) -> str:
    """Petition about the township in four steps and return the number in the addresses."""
    page.goto("/petitions/new/")
    choose(page, "申诉求决")
    press(page, "下一步")
    page.fill("[name=demand]", f"请查清{MARKS[0]}。")
    page.fill("[name=facts]", f"去年的{MARKS[1]}，一直没有发。")
    page.fill("[name=complained_of]", "任固镇政府")
    choose_place(page, TOWNSHIP)
    press(page, "下一步")
    page.fill("[name=name]", "冯大爷")
    page.fill("[name=phone]", MARKS[2])
    press(page, "下一步")
    press(page, "提交信访")
    follow(page, "看进度")
    return page.url.rstrip("/").rpartition("/")[2]


def sees_nothing(page: Page, *more: str) -> None:
    """Walk everywhere an official can go and find none of the words."""
    for address in (*ADDRESSES, *more):
        page.goto(address)
        body = page.content()
        assert not [mark for mark in MARKS if mark in body], address


def test_the_township_never_sees_a_petition_about_itself(
    phone: Page, sign_in, screenshot, check_accessibility
):
    number = write(phone)
    case = f"/petitions/cases/{number}/"
    township = sign_in("renguo1")
    sees_nothing(township, case, f"{case}do/forward/")

    dispatcher = sign_in("dispatcher1")
    dispatcher.goto(case)
    expect(dispatcher.locator("main")).to_contain_text(MARKS[0])
    desk(dispatcher, case, "登记被反映的单位或人", against_unit_id=UNIT)
    dispatcher.goto(f"{case}do/forward/")
    offered = dispatcher.locator("main form [name=unit_id] option").all_inner_texts()
    assert UNIT not in offered
    screenshot(dispatcher, "petition-forward-without-the-township")
    desk(dispatcher, case, "转送", unit_id="汤阴县住房和城乡建设局")
    sees_nothing(township, case)

    handler = sign_in("zhujian1")
    handler.goto(case)
    expect(handler.locator("main")).to_contain_text(MARKS[0])
    phone.goto(f"/petitions/{number}/")
    expect(phone.locator("main")).to_contain_text("已对您反映的单位和人保密")
    follow(phone, "有人因为信访打击报复我")
    phone.fill("[name=words]", "镇里有人上门，让我撤回，不然不给办低保。")
    press(phone, "悄悄告诉上级机关")
    expect(phone.locator("main")).to_contain_text("上级机关还没有答复")
    screenshot(phone, "petition-protection")
    check_accessibility(phone)
    for page in (township, handler, dispatcher):
        page.goto(case)
        assert "不给办低保" not in page.content()
    county = sign_in("xianzhengfu-head")
    county.goto("/petitions/protections/")
    follow(county, "镇里有人上门，让我撤回，不然不给办低保。")
    county.fill("[name=answer]", "已约谈镇里的负责人，低保照常办理。")
    press(county, "答复本人")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("低保照常办理")
