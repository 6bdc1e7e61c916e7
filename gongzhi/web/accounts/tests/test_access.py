"""Staff pages open to people in a post held today; attempts are counted by an address nobody can invent."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import timezone

import gongzhi
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import a_post, an_account
from gongzhi.web.accounts.origin import address_of, counted_address
from gongzhi.web.accounts.session import POST_IN_SESSION

TODAY = timezone.localdate()


@pytest.mark.django_db
def test_nobody_signed_in_is_led_to_the_sign_in_and_back(client):
    assert client.get("/desk/?tab=late").url == "/accounts/sign-in/?next=%2Fdesk%2F%3Ftab%3Dlate"
    assert client.post("/desk/").url == "/accounts/sign-in/"


@pytest.mark.django_db
def test_who_has_not_chosen_among_several_posts_is_led_to_choose(client):
    account = an_account()
    a_post(Role.HANDLER, a_unit(), account=account)
    a_post(Role.HEAD, a_unit(), account=account)
    client.force_login(account)

    assert client.get("/desk/").url == "/accounts/posts/?next=%2Fdesk%2F"


@pytest.mark.django_db
def test_a_post_that_ends_during_a_session_closes_the_pages(client):
    account = an_account()
    post = a_post(Role.HANDLER, a_unit(), account=account)
    client.force_login(account)
    assert client.get("/desk/").status_code == 200

    post.valid_to = TODAY - timedelta(days=1)
    post.save()

    refused = client.get("/desk/")
    assert refused.status_code == 403
    assert "在任的岗位" in refused.content.decode()


@pytest.mark.django_db
def test_a_chosen_post_that_ends_does_not_fall_back_on_another(client):
    account = an_account()
    a_post(Role.HANDLER, a_unit(), account=account)
    ended = a_post(Role.HEAD, a_unit(), account=account, valid_to=TODAY - timedelta(days=1))
    client.force_login(account)
    session = client.session
    session[POST_IN_SESSION] = ended.pk
    session.save()

    assert client.get("/desk/").url == "/accounts/posts/?next=%2Fdesk%2F"


@pytest.mark.django_db
def test_a_page_for_a_role_refuses_other_roles_with_the_next_step(client):
    post = a_post(Role.HANDLER, a_unit())
    client.force_login(post.account)

    refused = client.get("/heads/")

    assert refused.status_code == 403
    assert "换用相应岗位" in refused.content.decode()
    assert client.logout() is None
    assert client.get("/heads/").url.startswith("/accounts/sign-in/")


def test_nothing_but_signing_in_signs_anybody_in():
    """Whoever is signed in has shown the second factor, because only one function calls Django's login."""
    package = Path(gongzhi.__file__).parent
    callers = {
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if "tests" not in file.parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.contrib.auth")
        if {"login", "LoginView", "SESSION_KEY"} & {name.name for name in node.names}
    }

    assert callers == {"web/accounts/signing_in.py", "web/accounts/session.py"}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.9"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "nonsense", "unknown"),
    ],
)
def test_the_address_is_what_the_outermost_trusted_proxy_saw(settings, proxies, forwarded, counted):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.9")

    assert counted_address(request) == counted


def test_an_address_of_the_old_kind_written_in_the_new_counts_as_itself():
    request = RequestFactory().get("/", REMOTE_ADDR="::ffff:1.2.3.4")

    assert counted_address(request) == "1.2.3.4"


def test_without_a_proxy_the_header_counts_for_nothing(settings):
    settings.TRUSTED_PROXIES = 0
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "1.2.3.4"}, REMOTE_ADDR="2001:db8::1")

    assert address_of(request) == "2001:db8::1"
