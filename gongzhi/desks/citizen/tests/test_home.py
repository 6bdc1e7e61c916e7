"""The front page: what exists is linked, what does not exist is not, and help is one press away."""

import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db  # the privacy page reads the periods in force


@pytest.fixture(autouse=True)
def plain_pages(settings: Settings) -> None:
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ROOT_URLCONF = "gongzhi.desks.citizen.tests.addresses"


def test_the_main_action_tracking_and_public_replies_are_linked(client: Client) -> None:
    text = client.get("/").content.decode()

    assert '<a class="c-tile c-tile--seal" href="/hotline/new/">' in text
    assert '<a class="c-tile" href="/track/">' in text
    assert '<form class="c-search" role="search" action="/hotline/public/" method="get">' in text


def test_pages_that_do_not_exist_are_not_linked(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "gongzhi.desks.citizen.tests.bare_addresses"

    text = client.get("/").content.decode()

    assert "我要反映" not in text
    assert 'role="search"' not in text


@pytest.mark.parametrize("number", ["110", "119", "120", "122", "12345"])
def test_the_numbers_to_call_are_always_there(client: Client, settings: Settings, number: str) -> None:
    settings.ROOT_URLCONF = "gongzhi.desks.citizen.tests.bare_addresses"

    assert f'href="tel:{number}"' in client.get("/").content.decode()


def test_every_link_of_the_home_page_leads_somewhere(client: Client) -> None:
    text = client.get("/").content.decode()

    pages = {link for link in re.findall(r'href="(/[^"?#]*)', text) if not link.startswith("/static/")}
    assert len(pages) >= 6
    for link in pages:
        assert client.get(link).status_code in {200, 302}, link


def test_the_current_page_is_marked_in_both_navigations(client: Client) -> None:
    text = client.get("/").content.decode()

    assert text.count('href="/" aria-current="page"') == 2
    assert "aria-current" not in client.get("/privacy/").content.decode()
