"""Who is shown in plain is in the ledger: every address and operation is asked as every role, and both are counted."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from gongzhi.domains.hotline.tests.factories import a_key
from gongzhi.kernel.access.models import Look
from gongzhi.kernel.cases.exports import Wanted, ask_export, decide_export
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.project.tests.asking import SLUGS, bare_refusals, browser_of, filled, routes, words_in
from gongzhi.project.tests.two_cities import HERE, build

pytestmark = [pytest.mark.long, pytest.mark.django_db]
NOW = datetime(2026, 3, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PURPOSES = ("verify", "visit", "answer", "call_back", "inquiry")


@pytest.fixture
def city(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return build(HERE, "鹭汀", NOW)


@pytest.fixture
def export(city):
    """An approved list of the unit's matters, ready to be fetched."""
    wanted = Wanted(
        opened_from=NOW.date().replace(day=1),
        opened_to=NOW.date(),
        purpose="visit",
        words="上门核实",
        kind="csv",
    )
    asked = ask_export(actor=city.county.handler, domain_key="hotline", wanted=wanted, now=NOW, key=a_key())
    return decide_export(
        actor=city.county.head, export_id=asked.pk, approve=True, words="", now=NOW, key=a_key()
    )


def questions(city, export):
    """Every address with numbers at hand, what opens a contact, and what looks a caller up."""
    papers = list(Document.objects.filter(case_id__in=city.cases).values_list("pk", flat=True))[:1]
    ids = [city.cases[2], city.cases[4], export.pk]
    asked = [
        ("GET", address, {})
        for parts in routes()
        for address in filled(parts, {"document": papers, "pk": ids}, ids)
    ]
    for case_id in city.cases[::2]:
        asked += [
            ("GET", f"/hotline/cases/{case_id}/?tab={tab}", {}) for tab in ("overview", "related", "lookers")
        ]
        asked += [
            ("GET", f"/hotline/cases/{case_id}/work-order/", {}),
            ("GET", f"/desk/preview/{case_id}/", {}),
        ]
        asked += [
            ("POST", f"/hotline/cases/{case_id}/do/{slug}/", {"note": "看看", "key": a_key()})
            for slug in SLUGS
        ]
        asked += [
            ("POST", f"/hotline/cases/{case_id}/reveal/", {"purpose": purpose, "reason": "电话核实"})
            for purpose in (*PURPOSES, "curious")
        ]
        phone = city.marks[case_id][-1]
        asked += [
            ("GET", f"/desk/search/?q={phone[-4:]}", {}),
            ("POST", "/hotline/call/", {"phone": phone, "look": "1", "key": a_key()}),
        ]
    return sorted({(how, address, tuple(sorted(data.items()))) for how, address, data in asked}, key=str)


def shown_in(body, city):
    """The persons of the city whose plain name or phone stands in an answer."""
    return {
        case_id
        for case_id, marks in city.marks.items()
        if any(mark in body for mark in (marks[3], marks[-1]))
    }


def test_every_person_shown_in_plain_has_a_line_in_the_ledger(city, export):
    """Nobody is shown to an official who is not in the ledger at once, and the ledger tells of nobody who was not."""
    opened_by = dict(Case.objects.filter(pk__in=city.cases).values_list("pk", "opened_by_id"))
    wrong, shown_at_all = [], 0
    for name, watcher in city.watchers().items():
        client = browser_of(watcher)
        client.raise_request_exception = False
        own = watcher.person_id if watcher else None
        for how, address, data in questions(city, export):
            if address.startswith("/admin/") and name != "administrator":
                continue
            mark, before = transaction.savepoint(), Look.objects.count()
            with bare_refusals():
                answer = client.get(address) if how == "GET" else client.post(address, dict(data))
            body = words_in(answer)
            typed = f"{address} {data}"
            shown = {
                opened_by[case_id]
                for case_id in shown_in(body, city)
                if not any(word in typed for word in (city.marks[case_id][3], city.marks[case_id][-1]))
            } - {own}
            lines = list(Look.objects.order_by("pk").values_list("person_id", flat=True)[before:])
            shown_at_all += len(shown)
            looked_up = address == "/hotline/call/"  # the phone is typed, and the look is at who left it
            if sorted(lines) != sorted(shown) and not (looked_up and len(lines) <= 1):
                wrong.append(f"{name} {how} {typed}: shown {sorted(shown)}, in the ledger {lines}")
            transaction.savepoint_rollback(mark)
            forget_everything()
    assert wrong == []
    assert shown_at_all > 20, "hardly anybody was shown: the questions prove nothing"


def test_a_read_that_fails_afterwards_leaves_neither_data_nor_line(city, monkeypatch):
    """The line is written in the same transaction: no read without it, no line without the read."""

    def lost(person_ids):
        raise RuntimeError("the connection is lost")

    monkeypatch.setattr("gongzhi.kernel.cases.personfile.read_particulars", lost)
    client, before = browser_of(city.county.handler), Look.objects.count()
    client.raise_request_exception = False
    answer = client.post(
        f"/hotline/cases/{city.cases[2]}/reveal/", {"purpose": "verify", "reason": "电话核实"}
    )
    assert answer.status_code == 500 and city.marks[city.cases[2]][-1] not in answer.content.decode()
    assert Look.objects.count() == before
