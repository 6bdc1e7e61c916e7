"""The provider's door opens to the holder of the key alone, and to each text once; a file takes the same way."""

import json
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.channels.sms.door import TEXTS, signature_of
from gongzhi.channels.sms.folder import take_file
from gongzhi.domains.hotline.tests.factories import at
from gongzhi.kernel.notices.models import Carrier, Incoming, Message
from gongzhi.kernel.notices.sending import reference_of
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.project.tests.doors import changed, rows

pytestmark = pytest.mark.django_db
KEY = "a key of the provider"
TEXT = {"id": "p1", "phone": "13912345678", "text": "7"}


@pytest.fixture(autouse=True)
def key(settings):
    settings.SMS_KEY, settings.SMS_REGION = KEY, "4105"
    a_region("410523")


def hand_over(client, text=TEXT, key=KEY, sent_at=None, signature=None, door="incoming"):
    body = text if isinstance(text, bytes) else json.dumps(text).encode()
    moment = str(int(time.time()) if sent_at is None else sent_at)
    headers = {"X-Sent-At": moment, "X-Signature": signature or signature_of(body, moment, key)}
    return client.post(f"/sms/{door}/", body, content_type="application/json", headers=headers)


def test_a_signed_text_is_taken_and_handed_over_again_changes_nothing(client):
    assert hand_over(client).json() == {"said": "taken"}
    assert Incoming.objects.get().reference == "p1"
    after = rows()

    again = hand_over(client)

    assert (again.status_code, again.json()) == (200, {"said": "known"})
    assert changed(after, rows()) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "another"},
        {"sent_at": int(time.time()) - 3600},
        {"sent_at": int(time.time()) + 3600},
        {"sent_at": "soon"},
        {"signature": "é"},
    ],
)
def test_without_a_fresh_signature_nothing_is_taken(client, wrong):
    assert hand_over(client, **wrong).status_code == 401
    assert not Incoming.objects.exists()


def test_a_changed_body_does_not_fit_its_signature(client):
    moment = str(int(time.time()))
    signature = signature_of(json.dumps(TEXT).encode(), moment, KEY)
    assert hand_over(client, {**TEXT, "text": "5"}, sent_at=moment, signature=signature).status_code == 401


def test_without_a_key_the_door_is_shut(client, settings):
    settings.SMS_KEY = ""
    assert hand_over(client, key="").status_code == 401
    assert client.get("/sms/incoming/").status_code == 405


@pytest.mark.parametrize(
    "text",
    [
        b"nonsense",
        b"[]",
        {"id": "p1"},
        {**TEXT, "text": 7},
        {**TEXT, "id": "x" * 65},
        {**TEXT, "phone": "106"},
        {**TEXT, "id": "p\0"},
        {**TEXT, "id": "p\ud83d"},
        {**TEXT, "phone": "13912345678\ud83d"},
        b"[" * 9000,
    ],
)
def test_what_is_no_text_is_refused_for_good(client, text):
    assert hand_over(client, text).status_code == 422
    assert not Incoming.objects.exists()


def test_a_flood_from_one_phone_is_held_back_and_others_get_through(client):
    answered = [hand_over(client, {**TEXT, "id": f"p{n}"}).status_code for n in range(TEXTS + 1)]
    assert answered[-1] == 429
    assert set(answered[:-1]) == {200}
    assert hand_over(client, {**TEXT, "id": "other", "phone": "13700000000"}).status_code == 200


def test_a_receipt_is_noted_once_and_only_of_what_was_sent(client):
    hand_over(client)
    message = Message.objects.get()
    receipt = {"reference": reference_of(message), "delivered": True}
    assert hand_over(client, receipt, door="receipts").json() == {"said": "known"}
    sent_at = timezone.now() - timedelta(seconds=40)
    Message.objects.update(state="sent", sent_at=sent_at, carrier="first")

    assert hand_over(client, receipt, key="another", door="receipts").status_code == 401
    assert hand_over(client, {**receipt, "delivered": "yes"}, door="receipts").status_code == 422
    said = [hand_over(client, receipt, door="receipts").json()["said"] for _ in range(2)]
    other = {**receipt, "reference": f"gongzhi-7-{message.pk}"}

    assert said == ["noted", "known"]
    assert hand_over(client, other, door="receipts").json() == {"said": "known"}
    assert 7 < Carrier.objects.get(pk="first").delay < 9, "a fifth of forty seconds"
    message.refresh_from_db()
    assert message.delivered_at > sent_at


def test_what_the_carrier_could_not_deliver_is_seen_by_an_administrator(client):
    hand_over(client)
    Message.objects.update(state="sent", sent_at=timezone.now(), carrier="first")
    receipt = {"reference": reference_of(Message.objects.get()), "delivered": False}
    assert hand_over(client, receipt, door="receipts").json() == {"said": "noted"}
    assert [one.last_error for one in Message.objects.filter(state="dead")] == ["运营商回执：没有送达"]
    assert hand_over(client, receipt, door="receipts").json() == {"said": "known"}


def test_a_file_takes_the_same_way_and_tells_of_bad_lines(tmp_path):
    path = tmp_path / "in.jsonl"
    lines = [json.dumps({**TEXT, "id": f"f{n}"}) for n in (1, 2, 2)]
    path.write_text("\n".join([*lines, "nonsense", json.dumps({**TEXT, "id": "f3", "phone": "1"})]))

    done = take_file(path, "4105", at(5, 6, 10))

    assert (done.taken, done.known, [row.line for row in done.refused]) == (2, 1, [4, 5])
    assert Message.objects.filter(recipient__startswith="text:").count() == 2
