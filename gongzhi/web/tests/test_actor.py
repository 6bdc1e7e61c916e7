"""Who is acting: a citizen unless signed in, an official only in a post held today."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.accounts import post_in_session
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account, Post
from gongzhi.web.accounts.session import POST_IN_SESSION
from gongzhi.web.middleware import actor
from gongzhi.web.views import actor_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def account() -> Account:
    return Account.objects.create(username="zhou", name="周样例")


@pytest.fixture
def unit() -> Unit:
    return a_unit("汤阴县城市管理局")


def a_post(account: Account, unit: Unit, role: Role = Role.HANDLER, **dates: date | None) -> Post:
    return Post.objects.create(
        account=account,
        role=role,
        unit=unit,
        region_code="410523",
        valid_from=dates.get("valid_from") or TODAY - timedelta(days=400),
        valid_to=dates.get("valid_to"),
    )


def acting(user: Account | None, chosen: int | None = None) -> Actor:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    if chosen is not None:
        request.session[POST_IN_SESSION] = chosen
    request.user = user or Anonymous()  # type: ignore[assignment]
    seen: list[Actor] = []

    def respond(request: HttpRequest) -> HttpResponse:
        seen.append(actor_of(request))
        return HttpResponse()

    actor(respond)(request)
    return seen[0]


class Anonymous:
    """Nobody signed in."""

    is_authenticated = False


def test_nobody_signed_in_is_a_citizen_without_a_person() -> None:
    assert acting(None) == Actor(role=Role.CITIZEN)


def test_an_account_without_posts_acts_as_a_citizen(account: Account) -> None:
    who = acting(account)

    assert who.role is Role.CITIZEN
    assert who.account_id == account.pk
    assert who.post_id is None


def test_the_only_post_is_taken_without_choosing(account: Account, unit: Unit) -> None:
    post = a_post(account, unit)

    who = acting(account)

    assert (who.role, who.post_id, who.unit_id, who.region_code) == (Role.HANDLER, post.pk, unit.pk, "410523")


def test_of_several_posts_only_the_chosen_one_counts(account: Account, unit: Unit) -> None:
    a_post(account, unit)
    head = a_post(account, unit, Role.HEAD)

    assert acting(account).role is Role.CITIZEN
    assert acting(account, head.pk).role is Role.HEAD


def test_a_post_of_somebody_else_cannot_be_chosen(account: Account, unit: Unit) -> None:
    other = Account.objects.create(username="other", name="他人")
    foreign = a_post(other, unit, Role.HEAD)
    a_post(account, unit)

    assert acting(account, foreign.pk).role is Role.CITIZEN


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (TODAY, TODAY, True),
        (TODAY - timedelta(days=9), None, True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
    ],
)
def test_a_post_counts_from_its_first_to_its_last_day(
    account: Account, unit: Unit, first: date, last: date | None, held: bool
) -> None:
    post = a_post(account, unit, valid_from=first, valid_to=last)

    assert (post_in_session(account, post.pk, TODAY) is not None) is held
    assert (post_in_session(account, None, TODAY) is not None) is held


def test_today_is_the_day_of_the_time_zone(account: Account, unit: Unit) -> None:
    today = timezone.localdate()
    a_post(account, unit, valid_from=today, valid_to=today)

    assert acting(account).role is Role.HANDLER


def test_an_official_sees_errors_in_the_staff_frame(client: Client, account: Account, unit: Unit) -> None:
    a_post(account, unit)
    client.force_login(account)

    refused = client.get("/declines/").content.decode()

    assert 'class="is-staff"' in refused
    assert "汤阴县城市管理局" in refused
    assert "周样例" in refused
