"""The front door, as anybody sees it: on a telephone and on an office screen, and signing in as an official."""


def test_the_first_page_is_whole_and_readable_on_a_phone_and_a_desk(
    phone, desk, screenshot, check_accessibility
):
    for page in (phone, desk):
        response = page.goto("/")

        assert response is not None and response.status == 200
        assert page.locator("h1").count() == 1
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0
        screenshot(page, "home")
        check_accessibility(page)


def test_a_dispatcher_signs_in_and_comes_to_the_desk(sign_in, screenshot, check_accessibility):
    page = sign_in("dispatcher1")

    assert page.locator("h1").count() == 1
    screenshot(page, "dispatcher-desk")
    check_accessibility(page)


def test_the_doctor_finds_the_running_site_well(site):
    assert site.command("doctor", "--json").returncode == 0
