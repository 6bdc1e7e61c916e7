"""Which line of the responsibility list answers, and from which day to which."""

import time
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.responsibilities import responsible_for
from gongzhi.kernel.organisations.tests.factories import a_category, a_region, a_responsibility, a_unit

pytestmark = pytest.mark.django_db

LAMP = "urban.lighting.streetlamp"
VILLAGE = "410523100200"
DAY = date(2026, 3, 2)


def test_the_nearest_region_wins():
    a_responsibility(LAMP, "4105")
    county = a_responsibility(LAMP, "410523")
    a_responsibility(LAMP, "410522")

    found = responsible_for(LAMP, VILLAGE, DAY)

    assert found.responsibility_id == county.pk
    assert found.lead_unit_id == county.lead_unit_id
    assert (found.region_code, found.is_exact) == ("410523", False)


def test_a_nearer_region_wins_over_a_narrower_category():
    a_responsibility(LAMP, "4105")
    broad = a_responsibility("urban", "410523")

    assert responsible_for(LAMP, VILLAGE, DAY).responsibility_id == broad.pk


def test_within_a_region_the_narrowest_category_wins():
    a_responsibility("urban", "410523")
    lighting = a_responsibility("urban.lighting", "410523")
    a_responsibility("urban.lighting.village_lamp", "410523")

    assert responsible_for(a_category(LAMP).pk, "410523", DAY).responsibility_id == lighting.pk


def test_a_line_answers_from_its_first_to_its_last_day_and_the_later_line_follows():
    first = a_responsibility(LAMP, "410523", valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    second = a_responsibility(LAMP, "410523", valid_from=date(2026, 1, 1))

    assert responsible_for(LAMP, "410523", date(2024, 12, 31)) is None
    assert responsible_for(LAMP, "410523", date(2025, 1, 1)).responsibility_id == first.pk
    assert responsible_for(LAMP, "410523", date(2025, 12, 31)).responsibility_id == first.pk
    assert responsible_for(LAMP, "410523", date(2026, 1, 1)).responsibility_id == second.pk


def test_the_answer_names_helpers_arbiter_and_standard():
    a_category(LAMP, standard="五个工作日内修复。")
    helpers = [a_unit(), a_unit()]
    arbiter = a_unit()
    a_responsibility(LAMP, "410523", co_units=helpers, arbiter=arbiter)

    found = responsible_for(LAMP, "410523", DAY)

    assert found.co_unit_ids == tuple(unit.pk for unit in helpers)
    assert found.arbiter_unit_id == arbiter.pk
    assert found.standard == "五个工作日内修复。"


def test_a_list_that_is_silent_gives_none():
    a_category(LAMP)
    a_region("410523")
    a_responsibility("housing", "410523")
    a_responsibility(LAMP, "410102")

    assert responsible_for(LAMP, "410523", DAY) is None
    assert responsible_for("no.such.category", "410523", DAY) is None


def test_a_second_question_costs_no_query_and_less_than_a_tenth_of_a_millisecond(django_assert_num_queries):
    category = a_responsibility(LAMP, "410523").category
    responsible_for(category.pk, VILLAGE, DAY)

    with django_assert_num_queries(0):
        began = time.perf_counter()
        for _ in range(1_000):
            responsible_for(category.pk, VILLAGE, DAY)
        took = time.perf_counter() - began

    assert took / 1_000 < 100e-6


def test_a_changed_line_answers_after_forgetting():
    line = a_responsibility(LAMP, "410523")
    responsible_for(LAMP, "410523", DAY)
    other = a_unit()
    line.lead_unit = other
    line.save()

    forget_everything()

    assert responsible_for(LAMP, "410523", DAY).lead_unit_id == other.pk


def test_the_database_refuses_a_second_line_for_the_same_day():
    a_responsibility(LAMP, "410523")
    with pytest.raises(IntegrityError, match="responsibility_once"), transaction.atomic():
        a_responsibility(LAMP, "410523")


def test_the_database_refuses_a_line_that_ends_before_it_begins():
    with pytest.raises(IntegrityError, match="responsibility_validity"), transaction.atomic():
        a_responsibility(LAMP, "410523", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))
