"""The administrator's pages: dead letters, holidays, the audit record, in the frame of the house."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.calendars import calendar_in_force
from gongzhi.kernel.cases.models import CalendarYear
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.tests.factories import a_post, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    account = an_account(is_administrator=True)
    post = a_post(Role.ADMINISTRATOR, a_unit(), account=account)
    client.force_login(account)
    session = client.session
    session["post_id"] = post.pk
    session.save()
    return client


def a_dead_letter():
    return Outbox.objects.create(
        key="hotline.request.received",
        region_code="410523",
        case_id=1,
        payload={},
        published_at=timezone.now(),
        attempts=10,
        dead_at=timezone.now(),
        last_error="TimeoutError: gateway",
    )


def test_the_frame_is_ours_and_keeps_to_the_security_policy(administrator):
    text = administrator.get("/admin/").content.decode()

    assert "web/css/admin.css" in text and "平台管理" in text
    assert "<script>" not in text and "style=" not in text and "theme.js" not in text


@pytest.mark.parametrize("what", ["fact", "message"])
def test_what_cannot_be_written_down_is_not_done(administrator, monkeypatch, what):
    def lost(**row):
        raise RuntimeError("the disk is full")

    administrator.raise_request_exception = False
    if what == "fact":
        row, address, action = a_dead_letter(), "/admin/events/outbox/", "try_again"
        monkeypatch.setattr("gongzhi.kernel.delivery.admin.record", lost)
    else:
        row = Message.objects.create(
            event_id=1,
            recipient="person:1",
            channel="sms",
            case_id=1,
            region_code="410523",
            text="x",
            written_at=timezone.now(),
            state="dead",
            attempts=10,
        )
        address, action = "/admin/notices/message/", "send_again"
        monkeypatch.setattr("gongzhi.kernel.notices.admin.record", lost)
    answer = administrator.post(address, {"action": action, "_selected_action": [row.pk]})
    assert answer.status_code == 500
    row.refresh_from_db()
    assert row.attempts == 10


def test_a_dead_letter_is_tried_again_and_that_is_written_down(administrator):
    letter = a_dead_letter()
    assert "TimeoutError: gateway" in administrator.get("/admin/events/outbox/").content.decode()

    administrator.post("/admin/events/outbox/", {"action": "try_again", "_selected_action": [letter.pk]})

    letter.refresh_from_db()
    assert letter.dead_at is None and letter.attempts == 0
    assert Entry.objects.get(action="delivery.revived").details == {"facts": [letter.pk]}


def test_holidays_that_were_entered_count_at_once(administrator):
    holiday = date(2031, 5, 1)
    assert holiday.isoweekday() == 4 and not calendar_in_force().is_announced(2031)

    response = administrator.post(
        "/admin/cases/calendaryear/add/",
        {"year": "2031", "days_off": "2031-05-01\n2031-05-02", "worked_weekends": "", "notice": "演示通知"},
    )

    assert response.status_code == 302
    assert CalendarYear.objects.get().days_off == [date(2031, 5, 1), date(2031, 5, 2)]
    assert calendar_in_force().is_announced(2031) and not calendar_in_force().is_working(date(2031, 5, 2))
    assert Entry.objects.filter(action="cases.calendar_entered").exists()


def test_a_day_that_is_none_is_named(administrator):
    answers = {"year": "2031", "days_off": "2031-05-01 2031-02-30", "worked_weekends": "", "notice": "演示"}

    text = administrator.post("/admin/cases/calendaryear/add/", answers).content.decode()

    assert "「2031-02-30」不是日期" in text and not CalendarYear.objects.exists()


def test_the_audit_record_is_read_and_never_changed(administrator):
    reader = Actor(role=Role.DISPATCHER, region_code="410523")
    record(actor=reader, action="case.read", now=timezone.now(), case_id=7, purpose="办理")
    entry = Entry.objects.get(action="case.read")

    assert "case.read" in administrator.get("/admin/audit/entry/?q=7").content.decode()
    page = administrator.get(f"/admin/audit/entry/{entry.pk}/change/")
    assert page.status_code == 200 and 'name="_save"' not in page.content.decode()
    assert administrator.post(f"/admin/audit/entry/{entry.pk}/delete/").status_code == 403


def test_officials_without_the_keys_to_the_house_do_not_get_in(client: Client):
    post = a_post(Role.HANDLER, a_unit())
    client.force_login(post.account)
    session = client.session
    session["post_id"] = post.pk
    session.save()

    for address in ("/admin/", "/admin/events/outbox/", "/admin/audit/entry/", "/admin/cases/calendaryear/"):
        assert client.get(address).status_code in {302, 403}, address


@pytest.mark.parametrize(
    ("table", "asked"),
    [
        ("notices/message", "text__startswith=【12345】您的诉求（查询码 41"),
        ("people/account", "password__startswith=argon2"),
        ("people/account", "totp_secret_sealed__gte=a"),
        ("audit/entry", "account_id=1"),
        ("audit/entry", "person_id=1"),
        ("audit/entry", "details__contains=1"),
        ("events/outbox", "payload__has_key=unit_id"),
    ],
)
def test_no_address_filters_by_what_is_not_shown(administrator, table, asked):
    """By the number of lines that are left one would find out a code, a hash or whose matter it is."""
    assert administrator.get(f"/admin/{table}/?{asked}").status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        "notices/message/?state__exact=dead&urgent__exact=1",
        "people/account/?is_active__exact=1&is_administrator__exact=0",
        "people/post/?role__exact=handler&q=a",
        "organisations/region/?level__exact=2",
        "organisations/unit/?kind__exact=government",
        "organisations/mattercategory/?instant__exact=1&o=1",
        "organisations/responsibility/?valid_from__gte=2026-01-01&valid_from__lt=2026-02-01&category__parent__id__exact=1",
        "organisations/localvalue/?key=hotline.reply_review&source__exact=configuration",
    ],
)
def test_what_is_offered_as_a_filter_filters(administrator, asked):
    assert administrator.get(f"/admin/{asked}").status_code == 200
