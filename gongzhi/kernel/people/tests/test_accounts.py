"""Accounts are added and get their own passwords; posts make them actors while they are in force."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.accounts import (
    actor_for,
    add_account,
    change_password,
    choose_password,
    needs_second_factor,
    post_in_session,
    posts_of,
)
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.tests.factories import a_post, an_account

pytestmark = pytest.mark.django_db
GOOD = "huai-shu-47-xia"
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_an_account_keeps_only_a_hash_of_its_password():
    account = add_account(username=" ｃａｌｌｅｒ9 ", name="田样例", password=GOOD)

    assert account.username == "caller9"
    assert account.password.startswith("argon2$")
    assert account.check_password(GOOD)
    assert account.must_change_password


def test_a_username_is_given_once():
    add_account(username="caller9", name="田样例", password=GOOD)

    with pytest.raises(NotPossible, match="caller9"):
        add_account(username="caller9", name="别人", password=GOOD)

    assert Account.objects.count() == 1


@pytest.mark.parametrize("weak", ["12345678", "short1", "caller9-99"])
def test_a_password_that_is_easily_guessed_is_refused(weak):
    with pytest.raises(NotPossible, match="换一个"):
        add_account(username="caller9", name="田样例", password=weak)

    assert not Account.objects.exists()


def test_changing_the_password_asks_for_the_present_one():
    account = add_account(username="caller9", name="田样例", password=GOOD)

    with pytest.raises(NotPossible, match="当前密码"):
        change_password(account, old="wrong", new="bai-yang-92-qiu")
    account.refresh_from_db()
    assert account.check_password(GOOD)

    change_password(account, old=GOOD, new="bai-yang-92-qiu")
    account.refresh_from_db()
    assert account.check_password("bai-yang-92-qiu")
    assert not account.must_change_password


def test_the_initial_password_cannot_be_kept():
    account = add_account(username="caller9", name="田样例", password=GOOD)

    with pytest.raises(NotPossible, match="一样"):
        choose_password(account, GOOD)

    assert account.must_change_password


def test_an_administrator_may_do_what_others_may_not():
    assert an_account(is_administrator=True).has_perm("people.change_account")
    assert not an_account().has_perm("people.change_account")
    assert not an_account(is_administrator=True, is_active=False).has_module_perms("people")


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (TODAY, TODAY, True),
        (TODAY - timedelta(days=9), None, True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
    ],
)
def test_a_post_counts_from_its_first_to_its_last_day(first, last, held):
    post = a_post(Role.HANDLER, a_unit(), valid_from=first, valid_to=last)

    assert posts_of(post.account, TODAY).exists() is held
    assert post.is_in_force(TODAY) is held
    assert needs_second_factor(post.account, TODAY) is held


def test_the_database_refuses_a_post_that_ends_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        a_post(Role.HANDLER, a_unit(), valid_from=TODAY, valid_to=TODAY - timedelta(days=1))


def test_an_actor_has_the_unit_and_region_of_the_post():
    post = a_post(Role.HANDLER, a_unit(region="410523"))

    actor = actor_for(post)

    assert (actor.role, actor.post_id, actor.unit_id) == (Role.HANDLER, post.pk, post.unit_id)
    assert (actor.region_code, actor.name) == ("410523", post.account.name)


def test_of_several_posts_only_the_chosen_one_counts():
    handler = a_post(Role.HANDLER, a_unit())
    head = a_post(Role.HEAD, a_unit(), account=handler.account)

    assert post_in_session(handler.account, None, TODAY) is None
    assert post_in_session(handler.account, head.pk, TODAY) == head


def test_a_chosen_post_that_has_ended_or_is_somebody_elses_is_none():
    ended = a_post(Role.HEAD, a_unit(), valid_to=TODAY - timedelta(days=1))
    foreign = a_post(Role.HEAD, a_unit())

    assert post_in_session(ended.account, ended.pk, TODAY) is None
    assert post_in_session(ended.account, foreign.pk, TODAY) is None
