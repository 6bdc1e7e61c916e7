"""What `http` measures really happens: one request goes its whole way through the forms of a started server."""

import itertools
from collections import Counter

import pytest

from benchmarks import http
from benchmarks.ground import lay_ground, open_account
from benchmarks.http_browser import Browser, Page, Unexpected, sign_in
from benchmarks.http_server import running_server

FORMS = """<form method="post" action="/other/"><input type="hidden" name="key" value="1"></form>
<form method="get" action="/here/"></form>"""


@pytest.mark.django_db(transaction=True)
def test_one_request_goes_from_the_first_page_to_the_rating_and_every_row_is_there():
    ground = lay_ground()
    desk, unit = (open_account(actor, http.PASSWORD) for actor in (ground.dispatcher, ground.handler))
    with running_server() as port:
        officials = [sign_in(port, name, http.PASSWORD) for name in (desk, unit)]
        client = http.Client(port, ground, itertools.count(1), *officials)
        http.one_case(client)
    assert client.done == Counter(http.ACKNOWLEDGED)
    assert not [one for one in client.answered if one.status not in (200, 303)]
    assert http._missing(client.done) > 0, "what was not closed yet is counted as missing"
    http._close()
    assert http._missing(client.done) == 0
    client.done["open"] += 1
    assert http._missing(client.done) > 0, "what was acknowledged and never written is counted as missing"


def test_a_browser_refuses_to_send_a_form_that_is_not_on_the_page():
    with pytest.raises(Unexpected, match="has no form"):
        Browser(1, "10.0.0.1").send(Page("/here/", FORMS))


def test_the_citizens_address_changes_with_every_case_so_that_no_throttle_is_met():
    addresses = {http.address_of_case(number) for number in range(1, 70_000)}
    assert len(addresses) == 69_999
