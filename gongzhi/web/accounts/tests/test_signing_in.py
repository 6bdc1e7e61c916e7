"""Signing in takes a password, a second factor and a post; nothing on the way tells who has an account."""

import re
from datetime import timedelta
from urllib.parse import quote

import pyotp
import pytest
from django.utils import timezone

from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.tests.factories import a_post, an_account
from gongzhi.web.accounts import signing_in
from gongzhi.web.accounts.device import COOKIE
from gongzhi.web.accounts.tests.people import PASSWORD, Browser, a_member_of_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return Browser()


def actions():
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


def text(response):
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def test_password_and_code_lead_to_the_desk_in_the_only_post(browser):
    account, secret = a_member_of_staff()
    post = a_post(Role.HANDLER, a_unit(), account=account)

    half_way = browser.password(account)
    assert half_way.url == "/accounts/second-factor/"
    assert not browser.is_signed_in

    assert browser.code(secret).url == "/desk/"
    assert browser.get("/desk/").content.decode() == f"handler {post.pk}"
    entry = Entry.objects.get(action="accounts.signed_in")
    assert (entry.account_id, entry.post_id, entry.details) == (account.pk, post.pk, {"address": "127.0.0.1"})


def test_a_wrong_password_and_an_unknown_name_are_answered_in_the_same_words(browser):
    account, _secret = a_member_of_staff()

    wrong = browser.password(account, "wrong-password")
    unknown = browser.send("/accounts/sign-in/", username="nobody", password="wrong-password")

    hidden = r"(value|name)=\"[^\"]*\""
    assert wrong.status_code == unknown.status_code == 422
    assert "用户名或密码不对" in text(wrong)
    assert re.sub(hidden, "", wrong.content.decode()) == re.sub(hidden, "", unknown.content.decode())
    assert actions() == ["accounts.sign_in_failed"] * 2
    assert "nobody" not in str(list(Entry.objects.values()))


def test_a_closed_account_is_answered_like_a_wrong_password(browser):
    account, _secret = a_member_of_staff(is_active=False)

    assert "用户名或密码不对" in text(browser.password(account))
    assert not browser.is_signed_in


def test_the_hash_is_computed_for_unknown_names_too(browser, monkeypatch):
    computed = []
    original = Account.set_password
    monkeypatch.setattr(
        Account, "set_password", lambda self, raw: computed.append(raw) or original(self, raw)
    )

    browser.send("/accounts/sign-in/", username="nobody", password="wrong-password")

    assert computed == ["wrong-password"]


def test_beyond_ten_guesses_an_account_waits_even_with_the_right_password(browser):
    account, _secret = a_member_of_staff()
    for _guess in range(signing_in.PER_ACCOUNT):
        assert browser.password(account, "wrong-password").status_code == 422

    refused = browser.password(account)

    assert refused.status_code == 429
    assert "分钟再试" in text(refused)
    assert "signing_in" not in browser.session


def test_strangers_who_guess_do_not_lock_out_whom_the_browser_knows(browser):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.sign_in(account, secret)
    browser.post("/accounts/sign-out/")
    other, stranger = a_member_of_staff()[0], Browser()
    for _guess in range(signing_in.PER_ACCOUNT):
        assert stranger.password(account, "wrong-password").status_code == 422
        assert Browser().password(other, "wrong-password").status_code == 422

    assert stranger.password(account).status_code == 429
    assert browser.password(other).status_code == 429, "it is known to one account only"
    assert browser.password(account).status_code == 303
    assert stranger.password(account).status_code == 429, (
        "that its owner signs in gives strangers no new tries"
    )


def test_a_browser_that_is_known_has_no_more_guesses_than_others(browser):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.sign_in(account, secret)
    browser.post("/accounts/sign-out/")
    for _guess in range(signing_in.PER_ACCOUNT):
        assert browser.password(account, "wrong-password").status_code == 422

    assert browser.password(account).status_code == 429


def test_a_cookie_that_was_altered_makes_nobody_known(browser):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.sign_in(account, secret)
    kept = browser.cookies[COOKIE]
    assert account.username not in kept.value and kept["httponly"] and kept["path"] == "/accounts/"
    forger = Browser()
    for _guess in range(signing_in.PER_ACCOUNT):
        forger.password(account, "wrong-password")
    forger.cookies[COOKIE] = kept.value[::-1]

    assert forger.password(account).status_code == 429


def test_an_address_that_guesses_across_many_accounts_waits(browser, monkeypatch):
    monkeypatch.setattr(signing_in, "PER_ADDRESS", 3)
    for number in range(3):
        browser.send("/accounts/sign-in/", username=f"guess{number}", password="wrong-password")
    account, _secret = a_member_of_staff()

    assert browser.password(account).status_code == 429


def test_the_session_key_changes_at_each_step(browser):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.get("/accounts/sign-in/")

    browser.password(account)
    half_way = browser.session.session_key
    browser.code(secret)

    assert browser.session.session_key != half_way


def test_a_code_is_not_accepted_twice(browser):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.sign_in(account, secret)
    thief = Browser()
    thief.password(account)

    refused = thief.code(secret)

    assert refused.status_code == 422
    assert "已用过" in text(refused)
    assert not thief.is_signed_in
    assert actions()[-1] == "accounts.second_factor_failed"


def test_codes_cannot_be_tried_out(browser):
    account, secret = a_member_of_staff()
    browser.password(account)
    for _guess in range(signing_in.CODES_PER_ACCOUNT):
        assert browser.send("/accounts/second-factor/", code="000000").status_code == 422

    assert browser.code(secret).status_code == 429
    assert not browser.is_signed_in


def test_the_second_page_cannot_be_opened_without_the_first(browser):
    for page in ("second-factor", "second-factor/setup", "new-password"):
        assert browser.get(f"/accounts/{page}/").url == "/accounts/sign-in/"


def test_half_way_ends_after_ten_minutes(browser):
    account, _secret = a_member_of_staff()
    browser.password(account)
    session = browser.session
    session["signing_in"] = {
        **session["signing_in"],
        "until": (timezone.now() - timedelta(seconds=1)).timestamp(),
    }
    session.save()

    assert browser.get("/accounts/second-factor/").url == "/accounts/sign-in/"


def test_half_way_ends_when_the_password_is_changed_meanwhile(browser):
    account, secret = a_member_of_staff()
    browser.password(account)
    account.refresh_from_db()
    account.set_password("bai-yang-92-qiu")
    account.save()

    assert browser.code(secret).url == "/accounts/sign-in/"
    assert not browser.is_signed_in


def test_staff_without_an_authenticator_bind_one_first(browser):
    account = an_account(password=PASSWORD)
    a_post(Role.HANDLER, a_unit(), account=account)

    assert browser.password(account).url == "/accounts/second-factor/setup/"
    page = browser.get("/accounts/second-factor/setup/")
    secret = page.context["secret"].replace(" ", "")
    assert "<svg" in page.content.decode()
    assert "暂不绑定" not in text(page)

    done = browser.send("/accounts/second-factor/setup/", code=pyotp.TOTP(secret).now())
    assert done.url == "/desk/"
    account.refresh_from_db()
    assert account.totp_secret == secret


def test_reloading_the_page_keeps_the_secret_and_another_session_gets_another(browser):
    account = an_account(password=PASSWORD)
    a_post(Role.HANDLER, a_unit(), account=account)
    other = Browser()
    for one in (browser, other):
        one.password(account)

    first, again, elsewhere = (
        one.get("/accounts/second-factor/setup/").context["secret"] for one in (browser, browser, other)
    )

    assert first == again != elsewhere


def test_binding_may_be_left_out_only_in_a_demonstration(browser, settings):
    account = an_account(password=PASSWORD)
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.password(account)

    assert browser.post("/accounts/second-factor/skip/").status_code == 403
    assert not browser.is_signed_in

    settings.GONGZHI_DEMO = True
    assert "暂不绑定" in text(browser.get("/accounts/second-factor/setup/"))
    assert browser.post("/accounts/second-factor/skip/").url == "/desk/"
    assert COOKIE in browser.cookies


def test_a_bound_authenticator_may_not_be_left_out_in_a_demonstration_either(browser, settings):
    settings.GONGZHI_DEMO = True
    account, _secret = a_member_of_staff()
    browser.password(account)

    assert browser.post("/accounts/second-factor/skip/").status_code == 403
    assert browser.get("/accounts/second-factor/setup/").url == "/accounts/second-factor/"
    assert not browser.is_signed_in


def test_an_initial_password_is_replaced_after_the_second_factor(browser):
    account, secret = a_member_of_staff(must_change_password=True)
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.password(account)
    new = {"new": "bai-yang-92-qiu", "again": "bai-yang-92-qiu"}
    assert browser.send("/accounts/new-password/", **new).url == "/accounts/second-factor/"

    assert browser.code(secret).url == "/accounts/new-password/"
    assert not browser.is_signed_in
    unequal = browser.send("/accounts/new-password/", new="bai-yang-92-qiu", again="another-one-1")
    assert unequal.status_code == 422

    assert browser.send("/accounts/new-password/", **new).url == "/desk/"
    account.refresh_from_db()
    assert account.check_password("bai-yang-92-qiu")


def test_someone_without_a_post_signs_in_with_a_password_alone(browser):
    account = an_account(password=PASSWORD)

    assert browser.password(account).url == "/"
    assert browser.is_signed_in


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/heads/?tab=late", "/heads/?tab=late"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("/\\evil.example/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_one_is_led_on_to_addresses_of_this_site_only(browser, wanted, led_to):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)

    assert browser.sign_in(account, secret, quote(wanted)).url == led_to
    assert browser.get(f"/accounts/sign-in/?next={quote(wanted)}").url == led_to


def test_who_holds_several_posts_chooses_one_and_then_goes_on(browser):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)
    head = a_post(Role.HEAD, a_unit(), account=account, title="主任")

    choice = browser.sign_in(account, secret, "/heads/")
    assert choice.url == "/accounts/posts/?next=%2Fheads%2F"
    assert "主任" in text(browser.get(choice.url))

    assert browser.post("/accounts/posts/", {"post": head.pk, "next": "/heads/"}).url == "/heads/"
    assert browser.get("/heads/").content.decode() == f"head {head.pk}"
    entry = Entry.objects.get(action="accounts.post_taken")
    assert (entry.post_id, entry.role) == (head.pk, "head")


def test_a_post_that_is_over_or_somebody_elses_cannot_be_taken(browser):
    account, secret = a_member_of_staff()
    mine = a_post(Role.HANDLER, a_unit(), account=account)
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = a_post(Role.HEAD, a_unit(), account=account, valid_to=yesterday)
    foreign = a_post(Role.HEAD, a_unit())
    browser.sign_in(account, secret)

    for wanted in (ended.pk, foreign.pk, "", "x", "²"):
        assert browser.post("/accounts/posts/", {"post": wanted}).status_code == 422

    assert browser.get("/desk/").content.decode() == f"handler {mine.pk}"


def test_changing_the_password_keeps_this_session_and_ends_the_others(browser):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.sign_in(account, secret)
    elsewhere = Browser()
    elsewhere.force_login(account)
    new = {"new": "bai-yang-92-qiu", "again": "bai-yang-92-qiu"}

    assert browser.send("/accounts/password/", old="wrong", **new).status_code == 422
    assert browser.send("/accounts/password/", old=PASSWORD, **new).url == "/desk/"

    assert browser.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").url.startswith("/accounts/sign-in/")
    assert actions()[-1] == "accounts.password_changed"


def test_signing_out_is_a_post_and_ends_the_session(browser):
    account, secret = a_member_of_staff()
    a_post(Role.HANDLER, a_unit(), account=account)
    browser.sign_in(account, secret)

    assert browser.get("/accounts/sign-out/").status_code == 405
    assert browser.post("/accounts/sign-out/").url == "/"

    assert not browser.is_signed_in
    assert actions()[-1] == "accounts.signed_out"


def test_the_pages_are_not_kept_by_browsers(browser):
    assert "no-store" in browser.get("/accounts/sign-in/")["Cache-Control"]
