"""Queued messages go out once, are tried again with growing pauses, and are given up visibly."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.notices.incoming import set_by_sms
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.sending import ATTEMPTS, reference_of, send_again, send_due
from gongzhi.kernel.notices.sms import FileGateway, HttpGateway
from gongzhi.kernel.notices.tests.factories import a_short_message
from gongzhi.kernel.people.models import Particulars
from gongzhi.kernel.people.tests.factories import an_account

NOW = at(5, 6, 10)
NIGHT = at(5, 6, 23)


class Crash(BaseException):
    """The process ends here."""


class CrashesAfterSending(FileGateway):
    """Hands the message over, then the process ends before anybody notes it."""

    def send(self, **message):
        super().send(**message)
        raise Crash


@pytest.fixture
def gateway(tmp_path):
    return FileGateway(tmp_path / "sms")


def arrived(gateway):
    return (
        [json.loads(line) for line in gateway.path.read_text().splitlines()] if gateway.path.exists() else []
    )


@pytest.mark.django_db
def test_a_message_goes_out_to_the_phone_of_the_person(gateway):
    office = Office()
    message = a_short_message(office.open(NOW), NOW)

    assert send_due(NOW, gateway) == 1

    message.refresh_from_db()
    (sent,) = arrived(gateway)
    assert sent["phone"] == Particulars.objects.get(pk=office.citizen.person_id).phone
    assert sent["text"] == message.text
    assert sent["reference"] == reference_of(message)
    assert (message.state, message.sent_at, message.attempts) == ("sent", NOW, 1)
    assert send_due(NOW + timedelta(days=1), gateway) == 0


@pytest.mark.django_db
def test_at_night_a_message_waits_for_the_morning(gateway):
    message = a_short_message(Office().open(NIGHT), NIGHT)

    assert send_due(NIGHT, gateway) == 0
    assert send_due(at(5, 7, 8), gateway) == 1

    message.refresh_from_db()
    assert message.sent_at == at(5, 7, 8)


@pytest.mark.django_db
def test_a_worker_that_comes_late_does_not_wake_anybody(gateway):
    message = a_short_message(Office().open(NOW), NOW)

    assert send_due(NIGHT, gateway) == 0

    message.refresh_from_db()
    assert (message.next_try_at, message.attempts) == (at(5, 7, 8), 0)
    assert send_due(at(5, 7, 8), gateway) == 1


@pytest.mark.django_db
def test_what_is_urgent_goes_out_at_night(gateway):
    a_short_message(Office().open(NIGHT), NIGHT, key="permits.danger")

    assert send_due(NIGHT, gateway) == 1


@pytest.mark.django_db
def test_a_crash_after_sending_is_made_good_without_telling_the_person_twice(tmp_path):
    message = a_short_message(Office().open(NOW), NOW)
    with pytest.raises(Crash):
        send_due(NOW, CrashesAfterSending(tmp_path / "sms"))
    message.refresh_from_db()
    assert message.state == "queued"

    gateway = FileGateway(tmp_path / "sms")
    assert send_due(NOW, gateway) == 0
    assert send_due(NOW + timedelta(minutes=2), gateway) == 1

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 2)
    assert len(arrived(gateway)) == 1


@pytest.mark.django_db
def test_a_gateway_in_trouble_is_tried_again_with_growing_pauses_and_then_given_up(provider):
    provider.fails_with = 503
    gateway = HttpGateway(provider.url)
    message = a_short_message(Office().open(NOW), NOW, key="permits.danger")

    pauses, now = [], NOW
    for _attempt in range(ATTEMPTS):
        send_due(now, gateway)
        message.refresh_from_db()
        pauses.append(message.next_try_at - now)
        now = message.next_try_at

    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert pauses == sorted(pauses)
    assert len(provider.headers_seen) == ATTEMPTS
    assert message.state == "dead"
    assert "503" in message.last_error
    assert list(Message.objects.filter(state="dead")) == [message]

    provider.fails_with = 0
    assert send_due(now + timedelta(days=1), gateway) == 0
    rested = now + timedelta(days=1)
    assert send_again(Message.objects.all(), rested) == 1
    assert send_due(rested, gateway) == 1


@pytest.mark.django_db
def test_a_gateway_in_trouble_is_asked_once_a_turn_and_the_others_wait_unclaimed(provider):
    provider.fails_with = 503
    _first, *others = [a_short_message(Office().open(NOW), NOW) for _message in range(4)]

    assert send_due(NOW, HttpGateway(provider.url)) == 0
    assert len(provider.headers_seen) == 1
    assert {Message.objects.get(pk=one.pk).attempts for one in others} == {0}

    provider.fails_with = 0
    assert send_due(NOW, HttpGateway(provider.url)) == 3
    assert send_due(NOW + timedelta(minutes=1), HttpGateway(provider.url)) == 1


@pytest.mark.django_db
def test_a_message_whose_every_attempt_crashed_is_given_up(tmp_path):
    message = a_short_message(Office().open(NOW), NOW)
    Message.objects.filter(pk=message.pk).update(attempts=ATTEMPTS)

    assert send_due(NOW, CrashesAfterSending(tmp_path / "sms")) == 0

    message.refresh_from_db()
    assert message.state == "dead"


def give_phone(office, phone):
    kept = Particulars.objects.get(pk=office.citizen.person_id)
    kept.phone = phone
    kept.save()


@pytest.mark.django_db
def test_a_refused_number_is_given_up_at_once_and_the_others_go_out(provider):
    office = Office()
    refused = a_short_message(office.open(NOW), NOW)
    give_phone(office, "x")
    good = a_short_message(Office().open(NOW), NOW)

    assert send_due(NOW, HttpGateway(provider.url)) == 1

    refused.refresh_from_db()
    good.refresh_from_db()
    assert (refused.state, good.state) == ("dead", "sent")
    assert "138" not in refused.last_error


@pytest.mark.django_db
def test_a_person_whose_phone_was_deleted_is_not_told(gateway):
    office = Office()
    message = a_short_message(office.open(NOW), NOW)
    give_phone(office, "")

    assert send_due(NOW, gateway) == 0

    message.refresh_from_db()
    assert message.state == "dead"


@pytest.mark.django_db
def test_no_more_than_the_limit_goes_out_at_once(gateway):
    office = Office()
    for _message in range(3):
        a_short_message(office.open(NOW), NOW)

    assert send_due(NOW, gateway, limit=2) == 2
    assert send_due(NOW, gateway, limit=2) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_beside_each_other_send_each_message_once(provider):
    office = Office()
    for _message in range(8):
        a_short_message(office.open(NOW), NOW)
    gateway = HttpGateway(provider.url)

    def work(_worker):
        try:
            return send_due(NOW, gateway)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        sent = sum(workers.map(work, range(3)))

    assert sent == 8
    assert len(provider.headers_seen) == 8
    assert set(Message.objects.filter(channel="sms").values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db
def test_nobody_who_wants_no_more_messages_gets_them_by_an_administrator(client):
    message = a_short_message(Office().open(NOW), NOW)
    set_by_sms([message.person_id], False)
    client.force_login(an_account(is_administrator=True))

    client.post("/admin/notices/message/", {"action": "send_again", "_selected_action": [message.pk]})

    message.refresh_from_db()
    assert message.state == "dead"
    assert Entry.objects.get(action="notices.sent_again").details == {"messages": []}


@pytest.mark.django_db
def test_administrators_send_again_without_seeing_text_or_phone(client):
    office = Office()
    message = a_short_message(office.open(NOW), NOW)
    Message.objects.filter(pk=message.pk).update(state="dead", last_error="网关没有接收", attempts=ATTEMPTS)
    client.force_login(an_account(is_administrator=True))

    page = client.get("/admin/notices/message/").content.decode()
    assert "网关没有接收" in page
    assert message.text not in page
    assert office.open(NOW).query_code not in page
    assert client.get(f"/admin/notices/message/{message.pk}/change/").status_code in (302, 403)

    client.post("/admin/notices/message/", {"action": "send_again", "_selected_action": [message.pk]})

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)
    assert Entry.objects.get(action="notices.sent_again").details == {"messages": [message.pk]}
