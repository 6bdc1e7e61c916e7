"""What identifies a person is planted through every door, then looked for in everything that was written.

Only what a person wrote themselves into the free text of their matter stays as they wrote it.
"""

import base64
import json
import logging
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongzhi.domains.hotline.queries.requests import requests_of_caller
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.domains.hotline.tests.test_citizen_pages import filled
from gongzhi.kernel.cases.personfile import requester
from gongzhi.kernel.delivery.worker import run_once
from gongzhi.kernel.people.models import Particulars
from gongzhi.kernel.people.tests.factories import an_account
from gongzhi.project.postgres import SETTINGS, throw_away_server
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
    requester(
        actor=county.handler,
        reads="hotline.read",
        case_id=request.pk,
        purpose="verify",
        words="核实地点",
        now=now,
    )
    requests_of_caller(actor=county.call_taker, phone=PHONE, now=now)
    street, desk, keeper = Client(), browser_of(county.call_taker), Client(raise_request_exception=False)
    keeper.force_login(account)
    codes = [
        submit(street, **wrong).status_code for wrong in ({}, {"kind": "nonsense"}, {"phone": PHONE + "x"})
    ]
    assert codes == [201, 422, 422]
    filled(street, name=NAME, phone=PHONE)  # up to the check: what was typed waits to be sent
    street.post("/track/", {"query_code": request.case.query_code, "last_four": "0000"})
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
    """Every value of every column of every table, as text and as bytes; and sessions as whoever has the rows reads them."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor, include_views=True)
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            for (row,) in cursor.fetchall():
                yield table, row
    for data in Session.objects.values_list("session_data", flat=True):
        yield "django_session", json.dumps(DatabaseStore().decode(data), ensure_ascii=False)
        readable = data.split(":")[0]  # what Django would keep: what was said, when, and a signature
        padded = readable + "=" * (-len(readable) % 4)
        yield "django_session", base64.urlsafe_b64decode(padded).decode(errors="replace")


def found(texts, secrets=SECRETS):
    """Where one of the secrets stands: plain, as the hexadecimal in which PostgreSQL writes bytes, or escaped in JSON."""
    looked_for = {
        secret: (
            secret,
            secret.encode().hex(),
            json.dumps(secret)[1:-1],
            json.dumps(secret)[1:-1].replace("\\", "\\\\"),
        )
        for secret in secrets
    }
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


def test_the_databases_own_log_holds_no_plain_value(tmp_path):
    """Statements that fail or are slow, whose values are bound or stand in their text, as in an announcement."""
    said = f"SET LOCAL gongzhi.code = '{PHONE}'"
    with throw_away_server(tmp_path) as server, psycopg.connect(server.url, autocommit=True) as raw:
        raw.execute("CREATE TABLE kept (phone text UNIQUE)")
        raw.execute("INSERT INTO kept VALUES (%s)", [PHONE])
        for statement, values in (
            ("INSERT INTO kept VALUES (%s)", [PHONE]),
            (f"INSERT INTO kept VALUES ('{PHONE}')", None),
            (f"BEGIN; {said}; SELECT 1 / 0", None),
        ):
            with pytest.raises(psycopg.Error):
                raw.execute(statement, values)
            raw.rollback()
        raw.execute("SELECT pg_sleep(2.1), %s::text", [PHONE])
        written = server.log.read_text()
    assert "duplicate key" in written and "division by zero" in written
    assert found([("server.log", written)]) == []


def test_a_servers_own_postgresql_is_told_to_log_no_value_either():
    lines = (settings.ROOT / "deploy" / "postgresql" / "gongzhi.conf").read_text().splitlines()
    told = dict(
        line.split("#")[0].replace(" ", "").split("=", 1) for line in lines if "=" in line.split("#")[0]
    )
    kept_short = {name: value for name, value in SETTINGS.items() if name.startswith("log_")}
    assert kept_short.items() <= told.items()


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
    loose = DatabaseStore()
    loose["typed"] = PHONE
    loose.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET masked_name = %s", [NAME])
        cursor.execute("UPDATE people_particulars SET address_sealed = %s", [ADDRESS.encode()])
    assert found(written_in_tables()) == [
        ("django_session", PHONE),
        ("people_particulars", ADDRESS),
        ("people_person", NAME),
    ]
