"""What `faults` measures really breaks and recovers, and its verification finds what is lost, doubled or damaged."""

import io
import random

import pytest
from django.db import connection, transaction
from django.utils import timezone

from benchmarks import faults, faults_kinds
from benchmarks.faults_gateway import Handed, Mood, open_gateway
from benchmarks.faults_people import Asked, photo_of
from benchmarks.faults_verify import examine, settle, wrong
from benchmarks.ground import lay_ground
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.services import Submission
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.store import path_of
from gongzhi.kernel.notices.quiet import KEY
from gongzhi.kernel.notices.sms import HttpGateway, Unavailable
from gongzhi.kernel.organisations.tests.factories import a_local_value
from gongzhi.kernel.people.actor import Actor, Role

# What a superuser could do behind everybody's back, and what must be found. The second case is the victim.
VICTIM = "(SELECT id FROM cases_case WHERE title LIKE '%2号')"
COLUMNS = """procedure, version, stage, title, category_id, region_code, unit_id, arbiter_unit_id, against_unit_id,
    against_account_id, involved_units, channel, opened_at, opened_by_id, flags, sealed, public, steps_taken, returns,
    due_at, outcome, closed_at, parent_id, handed_from_id"""
TAMPERING = {
    "a case is deleted": (f"DELETE FROM cases_case WHERE id = {VICTIM}", {"lost": 1}),
    "a case is there twice": (
        f"INSERT INTO cases_case (id, query_code, {COLUMNS}) SELECT id + 1000, 'twin', {COLUMNS} FROM cases_case"
        f" WHERE id = {VICTIM}",
        {"doubled": 1},
    ),
    "another code is kept": (f"UPDATE cases_case SET query_code = 'x' WHERE id = {VICTIM}", {"lost": 1}),
    "a case nobody asked for": (
        f"UPDATE cases_case SET title = 'x' WHERE id = {VICTIM}",
        {"lost": 1, "cases_nobody_asked_for": 1},
    ),
    "a step is deleted": (f"DELETE FROM cases_step WHERE case_id = {VICTIM}", {"without_step": 1}),
    "a clock is deleted": (
        f"DELETE FROM cases_deadline WHERE clock = 'promise' AND case_id = {VICTIM}",
        {"without_clock": 1},
    ),
    "a fact is deleted": (f"DELETE FROM events_outbox WHERE case_id = {VICTIM}", {"without_event": 1}),
    "an audit row is deleted": (
        f"DELETE FROM audit_entry WHERE case_id = {VICTIM} AND action LIKE '%.open'",
        {"without_audit": 1, "audit_wrong": 1},
    ),
    "an audit row is changed": (
        f"UPDATE audit_entry SET at = at + interval '1 hour' WHERE case_id = {VICTIM} AND action LIKE '%.open'",
        {"audit_wrong": 1},
    ),
    "an audit row is slipped in": (
        "INSERT INTO audit_entry (at, action, role, region_code, subject, purpose, details)"
        " VALUES (now() - interval '1 hour', 'x', 'system', '', '', '', '{}')",
        {"audit_wrong": 1},
    ),
    "a checkpoint is rewritten": (
        "UPDATE audit_checkpoint SET note = replace(note, 'size ', 'size 1')",
        {"audit_wrong": 1},
    ),
    "a message is deleted": (
        f"DELETE FROM notices_message WHERE channel = 'sms' AND case_id = {VICTIM}",
        {"messages_lost": 1, "messages_unknown": 1},
    ),
    "a message is given up": (
        f"UPDATE notices_message SET state = 'dead' WHERE channel = 'sms' AND case_id = {VICTIM}",
        {"messages_lost": 1},
    ),
    "a document is deleted": (
        f"DELETE FROM documents_document WHERE case_id = {VICTIM}",
        {"photos_lost": 1},
    ),
}


@pytest.fixture
def told():
    """Three requests, the second with a photo, acknowledged and told by a gateway: what was asked and what it took."""
    ground = lay_ground()
    a_local_value(KEY, "00:00-00:00", region=ground.place[:6])
    asked = [
        Asked(number, by_form=True, photo=photo_of(number) if number == 2 else b"") for number in (1, 2, 3)
    ]
    for one in asked:
        request = services.submit_request(
            actor=Actor(role=Role.CITIZEN),
            submission=_submission(ground, one),
            now=timezone.now(),
            key=one.key,
        )
        one.code = request.case.query_code
        if one.photo:
            _attach(request, one.photo)
    with open_gateway() as gateway:
        settle(HttpGateway(gateway.url))
        yield asked, gateway.taken


def _submission(ground, one):
    return Submission(
        kind="help",
        category=ground.category_key,
        title=one.title,
        text="路灯坏了一个星期。",
        region_code=ground.place,
        name="测试",
        phone=one.phone,
    )


def _attach(request, content):
    person = Actor(role=Role.CITIZEN, person_id=request.case.opened_by_id)
    services.attach_file(
        actor=person, case_id=request.pk, name="photo.jpg", content=io.BytesIO(content), now=timezone.now()
    )


@pytest.mark.django_db(transaction=True)
def test_a_house_that_is_broken_under_load_loses_and_doubles_nothing():
    found = faults.measured(count=4, before=4.0, seed=1)

    assert wrong(found["figures"]) == {}
    assert found["given_up"] == []
    assert found["figures"]["faults"] == sum(row["times"] for row in found["table"]) == 4
    assert found["figures"]["acknowledged"] == found["figures"]["asked"] > 10
    assert found["figures"]["answered_500"] == 0
    assert connection.settings_dict["NAME"].startswith("test_"), (
        "this process speaks to its own database again"
    )


@pytest.mark.django_db(transaction=True)
def test_nothing_is_wrong_when_nothing_was_touched_and_a_repeated_key_is_no_second_message(told):
    asked, taken = told

    assert wrong(examine(asked, taken)) == {}
    found = examine(asked, [*taken, taken[0]])
    assert wrong(found) == {}
    assert found["sms_handed_over_again"] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", TAMPERING)
def test_what_was_done_behind_everybodys_back_is_counted(told, what):
    statement, expected = TAMPERING[what]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica"
        )  # no trigger, no reference stands in the way
        cursor.execute(statement)

    found = wrong(examine(*told))

    assert {name: found.get(name, 0) for name in expected} == expected


@pytest.mark.django_db(transaction=True)
def test_a_message_that_went_out_under_two_keys_or_never_is_counted(told):
    asked, taken = told
    twin = Handed(f"{taken[0].key}-again", taken[0].phone, taken[0].text)

    assert wrong(examine(asked, [*taken, twin])) == {"messages_doubled": 1, "messages_unknown": 1}
    assert wrong(examine(asked, taken[1:])) == {"messages_lost": 1}


@pytest.mark.django_db(transaction=True)
def test_a_document_that_is_half_written_or_gone_is_counted(told):
    path = path_of(Document.objects.get().sha256)
    whole = path.read_bytes()

    path.write_bytes(whole[: len(whole) // 2])
    assert wrong(examine(*told)) == {"documents_wrong": 1}
    path.unlink()
    assert wrong(examine(*told)) == {"documents_wrong": 1}


def test_the_plan_follows_from_its_seed_and_meets_every_kind():
    plans = [faults_kinds.planned(25, random.Random(7), small_disk=True) for _ in range(2)]
    without = faults_kinds.planned(25, random.Random(7), small_disk=False)

    assert plans[0] == plans[1]
    assert set(plans[0]) == set(faults_kinds.KINDS)
    assert set(without) == set(faults_kinds.KINDS) - {faults_kinds.DISK_FULL}


def test_the_gateway_misbehaves_as_asked_and_remembers_what_it_took():
    message = {"phone": "13900000001", "text": "您好", "reference": "r1"}
    with open_gateway() as gateway:
        gateway.mood = Mood.FAILING
        with pytest.raises(Unavailable):
            HttpGateway(gateway.url).send(**message)
        assert gateway.taken == []

        gateway.mood = Mood.ANSWER_LOST
        for _ in range(3):
            with pytest.raises(Unavailable):
                HttpGateway(gateway.url).send(**message)
        gateway.mood = Mood.HANGING
        with pytest.raises(Unavailable):
            HttpGateway(gateway.url, time_out=0.2).send(**message)
        gateway.mood = Mood.WELL
        HttpGateway(gateway.url).send(**message)
        assert [one.key for one in gateway.taken] == ["r1"] * 5
