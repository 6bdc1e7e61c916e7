"""A worker reports her employer and asks not to be known: the unit that handles it never learns who she is."""

from playwright.sync_api import Page, expect

from journeys.steps import Matter, open_case, report, take_step

REPORT = Matter(
    text="夜里十一点后烧烤摊占满人行道，还往雨水口倒油，请查处，不要说是谁反映的。",
    name="石守信",
    phone="13603726653",
    words="烧烤摊占道",
    category="占道经营",
    kind="举报",
    township="城关镇",
    place="人民路西段",
    privacy="保密工单",
)
PURPOSE = "电话核实摊位位置"
TABS = ("overview", "steps", "papers", "related", "lookers")


def test_the_handling_unit_never_sees_who_reported_and_every_look_by_the_centre_is_kept(
    phone: Page, sign_in, screenshot, check_accessibility
):
    sent = report(phone, REPORT)
    dispatcher, handler = sign_in("dispatcher1"), sign_in("chengguan1")
    take_step(dispatcher, sent.case_id, "派发")
    take_step(handler, sent.case_id, "签收")

    # The handler searches every page for her, and asks outright.
    pages = [f"/hotline/cases/{sent.case_id}/?tab={tab}" for tab in TABS]
    pages += [
        f"/hotline/cases/{sent.case_id}/work-order/",
        f"/desk/preview/{sent.case_id}/",
        "/desk/notices/",
    ]
    pages += [f"/desk/search/?q={REPORT.last_four}", f"/desk/?preview={sent.case_id}&sort=newest"]
    pages += [f"/hotline/cases/{sent.case_id}/do/{step}/" for step in ("submit_reply", "invite")]
    for address in pages:
        response = handler.goto(address)
        assert response is not None and response.status == 200, address
        _shows_nobody(handler.content(), address)
    preview = handler.request.get(f"/desk/preview/{sent.case_id}/")
    assert preview.ok and REPORT.township in preview.text()
    _shows_nobody(preview.text(), "the preview")
    open_case(handler, sent.case_id)
    assert not handler.locator("form.c-reveal").count()
    screenshot(handler, "case-confidential-unit")
    answer = _ask_outright(handler, sent.case_id)
    assert answer.status == 403
    _shows_nobody(answer.text(), "reveal")

    # The centre may, and says why.
    open_case(dispatcher, sent.case_id)
    _shows_nobody(dispatcher.content(), "the dispatcher's page before asking")
    dispatcher.select_option("form.c-reveal [name=purpose]", "verify")
    dispatcher.fill("form.c-reveal [name=reason]", PURPOSE)
    dispatcher.locator("form.c-reveal button").click()
    expect(dispatcher.locator("main")).to_contain_text(REPORT.phone)
    expect(dispatcher.locator("main")).to_contain_text(REPORT.name)
    open_case(dispatcher, sent.case_id, tab="lookers")
    row = dispatcher.locator("tr").filter(has_text=PURPOSE)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("耿慧敏")
    screenshot(dispatcher, "case-who-looked")
    check_accessibility(dispatcher)


def _shows_nobody(text: str, where: str) -> None:
    for part in (REPORT.name, REPORT.phone, REPORT.phone[:3] + "****" + REPORT.last_four):
        assert part not in text, f"{part} is shown on {where}"


def _ask_outright(page: Page, case_id: int):
    """Send the form that the page does not offer."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    return page.request.post(
        f"/hotline/cases/{case_id}/reveal/",
        form={"csrfmiddlewaretoken": token or "", "purpose": "verify", "reason": PURPOSE},
        headers={"Referer": page.url},
    )
