"""Whatever is typed into an address or a form, the answer is a page or a clear refusal, never a fault of ours."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.tests.factories import an_account
from gongzhi.project.tests.asking import browser_of, routes

pytestmark = pytest.mark.django_db

HUGE = "9" * 7000
BAD_WORDS = (
    "\x00",
    "\x00-1",
    "²-",
    "1-" + HUGE,
    HUGE,
    "0" * 20 + "9" * 30,
    "%",
    "'\"><script>",
    "\U0010ffff",
    "~",
)
QUERY_NAMES = (
    *("number", "form", "year", "as", "of", "unit", "leaf", "row", "index", "size", "from", "to", "theme"),
    *("q", "words", "in", "draft", "code", "main", "tab", "after", "preview", "sort", "channel", "category"),
    *(
        "region",
        "area",
        "period",
        "measure",
        "before",
        "pick",
        "start",
        "end",
        "next",
        "elder",
        "language",
        "p",
        "o",
        "e",
        "_changelist_filters",
    ),
)
MOMENTS = (
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00~1",
    "9999-12-31T23:59:59-14:00~1",
    "~" + "9" * 19,
)
FIELDS = (
    *(
        "phone",
        "text",
        "title",
        "name",
        "place",
        "region-county",
        "region-township",
        "category",
        "kind",
        "note",
    ),
    *("reply", "outcome", "reason", "route", "unit_id", "units", "also", "grade", "words", "aspects", "main"),
    *(
        "batch",
        "pick",
        "post",
        "username",
        "password",
        "code",
        "new",
        "again",
        "old",
        "query_code",
        "last_four",
    ),
    *("replied_from", "replied_to", "size", "privacy", "confidential", "action", "_selected_action", "next"),
)
LOOK_UPS = ({}, {"look": "1"}, {"suggest": "1"}, {"region-step": "1"})


def addresses(known):
    """Each route with numbers that exist, that do not, and that no column could hold."""
    found = set()
    for parts in routes():
        route = "/" + "".join(getattr(part, "_route", None) or "" for part in parts)
        for number in (known, 2**63):
            address = route
            for part in parts:
                for name, converter in part.converters.items():
                    kind = type(converter).__name__
                    value = {
                        "IntConverter": str(number),
                        "UUIDConverter": "6f1d5c9e-0a4f-4d0a-9b53-2f0f3c1d7a10",
                        "SlugConverter": "dispatch",
                    }.get(kind, str(number))
                    for spelt in (
                        f"<int:{name}>",
                        f"<uuid:{name}>",
                        f"<slug:{name}>",
                        f"<path:{name}>",
                        f"<{name}>",
                    ):
                        address = address.replace(spelt, value)
            found.add(address)
    return sorted(found)


@pytest.fixture
def county():
    return County()


@pytest.fixture(params=("nobody", "dispatcher", "handler", "call_taker", "administrator"))
def browser(request, county):
    if request.param == "administrator":
        client = Client()
        client.force_login(an_account(is_administrator=True))
    else:
        client = browser_of(getattr(county, request.param, None))
    client.raise_request_exception = False
    return client


def is_administrator(browser):
    return Account.objects.filter(pk=browser.session.get("_auth_user_id"), is_administrator=True).exists()


def test_no_page_breaks(browser, county):
    request = county.submit(timezone.now())
    services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=timezone.now(), key=a_key())
    broken, signed_in = [], browser.session.get("_auth_user_id")

    def check(what, response):
        if response.status_code >= 500:
            fault = response.exc_info[1] if getattr(response, "exc_info", None) else ""
            broken.append(f"{response.status_code} {what[:160]} {fault!r:.200}")

    for address in addresses(request.pk):
        if address.startswith("/admin/") and not is_administrator(browser):
            continue  # one door for all of them, tested with the accounts
        if address in {"/accounts/sign-out/", "/admin/logout/"}:
            continue  # what follows would be asked by nobody
        check(f"GET {address}", browser.get(address))
        check(f"POST {address}", browser.post(address))
        if str(request.pk) not in address and any(sign.isdigit() for sign in address.replace("/v1/", "/")):
            continue
        for word in (BAD_WORDS[0], MOMENTS[2], HUGE):
            check(f"GET {address} {word[:20]!r}", browser.get(address, dict.fromkeys(QUERY_NAMES, word)))
        for number, word in enumerate((BAD_WORDS[0], BAD_WORDS[1], HUGE, BAD_WORDS[2], MOMENTS[0])):
            sent = dict.fromkeys(FIELDS, word) | {"key": str(uuid.uuid4())} | LOOK_UPS[number % len(LOOK_UPS)]
            check(f"POST {address} {word[:20]!r}", browser.post(address, sent))
        check(
            f"POST {address} batch", browser.post(address, {"batch": str(uuid.uuid4()), "pick": ["7", HUGE]})
        )
        check(f"GET {address}?end", browser.get(address, {"end": MOMENTS[0]}))
    for known in (request.pk, 7):
        reveal = browser.post(f"/hotline/cases/{known}/reveal/", {"reason": "\x00"})
        check(f"reveal {known}", reveal)
        check(f"reveal {known}", browser.post(f"/hotline/cases/{known}/reveal/", {"reason": "核实"}))
    assert not broken, "\n".join(broken)
    assert browser.session.get("_auth_user_id") == signed_in
