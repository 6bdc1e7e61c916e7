"""What the database itself refuses an administrator of one city, whatever the pages forgot."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from gongzhi.kernel.access.keeping import accounts_kept, posts_kept
from gongzhi.kernel.access.scope import act_as
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.lock.scope import VISITOR, acting
from gongzhi.kernel.people.accounts import actor_for, citizen
from gongzhi.kernel.people.models import Account, Post
from gongzhi.kernel.people.tests.factories import an_account
from gongzhi.web.accounts.tests.areas import HERE, Cities, keeper

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities():
    return Cities()


@pytest.fixture
def post():
    return keeper()


@pytest.fixture
def as_keeper(cities, post):
    with acting(VISITOR):
        run(f"SET LOCAL ROLE {WEB}")
        act_as(actor_for(post), keeps_system=True)
        yield actor_for(post)


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def changed(table):
    """The rows that may be changed."""
    return {pk for (pk,) in run(f"UPDATE {table} SET id = id RETURNING id")}


def refused(statement, *values):
    with pytest.raises(DatabaseError, match="row-level security|stays with its account"):
        run(statement, *values)


def test_the_lock_and_the_filter_of_python_let_the_same_be_changed(cities, post, as_keeper):
    kept = accounts_kept(as_keeper, localdate())  # the database looks at the calendar itself
    accounts = set(Account.objects.filter(kept).values_list("pk", flat=True))
    assert accounts == {one.pk for one in cities.kept.values()}
    assert changed("people_account") == accounts | {post.account_id}
    posts = set(Post.objects.filter(posts_kept(as_keeper)).values_list("pk", flat=True))
    assert changed("people_post") == posts - {post.pk}
    assert cities.foreign.pk not in posts


def test_colleagues_are_seen_everywhere_and_citizens_accounts_nowhere(cities, as_keeper):
    seen = set(Account.objects.values_list("pk", flat=True))
    assert cities.foreign.account_id in seen
    assert cities.citizen.pk not in seen


def test_no_row_is_moved_out_of_reach_or_made_mighty(cities, as_keeper):
    refused("UPDATE people_account SET is_administrator = true WHERE id = %s", cities.own.account_id)
    refused("UPDATE people_post SET region_code = '410104' WHERE id = %s", cities.own.pk)
    refused("UPDATE people_post SET unit_id = %s WHERE id = %s", cities.foreign_unit.pk, cities.own.pk)
    refused("UPDATE people_post SET account_id = %s WHERE id = %s", cities.foreign.account_id, cities.own.pk)


def test_a_post_is_given_within_the_area_to_its_accounts_alone(cities, post, as_keeper):
    give = "INSERT INTO people_post (account_id, role, unit_id, region_code, title, valid_from)"
    give += " VALUES (%s, 'dispatcher', %s, %s, '', '2026-01-01')"
    assert run(give, cities.new.pk, cities.own_unit.pk, "410523") == 1
    refused(give, post.account_id, None, HERE)
    refused(give, cities.new.pk, None, "410104")
    refused(give, cities.new.pk, None, "")
    refused(give, cities.new.pk, cities.foreign_unit.pk, "410523")
    for account in cities.others.values():
        refused(give, account.pk, cities.own_unit.pk, "410523")


def test_an_account_is_made_in_the_own_area_and_is_no_administrators(cities, as_keeper):
    an_account(region_code=HERE)
    for more in (
        {"region_code": ""},
        {"region_code": "4101"},
        {"region_code": HERE, "is_administrator": True},
    ):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            an_account(**more)


def test_units_and_lists_of_another_city_are_read_and_not_changed(cities, as_keeper):
    assert {cities.own_unit.pk, cities.foreign_unit.pk} <= {
        pk for (pk,) in run("SELECT id FROM organisations_unit")
    }
    assert changed("organisations_unit") == {cities.own_unit.pk}
    refused("UPDATE organisations_unit SET region_id = '410104' WHERE id = %s", cities.own_unit.pk)
    refused(
        "INSERT INTO organisations_localvalue (key, region_id, value, since, basis, source)"
        " VALUES ('hotline.reply_review', '410104', 'true', '2026-01-01', '', 'configuration')"
    )


def test_an_official_changes_their_own_account_and_no_post(cities):
    with acting(VISITOR):
        run(f"SET LOCAL ROLE {WEB}")
        act_as(actor_for(cities.own))
        assert changed("people_account") == {cities.own.account_id}
        assert changed("people_post") == set()


def test_who_keeps_the_whole_installation_changes_all_but_their_own_posts(cities):
    account = an_account(is_administrator=True)
    everybody = set(Account.objects.values_list("pk", flat=True))
    with acting(VISITOR):
        run(f"SET LOCAL ROLE {WEB}")
        act_as(citizen(account), keeps_system=True)
        assert changed("people_account") == everybody
        assert changed("people_post") == set(Post.objects.values_list("pk", flat=True))
