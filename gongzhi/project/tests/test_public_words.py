"""Every page that anybody may open is listed here with whose words it shows, what looked through them, and the test that holds it.

A new page without a login is written down in one of the two tables, or the build says so.
"""

import ast
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.accounts.drafting import ReceivedPage
from gongzhi.web.accounts.own import OwnCase

ROOT: Final = Path(__file__).parents[3]
#: Pages of officials, and those that a person opens by the code of their own matter.
NOT_FOR_EVERYBODY: Final = (StaffPage, OwnCase, ReceivedPage)


@dataclass(frozen=True)
class Looked:
    """Whose words are shown; what looks through them, as "module:name of the check" where it is called; the test."""

    words: str
    checks: tuple[str, ...]
    test: str


HOTLINE: Final = "gongzhi.domains.hotline"
WRITERS: Final = f"{HOTLINE}.views.citizen_public:for_everybody"
ANSWERS: Final = f"{HOTLINE}.views.citizen_public:answer_for_everybody"
LETTERS: Final = "gongzhi.domains.mailbox.services.publishing:passages"
MAILBOXES: Final = "gongzhi.domains.mailbox.services.offices:particulars_in"
PUBLIC_PAGES: Final = "gongzhi/domains/hotline/tests/test_public_pages.py"
OFFICES: Final = (
    "gongzhi/domains/mailbox/tests/test_offices.py::test_a_mailbox_tells_of_a_post_and_of_no_person"
)

LOOKED_THROUGH: Final = {
    "hotline:public": Looked(
        "the writer's title and the unit's answer",
        (WRITERS, ANSWERS),
        f"{PUBLIC_PAGES}::test_a_published_request_names_nobody_and_no_door",
    ),
    "hotline:public-case": Looked(
        "the writer's title and text and the unit's answer",
        (WRITERS, ANSWERS),
        f"{PUBLIC_PAGES}::test_everybody_reads_an_answer_without_particulars_and_with_the_line_of_the_office",
    ),
    "hotline:new-check": Looked(
        "titles of like requests of others",
        (f"{HOTLINE}.views.citizen_report:for_everybody",),
        "gongzhi/project/tests/test_public_words.py::test_what_others_wrote_of_the_same_names_nobody",
    ),
    "api:list_requests": Looked(
        "the writer's title and the unit's answer",
        (f"{HOTLINE}.views.machine:for_everybody", f"{HOTLINE}.views.machine:answer_for_everybody"),
        "gongzhi/domains/hotline/tests/test_machine.py::test_the_public_list_is_paged_and_masked",
    ),
    "mailbox:offices": Looked("title and words of a mailbox", (MAILBOXES,), OFFICES),
    "mailbox:new": Looked("title of a mailbox", (MAILBOXES,), OFFICES),
    "mailbox:office": Looked(
        "title and words of a mailbox, titles of published letters",
        (MAILBOXES, LETTERS),
        OFFICES,
    ),
    "mailbox:published": Looked(
        "letter and answer as an official words them",
        (LETTERS,),
        "gongzhi/domains/mailbox/tests/test_publishing.py::test_it_is_not_shown_without_leave_with_numbers_or_unchecked",
    ),
    "petitions:unit": Looked(
        "phone, address, place and hours of an office",
        (
            "gongzhi.domains.petitions.services.openness:particulars_in",
            "gongzhi.domains.petitions.queries.openness:particulars_in",
        ),
        "gongzhi/domains/petitions/tests/test_protecting.py::test_what_a_unit_makes_public_is_an_offices_and_tells_of_no_person",
    ),
}
#: What reaches very many people, or leaders, without a page of its own.
SENT: Final = {
    "words of a short message": Looked(
        "what an official writes and another approves",
        ("gongzhi.desks.official.wordings:particulars_in",),
        "gongzhi/desks/official/tests/test_wordings.py::test_words_for_very_many_people_tell_of_no_person",
    ),
    "what a list was exported for": Looked(
        "what an official writes and everybody on the list reads",
        ("gongzhi.desks.official.exports:particulars_in",),
        "gongzhi/domains/hotline/tests/test_exports.py::test_what_everybody_on_the_list_reads_tells_of_no_person",
    ),
    "hot issues": Looked(
        "the title of one writer and the places that several name",
        ("gongzhi.insight.triage.issues:leaks_in",),
        "gongzhi/desks/cockpit/tests/test_hot.py::test_the_places_of_an_issue_give_nobody_away",
    ),
}
#: Pages without anybody's free words but those of whoever looks, each with what stands there instead.
OUR_OWN_WORDS: Final = {
    **dict.fromkeys(("citizen:home", "citizen:accessibility", "citizen:privacy"), "ours, and periods of law"),
    **dict.fromkeys(("citizen:track", "citizen:printed-earlier"), "a form, and the way to it"),
    "citizen:lookers": "one's own ledger",
    **dict.fromkeys(("web:display", "web:favicon.ico"), "a choice, a picture"),
    **dict.fromkeys(("web:gallery", "web:staff-gallery", "web:print-gallery"), "invented samples"),
    **dict.fromkeys(("accounts:sign-in", "accounts:sign-out", "accounts:posts"), "one's own account"),
    **dict.fromkeys(("accounts:second-factor", "accounts:second-factor-setup"), "one's own account"),
    **dict.fromkeys(("accounts:second-factor-skip", "accounts:new-password"), "one's own account"),
    "accounts:password": "one's own account",
    **dict.fromkeys(("hotline:new", "hotline:new-kind", "hotline:form"), "kinds of matters"),
    **dict.fromkeys(("hotline:new-what", "hotline:new-contact"), "what one writes oneself"),
    "hotline:draws": "numbers of matters and of draws",
    **dict.fromkeys(("petitions:new", "petitions:form"), "kinds of matters"),
    **dict.fromkeys(("petitions:new-what", "petitions:new-contact"), "what one writes oneself"),
    "petitions:new-check": "what one writes oneself",
    "petitions:units": "names of units, as administrators list them",
    "petitions:verify": "number, unit and day of an opinion",
    "personal_information:start": "ours",
    **dict.fromkeys(("personal_information:new", "personal_information:wechat"), "what one writes oneself"),
    "personal_information:part": "ours",
    **dict.fromkeys(("log:log", "log:checkpoints", "log:key", "log:proof"), "digests and numbers"),
    **dict.fromkeys(("log:consistency", "log:receipt", "log:check"), "digests and numbers"),
    **dict.fromkeys(
        ("sms:incoming", "sms:receipts"), "taken from the provider; answered to the sender alone"
    ),
    **dict.fromkeys(("wechat:door", "wechat:petition"), "answered to the sender alone"),
    **dict.fromkeys(("api:openapi-json", "api:api-root"), "the interface itself"),
    **dict.fromkeys(("api:create_request", "api:track_request"), "one's own matter"),
    "api:figures": "figures, for officials signed in",
}


def open_routes(resolver=None, space=""):
    """The names of all routes outside of the administrator's pages that neither staff nor a code guards."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                yield from open_routes(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif not issubclass(getattr(entry.callback, "view_class", object), NOT_FOR_EVERYBODY):
            yield f"{space}{entry.name or entry.pattern}"


def test_every_open_page_says_whose_words_it_shows():
    routes = list(open_routes())
    assert len(routes) > 40
    assert sorted(set(routes)) == sorted({*LOOKED_THROUGH, *OUR_OWN_WORDS})
    assert not set(LOOKED_THROUGH) & set(OUR_OWN_WORDS)


@pytest.mark.parametrize("one", [*LOOKED_THROUGH.values(), *SENT.values()], ids=[*LOOKED_THROUGH, *SENT])
def test_the_check_stands_where_it_is_said_to_and_a_test_holds_it(one):
    for check in one.checks:
        module, _colon, name = check.partition(":")
        assert callable(getattr(import_module(module), name, None)), check
    file, _colons, name = one.test.partition("::")
    tests = ast.parse((ROOT / file).read_text("utf-8")).body
    assert name in {each.name for each in tests if isinstance(each, ast.FunctionDef)}, one.test


@pytest.mark.django_db
def test_what_others_wrote_of_the_same_names_nobody():
    county, key, browser = County(), a_key(), Client()
    county.replied(timezone.now(), may_publish=True, title="村口路灯坏了找王主任13812345678")
    kind = {"category": county.lamps.key, "kind": "report", "key": key}
    browser.post(f"{reverse('hotline:new-kind')}?in=urban", kind)
    what = {"text": "村口三盏路灯坏了一个星期，晚上看不见路。", "region": county.place.code}
    browser.post(
        reverse("hotline:new-what", args=[key]), {**what, "region-county": county.region.code, "key": key}
    )
    contact = {"name": "钱大妈", "phone": "13800002222", "privacy": "ordinary", "key": key}
    browser.post(reverse("hotline:new-contact", args=[key]), contact)
    page = browser.get(reverse("hotline:new-check", args=[key])).content.decode()

    assert "村口路灯坏了" in page
    assert "王主任" not in page
    assert "13812345678" not in page
