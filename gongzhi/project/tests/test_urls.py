"""The root addresses: every listed domain has its path, errors look like the rest, the refused port says what to do."""

import socket

import pytest
from django.conf import settings as configured
from django.urls import reverse

from gongzhi.project.supervise import Ended
from gongzhi.project.urls import urlpatterns
from gongzhi.project.web import address


@pytest.mark.django_db
def test_the_first_page_is_served(client):
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_an_unknown_address_is_answered_with_our_own_page(client):
    response = client.get("/there-is-no-such-page/")

    assert response.status_code == 404
    assert "<h1" in response.content.decode()


def test_the_administrators_pages_are_mounted():
    assert reverse("admin:index") == "/admin/"


@pytest.mark.parametrize("key", configured.DOMAINS)
def test_every_listed_domain_has_its_path(key):
    assert f"{key}/" in {str(route.pattern) for route in urlpatterns}


def test_a_busy_port_is_refused_with_another_to_choose(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(Ended, match=f"Port {port} .* PORT={port + 1}"):
            address()


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(Ended, match="is not a port"):
        address()
