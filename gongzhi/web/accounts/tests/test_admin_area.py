"""An administrator of a city keeps its accounts and posts; those of another are neither listed nor changed."""

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from gongzhi.kernel.access import keeping
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account, Post
from gongzhi.kernel.people.tests.factories import a_post, an_account
from gongzhi.project.tests.behind_lock import MIDDLEWARE
from gongzhi.web.accounts.tests.areas import ELSEWHERE, HERE, YESTERDAY, Cities, browser_of_keeper, keeper
from gongzhi.web.accounts.tests.people import PASSWORD

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()
TAKEN = "yi-ge-xin-mima-83"


@pytest.fixture(params=["with the second lock", "without"])
def cities(request, settings):
    if request.param == "without":
        settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]
    return Cities()


@pytest.fixture
def post():
    return keeper()


@pytest.fixture
def browser(post):
    return browser_of_keeper(post)


def listed(browser, address):
    return {row.pk for row in browser.get(address).context["cl"].result_list}


def take_over(browser, account):
    """Set a password and unbind the authenticator; say whether any of it was done."""
    bound, answers = account.totp_confirmed_at, {"username": account.username, "name": account.name}
    more = {"is_active": "on", "initial_password": TAKEN}
    send(browser, f"/admin/people/account/{account.pk}/change/", **answers, **more)
    unbound = {"action": "unbind_second_factor", "_selected_action": [account.pk]}
    send(browser, "/admin/people/account/", **unbound)
    account.refresh_from_db()
    return account.check_password(TAKEN) or account.totp_confirmed_at != bound


def send(browser, address, **answers):
    """Send a form; what the database refused is undone, as where no test stands around it."""
    mark = transaction.savepoint()
    answer = browser.post(address, answers)
    if connection.needs_rollback:
        connection.set_rollback(False)
        transaction.savepoint_rollback(mark)
    return answer.status_code


def give(browser, account, unit=None, region="410523", role="dispatcher"):
    """Give a post and return the words of refusal; empty when it was given."""
    answers = {"account": account.pk, "role": role, "region_code": region, "valid_from": TODAY}
    before = Post.objects.count()
    answer = browser.post("/admin/people/post/add/", {**answers, **({"unit": unit.pk} if unit else {})})
    assert Post.objects.count() - before == (answer.status_code == 302)
    return "" if answer.status_code == 302 else str(answer.context["errors"])


def test_accounts_of_the_own_area_are_listed_and_changed_and_no_others(cities, browser):
    assert listed(browser, "/admin/people/account/") == {one.pk for one in cities.kept.values()}
    assert [name for name, one in cities.others.items() if take_over(browser, one)] == []
    assert [name for name, one in cities.kept.items() if not take_over(browser, one)] == []
    cities.foreign.account.refresh_from_db()
    assert cities.foreign.account.check_password(PASSWORD)
    assert cities.foreign.account.totp_confirmed_at is not None


def test_posts_of_the_own_area_are_listed_and_ended_and_no_others(cities, browser):
    seen = listed(browser, "/admin/people/post/")
    assert cities.own.pk in seen and cities.foreign.pk not in seen
    chosen = list(Post.objects.exclude(valid_to=YESTERDAY).values_list("pk", flat=True))
    browser.post("/admin/people/post/", {"action": "end_posts", "_selected_action": chosen})
    lasting = Post.objects.filter(valid_to=None)
    assert cities.foreign in lasting and cities.own not in lasting
    assert not lasting.filter(region_code="410523", unit=cities.own_unit).exists()


def test_an_account_just_made_is_there_for_who_made_it_and_for_no_neighbour(cities, browser):
    answers = {"username": "new1", "name": "新样例", "is_active": "on", "is_administrator": "on"}
    browser.post("/admin/people/account/add/", {**answers, "initial_password": PASSWORD})
    account = Account.objects.get(username="new1")
    assert account.region_code == HERE
    assert not account.is_administrator, "it would keep the whole installation"
    neighbour = browser_of_keeper(keeper(ELSEWHERE))
    assert account.pk in listed(browser, "/admin/people/account/")
    assert account.pk not in listed(neighbour, "/admin/people/account/")
    assert not take_over(neighbour, account)
    assert give(browser, account, cities.own_unit) == ""


def test_a_post_is_given_in_the_own_area_to_an_account_of_it_and_never_to_oneself(cities, browser, post):
    assert give(browser, cities.new, cities.own_unit) == ""
    assert "不能给自己" in give(browser, post.account)
    assert "管理范围内" in give(browser, cities.new, region="410104")
    assert "管理范围内" in give(browser, cities.new, region="")
    assert "单位不在" in give(browser, cities.new, cities.foreign_unit)
    for name, account in cities.others.items():
        assert give(browser, account, cities.own_unit), name
    assert "不归您管理" in give(browser, cities.foreign.account, cities.own_unit)


def test_a_post_stays_with_its_account_and_in_the_area(cities, browser):
    address = f"/admin/people/post/{cities.own.pk}/change/"
    answers = {"role": "handler", "unit": cities.own_unit.pk, "region_code": "410523", "valid_from": TODAY}
    assert browser.post(address, {**answers, "account": cities.foreign.account_id}).status_code == 302
    browser.post(address, {**answers, "region_code": "410104"})
    kept = Post.objects.get(pk=cities.own.pk)
    assert (kept.account_id, kept.region_code) == (cities.own.account_id, "410523")


def test_nobody_changes_or_ends_a_post_of_their_own(cities, browser, post):
    browser.post("/admin/people/post/", {"action": "end_posts", "_selected_action": [post.pk]})
    answers = {"role": "administrator", "region_code": "41", "valid_from": TODAY}
    browser.post(f"/admin/people/post/{post.pk}/change/", answers)
    post.refresh_from_db()
    assert (post.valid_to, post.region_code) == (None, HERE)


def test_the_database_refuses_it_though_the_pages_forget_the_area(browser, post, monkeypatch):
    cities = Cities()
    monkeypatch.setattr(keeping, "accounts_kept", lambda actor, today: Q())
    monkeypatch.setattr(keeping, "posts_kept", lambda actor: Q())
    monkeypatch.setattr(keeping, "area_kept", lambda actor: ("", keeping.LAST))
    assert [name for name, one in cities.others.items() if take_over(browser, one)] == []
    before = set(Post.objects.values_list("account", "unit", "region_code", "valid_to"))
    answers = {"role": "dispatcher", "valid_from": TODAY}
    for account, unit, region in (
        (cities.foreign.account, cities.foreign_unit, "410104"),
        (cities.new, cities.foreign_unit, "410523"),
        (cities.new, cities.own_unit, ""),
    ):
        given = {**answers, "account": account.pk, "unit": unit.pk, "region_code": region}
        assert send(browser, "/admin/people/post/add/", **given) == 500
    chosen = {"action": "end_posts", "_selected_action": [cities.foreign.pk]}
    assert send(browser, "/admin/people/post/", **chosen) == 500
    assert set(Post.objects.values_list("account", "unit", "region_code", "valid_to")) == before


def test_a_username_that_an_unlisted_account_has_is_refused_kindly(cities, browser):
    answers = {"username": cities.citizen.username, "name": "新样例", "initial_password": PASSWORD}
    answer = browser.post("/admin/people/account/add/", answers)
    assert answer.status_code == 200
    assert "已有人使用" in str(answer.context["errors"])


@pytest.mark.parametrize("holds_a_post", [True, False])
def test_a_keeper_without_a_region_keeps_the_whole_installation(cities, holds_a_post):
    account = an_account(is_administrator=True)
    browser = (
        browser_of_keeper(keeper(region_code=""))
        if holds_a_post
        else browser_of_keeper(Post(account=account))
    )
    everybody = {one.pk for one in (*cities.kept.values(), *cities.others.values())}
    assert listed(browser, "/admin/people/account/") >= everybody
    assert take_over(browser, cities.foreign.account)
    assert give(browser, cities.new, cities.foreign_unit, region="410104") == ""
    assert "不能给自己" in give(browser, account) or holds_a_post


@pytest.mark.parametrize("several", [False, True])
def test_a_post_that_is_over_or_not_chosen_widens_nothing(cities, several):
    former = keeper(valid_to=None if several else YESTERDAY)
    if several:
        a_post(Role.ADMINISTRATOR, None, former.account, HERE)
    browser = browser_of_keeper(Post(account=former.account))
    assert listed(browser, "/admin/people/account/") == set()
    assert listed(browser, "/admin/people/post/") == set()
    assert browser.get("/admin/people/account/add/").status_code == 403
    assert not take_over(browser, cities.foreign.account)
