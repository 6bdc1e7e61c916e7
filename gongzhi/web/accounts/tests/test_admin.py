"""Administrators keep accounts and posts through the same two factors; what they do is on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account, Post
from gongzhi.kernel.people.tests.factories import a_post, an_account
from gongzhi.web.accounts.tests.people import PASSWORD, Browser, a_member_of_staff

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def browser():
    administrator = an_account(is_administrator=True)
    signed_in = Browser()
    signed_in.force_login(administrator)
    return signed_in


def test_the_administrators_site_asks_for_both_factors():
    administrator, secret = a_member_of_staff(is_administrator=True)
    browser = Browser()

    door = browser.get("/admin/people/account/")
    assert door.url == "/admin/login/?next=/admin/people/account/"
    assert browser.get(door.url).url == "/accounts/sign-in/?next=%2Fadmin%2Fpeople%2Faccount%2F"
    assert (
        browser.post(door.url, {"username": administrator.username, "password": PASSWORD}).status_code == 302
    )
    assert not browser.is_signed_in

    assert browser.sign_in(administrator, secret, "/admin/people/account/").url == "/admin/people/account/"
    assert browser.get("/admin/people/account/").status_code == 200


def test_others_are_refused_and_not_led_in_circles():
    post = a_post(Role.AUDITOR, a_unit())
    browser = Browser()
    browser.force_login(post.account)

    assert browser.get("/admin/", follow=True).status_code == 403


def test_an_account_is_added_with_an_initial_password_to_be_changed(browser):
    answers = {"username": "new1", "name": "新样例", "is_active": "on", "initial_password": PASSWORD}

    assert browser.post("/admin/people/account/add/", answers).status_code == 302

    account = Account.objects.get(username="new1")
    assert account.check_password(PASSWORD)
    assert account.must_change_password
    entry = Entry.objects.get(action="admin.added")
    assert entry.subject == f"account:{account.pk}"
    assert entry.account_id is not None
    assert PASSWORD not in str(entry.details)


@pytest.mark.parametrize("password", ["", "12345678"])
def test_an_account_without_a_good_initial_password_is_not_added(browser, password):
    answers = {"username": "new1", "name": "新样例", "is_active": "on", "initial_password": password}

    page = browser.post("/admin/people/account/add/", answers)

    assert page.status_code == 200
    assert "初始密码" in page.content.decode()
    assert not Account.objects.filter(username="new1").exists()


def test_passwords_and_secrets_are_never_shown(browser):
    account, secret = a_member_of_staff()

    page = browser.get(f"/admin/people/account/{account.pk}/change/").content.decode()

    assert account.password not in page
    assert secret not in page


def test_saving_without_a_new_password_keeps_the_present_one(browser):
    account, _secret = a_member_of_staff()

    browser.post(
        f"/admin/people/account/{account.pk}/change/", {"username": account.username, "name": "改名"}
    )

    account.refresh_from_db()
    assert (account.name, account.is_active) == ("改名", False)
    assert account.check_password(PASSWORD)
    assert not account.must_change_password


def test_an_authenticator_that_was_lost_is_unbound_on_record(browser):
    account, _secret = a_member_of_staff()

    browser.post(
        "/admin/people/account/", {"action": "unbind_second_factor", "_selected_action": [account.pk]}
    )

    account.refresh_from_db()
    assert account.totp_confirmed_at is None
    assert Entry.objects.get(action="accounts.second_factor_unbound").subject == f"account:{account.pk}"


def test_a_post_is_added_and_ended_and_nothing_is_deleted(browser):
    account, unit = an_account(), a_unit()
    answers = {"account": account.pk, "role": "handler", "unit": unit.pk, "region_code": "410523"}
    browser.post("/admin/people/post/add/", {**answers, "valid_from": TODAY.isoformat()})
    post = Post.objects.get(account=account)
    assert post.is_in_force(TODAY)

    browser.post("/admin/people/post/", {"action": "end_posts", "_selected_action": [post.pk]})

    post.refresh_from_db()
    assert not post.is_in_force(TODAY)
    assert browser.post(f"/admin/people/post/{post.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Post.objects.filter(pk=post.pk).exists()


def test_a_post_cannot_end_before_it_begins(browser):
    post = a_post(Role.HANDLER, a_unit())
    answers = {"account": post.account_id, "role": "handler", "unit": post.unit_id, "region_code": "410523"}
    dates = {"valid_from": TODAY.isoformat(), "valid_to": (TODAY - timedelta(days=1)).isoformat()}

    page = browser.post(f"/admin/people/post/{post.pk}/change/", {**answers, **dates})

    assert "不能早于" in page.content.decode()
