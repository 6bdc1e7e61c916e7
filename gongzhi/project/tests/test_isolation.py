"""Nobody sees a row of another city: not in a page, not in an answer, not in a table, also when the filter is gone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gongzhi.project.tests.behind_lock import MIDDLEWARE
from gongzhi.project.tests.city_doors import OF_ONESELF, doors_asked
from gongzhi.project.tests.doors import interface_writes, posting_routes
from gongzhi.project.tests.two_cities import (
    ELSEWHERE,
    HERE,
    build,
    foreign_changed,
    foreign_in_pages,
    foreign_in_tables,
    no_filter,
    questions,
)

pytestmark = [pytest.mark.long, pytest.mark.django_db]
NEVER_OF_A_CITY = {"django_admin_log", "hotline_drawn", "notices_read", "organisations_localvalue"}
NOW = datetime(2026, 3, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def cities(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    here, elsewhere = build(HERE, "鹭汀", NOW), build(ELSEWHERE, "渚鸥", NOW)
    return here, elsewhere, here.watchers()


def test_every_door_that_takes_something_is_asked_with_the_keys_of_the_other_city(cities):
    here, elsewhere, _watchers = cities
    doors, asked = (
        set(posting_routes()) | interface_writes(),
        doors_asked(questions(here, elsewhere, few=True)),
    )
    assert doors - asked - OF_ONESELF.keys() == set(), (
        "ask it in city_doors, or say there why it takes no key"
    )
    assert (asked | OF_ONESELF.keys()) - doors == set(), "there is no such door any more"


def test_no_role_sees_a_row_of_another_city_though_the_filter_of_python_is_gone(cities):
    here, elsewhere, watchers = cities
    asked = questions(here, elsewhere, few=True)
    with no_filter():
        seen = {name: foreign_in_pages(who, asked, elsewhere) for name, who in watchers.items()}
    assert set(seen.values()) == {0}, seen


@pytest.mark.parametrize(
    "name", ["nobody", "citizen", "dispatcher", "handler", "head", "supervisor", "auditor"]
)
def test_the_filter_of_python_holds_by_itself(cities, settings, name):
    here, elsewhere, watchers = cities
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]
    broken = []
    assert foreign_in_pages(watchers[name], questions(here, elsewhere, few=True), elsewhere, broken) == 0
    assert broken == []


def test_nothing_is_there_when_tables_are_read_without_any_condition(cities):
    _here, elsewhere, watchers = cities
    empty = [table for table, rows in elsewhere.rows.items() if not rows and table not in NEVER_OF_A_CITY]
    assert empty == [], "of an empty table nobody could see a row"
    seen = {name: foreign_in_tables(who, elsewhere) for name, who in watchers.items()}
    assert {name: rows for name, rows in seen.items() if rows} == {}


def test_nobody_changes_a_row_of_another_city(cities):
    _here, elsewhere, watchers = cities
    done = {name: foreign_changed(who, elsewhere) for name, who in watchers.items()}
    assert {name: rows for name, rows in done.items() if rows} == {}


def test_who_keeps_the_other_city_would_change_its_rows(cities):
    """The writing would succeed: the zeros above are earned."""
    _here, elsewhere, _watchers = cities
    done = foreign_changed(elsewhere.watchers()["administrator"], elsewhere)
    assert done.keys() >= {"people_account", "people_post", "organisations_unit"}


def test_without_both_locks_there_is_much_to_see(cities, settings):
    """The questions would find something: the zeros above are earned."""
    here, elsewhere, watchers = cities
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]
    with no_filter():
        seen = foreign_in_pages(watchers["dispatcher"], questions(here, elsewhere), elsewhere)
    assert seen > 10
