"""What identifies a person is planted through every door, then looked for in everything that was written.

Only what a person wrote themselves into the free text of their matter stays as they wrote it.
"""

import logging
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongzhi.domains.hotline.queries.requests import requester, requests_of_caller
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.kernel.delivery.worker import run_once
from gongzhi.kernel.people.models import Particulars
from gongzhi.kernel.people.tests.factories import an_account
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db
NAME, PHONE, ID_NUMBER, ADDRESS = "罗样例桐", "13987651234", "410523199001011234", "柳树巷七号院"
SECRETS = (NAME, PHONE, ID_NUMBER, ADDRESS, "JBSWY3DPEHPK3PXP")


def submit(browser, **more):
    """Send a request through the machine door."""
    body = {
        "kind": "help",
        "category": "urban.lighting.streetlamp",
        "text": "村口的路灯坏了一个星期。",
        "name": NAME,
    }
    body |= {"phone": PHONE, "region": "410523100201", "place": "桥边", **more}
    headers = {"Idempotency-Key": a_key()}
    return browser.post("/api/v1/hotline/requests", body, content_type="application/json", headers=headers)


@pytest.fixture
def planted(caplog):
    """Let the values come in through each door, be read, sent, mistyped and asked for."""
    caplog.set_level(logging.DEBUG)
    now, county = timezone.now(), County()
    request = county.handling(now, name=NAME, phone=PHONE)
    kept = Particulars.objects.get(pk=request.case.opened_by_id)
    kept.id_number, kept.address = ID_NUMBER, ADDRESS
    kept.save()
    account = an_account(is_administrator=True)
    account.totp_secret = SECRETS[-1]
    account.save()
    requester(actor=county.handler, case_id=request.pk, purpose="verify", words="核实地点", now=now)
    requests_of_caller(actor=county.call_taker, phone=PHONE, now=now)
    street, desk, keeper = Client(), browser_of(county.call_taker), Client(raise_request_exception=False)
    keeper.force_login(account)
    codes = [
        submit(street, **wrong).status_code for wrong in ({}, {"kind": "nonsense"}, {"phone": PHONE + "x"})
    ]
    assert codes == [201, 422, 422]
    street.post("/hotline/track/", {"query_code": request.case.query_code, "last_four": "0000"})
    street.post("/accounts/sign-in/", {"username": PHONE, "password": NAME})
    desk.post("/hotline/call/", {"phone": PHONE, "name": NAME, "look": "1"})
    for address in (
        "/admin/",
        "/admin/audit/entry/",
        "/admin/people/account/",
        f"/desk/search/?q={PHONE[-4:]}",
    ):
        keeper.get(address)
        desk.get(address)
    for _ in range(3):
        run_once(now)
    return caplog


def written_in_tables():
    """Every value of every column of every table, as text and as bytes."""
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {table} t")
            for (row,) in cursor.fetchall():
                yield table, row


def found(texts, secrets=SECRETS):
    """Where one of the secrets stands, plain or as the hexadecimal in which PostgreSQL writes bytes."""
    looked_for = {secret: (secret, secret.encode().hex()) for secret in secrets}
    return sorted(
        {
            (where, s)
            for where, text in texts
            for s, forms in looked_for.items()
            if any(f in text for f in forms)
        }
    )


def test_no_table_holds_a_plain_value(planted):
    assert found(written_in_tables()) == []


def test_no_log_holds_a_plain_value(planted):
    lines = [
        (record.name, f"{record.getMessage()} {record.exc_text or ''}")
        for record in planted.get_records("setup")
    ]
    assert lines, "nothing was logged at all"
    assert found(lines) == []


def test_no_stored_file_holds_a_plain_value(planted):
    folder = Path(settings.DOCUMENTS_ROOT)
    files = [
        (path.name, path.read_bytes().decode(errors="replace"))
        for path in folder.rglob("*")
        if path.is_file()
    ]
    assert found(files) == []


def test_a_report_of_an_error_holds_no_plain_value(planted, monkeypatch):
    """A fault of ours while the values are at hand: what is logged of it names none."""

    def broken(*given, **named):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("gongzhi.domains.hotline.services.intake.open_case", broken)
    planted.clear()
    answer = submit(Client(raise_request_exception=False))
    assert answer.status_code == 500
    formatter = logging.Formatter()
    lines = [(record.name, formatter.format(record)) for record in planted.records]
    assert any("a fault of ours" in line for _name, line in lines)
    assert found(lines) == []
    assert found([("answer", answer.content.decode())]) == []


def test_what_stands_in_plain_would_be_found(planted):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET masked_name = %s", [NAME])
        cursor.execute("UPDATE people_particulars SET address_sealed = %s", [ADDRESS.encode()])
    assert found(written_in_tables()) == [("people_particulars", ADDRESS), ("people_person", NAME)]
