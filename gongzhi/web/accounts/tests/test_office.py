"""An office is told by staff who are signed in, a browser in which they did, or its network; a citizen's browser by nothing."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from gongzhi.web.accounts.office import COOKIE, is_from_office, remember_office


def asked(cookie="", address="198.51.100.7", post=None):
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.post = post
    if cookie:
        request.COOKIES[COOKIE] = cookie
    return request


def marked():
    response = HttpResponse()
    remember_office(response)
    return response.cookies[COOKIE]


def test_a_citizens_browser_is_none_of_an_office():
    assert not is_from_office(asked())
    assert not is_from_office(asked(cookie="office"))  # not signed
    assert not is_from_office(asked(cookie=marked().value[::-1]))
    assert not is_from_office(asked(address="unix:"))


def test_a_browser_in_which_staff_signed_in_is_known_and_tells_of_nobody():
    cookie = marked()

    assert is_from_office(asked(cookie=cookie.value))
    assert cookie["max-age"] == 30 * 24 * 60 * 60
    assert cookie.value.startswith("office:")  # the same word for every official
    assert is_from_office(asked(post=object()))


@pytest.mark.parametrize(
    ("address", "inside"), [("10.8.3.4", True), ("10.9.0.1", False), ("2001:db8::5", True)]
)
def test_a_registered_network_is_an_office(settings, address, inside):
    settings.OFFICE_NETWORKS = ["10.8.0.0/16", "2001:db8::/32"]

    assert is_from_office(asked(address=address)) is inside
