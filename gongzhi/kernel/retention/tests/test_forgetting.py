"""What is over its period goes, what is held or younger stays, and who set a hold does not lift it."""

import io
import os
import random
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from gongzhi.base.declined import NotAllowed
from gongzhi.kernel.audit import export
from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.cases.tests.factories import Office
from gongzhi.kernel.documents import store
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import store_upload
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Particulars, Person
from gongzhi.kernel.people.tests.factories import a_citizen, an_official
from gongzhi.kernel.retention.contents import EVERY, note_unnamed, remove_contents
from gongzhi.kernel.retention.forgetting import TITLE, forget_due, forget_log, planned
from gongzhi.kernel.retention.holds import Order, Subject, lift_hold, set_hold
from gongzhi.kernel.retention.models import LegalHold, RemovedContent, Walk
from gongzhi.kernel.retention.periods import every_keeping, shown_table

NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)
LONG_AGO = datetime(2021, 3, 2, 9, tzinfo=UTC)
YEARS_LATER = datetime(2030, 6, 1, 3, tzinfo=UTC)
ORDER = Order(reason="调查取证", authority="汤阴县监察委员会", reference="汤监〔2026〕1号")

#: Models that say they hold personal data and are kept as long as the place or the rule they describe is in use, or
#: that go with a row of the table by their own reference.
WITH_ANOTHER = {
    "people.Particulars": "people.person",
    "hotline.Drawn": "cases.case",
}


def a_closed_case(office, closed_at, **more):
    case = office.open(datetime(2026, 3, 2, 9, tzinfo=UTC), opened_by_id=None, **more)
    Case.objects.filter(pk=case.pk).update(closed_at=closed_at, opened_at=closed_at - timedelta(days=9))
    Step.objects.filter(case_id=case.pk).update(answers={"words": "王某家住东街"})
    return case


def a_document(case, content):
    return Document.objects.create(
        case_id=case.pk,
        kind=Document.Kind.values[0],
        name="照片.jpg",
        media_type="image/jpeg",
        size=len(content),
        sha256=store.keep(content),
        received_sha256=store.hash_of(content),
        from_office=False,
        uploaded_at=NOW,
    )


@pytest.fixture(autouse=True)
def as_the_worker():
    """Forgetting acts as the system."""
    with acting(SYSTEM):
        yield


@pytest.mark.django_db
def test_a_case_over_its_period_loses_its_words_and_its_documents_and_stays_for_counting():
    office = Office()
    old = a_closed_case(office, NOW - timedelta(days=4 * 366))
    young = a_closed_case(office, NOW - timedelta(days=2 * 365))
    gone, shared = a_document(old, b"only of the old one"), a_document(old, b"of both")
    kept = a_document(young, b"of both")
    assert planned(NOW)["cases.case.permits"] == 1
    assert Case.objects.get(pk=old.pk).title != TITLE, "planning changes nothing"

    while forget_due(NOW):
        pass

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.title, young.title) == (TITLE, "开一家面馆")
    assert old.closed_at is not None
    assert list(old.steps.values_list("answers", flat=True)) == [{}] * old.steps.count()
    assert young.steps.first().answers == {"words": "王某家住东街"}
    assert not Document.objects.filter(pk__in=[gone.pk, shared.pk]).exists()
    assert not store.path_of(gone.sha256).exists()
    assert store.path_of(kept.sha256).exists(), "another row still names this content"


@pytest.mark.django_db
def test_a_content_whose_upload_was_refused_in_the_end_does_not_stay_for_ever():
    case = a_closed_case(Office(), NOW - timedelta(days=2 * 365))
    named = a_document(case, b"named by a row").sha256
    left, fresh = store.keep(b"one of several that were refused"), store.keep(b"being sent just now")
    for address, at in ((named, NOW), (left, NOW), (fresh, NOW + timedelta(days=5))):
        os.utime(store.path_of(address), (at.timestamp(), at.timestamp()))

    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WEB}")  # as which the worker works
    for turn in range(store.PARTS):
        note_unnamed(NOW + timedelta(days=2) + turn * EVERY)
    remove_contents(NOW)

    assert not store.path_of(left).exists()
    assert store.path_of(named).exists()
    assert store.path_of(fresh).exists()


@pytest.mark.django_db(transaction=True)
def test_a_content_that_is_sent_again_is_not_taken_out_of_the_store_before_its_row_is_there():
    content = "两次送来的说明".encode()
    address = store.keep(content)
    RemovedContent.objects.create(sha256=address, at=NOW)
    removed = []

    def sweep():
        with acting(SYSTEM):
            removed.append(remove_contents(NOW))
        connection.close()

    worker = threading.Thread(target=sweep)
    with transaction.atomic():
        sent = store_upload(
            actor=Actor(role=Role.CITIZEN, person_id=11),
            case_id=4105230000000000001,
            name="说明.txt",
            content=io.BytesIO(content),
            now=NOW,
        )
        worker.start()
        worker.join(timeout=2)
        assert worker.is_alive(), "it waits for the upload"
    worker.join(timeout=30)
    assert removed == [0]
    assert store.content_of(sent.sha256) == content


@pytest.mark.django_db
def test_nothing_under_a_hold_is_touched_whatever_its_age_and_whoever_refers_to_it():
    draw = random.Random(41)
    offices = [Office("410523"), Office("410506")]
    supervisor = an_official(Role.SUPERVISOR, offices[0].unit, region_code="4105")
    cases, held = [], set()
    for _ in range(40):
        office, citizen = draw.choice(offices), a_citizen()
        case = a_closed_case(office, NOW - timedelta(days=draw.randint(1, 3000)))
        Case.objects.filter(pk=case.pk).update(opened_by_id=citizen.person_id)
        Person.objects.filter(pk=citizen.person_id).update(created_at=datetime(2015, 1, 1, tzinfo=UTC))
        cases.append((Case.objects.get(pk=case.pk), office))
        a_document(case, str(case.pk).encode())
        brief = a_document(case, b"brief %d" % case.pk)
        Document.objects.filter(pk=brief.pk).update(retention_until=date(2026, 1, 1))
    units = (offices[1].unit.pk, date(2020, 1, 1), date(2022, 12, 31))
    set_hold(
        actor=supervisor,
        subject=Subject(unit_id=units[0], opened_from=units[1], opened_to=units[2]),
        order=ORDER,
        now=NOW,
    )
    for case, office in cases:
        way = draw.choice(["none", "none", "case", "person", "lifted"])
        if way in {"case", "lifted"}:
            hold = set_hold(actor=supervisor, subject=Subject(case_id=case.pk), order=ORDER, now=NOW)
        if way == "lifted":
            other = an_official(Role.SUPERVISOR, offices[0].unit, region_code="4105")
            lift_hold(actor=other, hold_id=hold.pk, reason="结案", now=NOW)
        if way == "person":
            set_hold(
                actor=supervisor, subject=Subject(case_id=case.pk, whole_person=True), order=ORDER, now=NOW
            )
        opened = timezone.localdate(case.opened_at)
        if way in {"case", "person"} or (office is offices[1] and units[1] <= opened <= units[2]):
            held.add(case.pk)

    while forget_due(NOW, limit=3):
        Walk.objects.update(finished_on=None) if draw.random() < 0.2 else None  # another day, another worker

    long_ago = NOW - timedelta(days=3 * 366)
    outcomes = set()
    for case, _ in cases:
        is_due = case.closed_at < long_ago and case.pk not in held
        outcomes.add((is_due, case.pk in held))
        if case.pk in held or not NOW - timedelta(days=1100) < case.closed_at < NOW - timedelta(days=1090):
            assert (Case.objects.get(pk=case.pk).title == TITLE) == is_due
            plain = Document.objects.filter(case_id=case.pk, retention_until=None)
            assert plain.exists() != is_due
            brief = Document.objects.filter(case_id=case.pk, retention_until__isnull=False)
            assert brief.exists() == (case.pk in held), (
                "a date of its own goes before the period, a hold before both"
            )
            assert Particulars.objects.filter(person_id=case.opened_by_id).exists() != is_due
    assert outcomes == {(True, False), (False, True), (False, False)}, "the draw shows every kind"


@pytest.mark.django_db
def test_messages_go_after_a_year_and_a_walk_that_was_cut_off_goes_on():
    office = Office()
    case = a_closed_case(office, NOW)
    Message.objects.all().delete()
    for number in range(5):
        Message.objects.create(
            event_id=number,
            recipient=f"unit:{number}",
            channel="inbox",
            case_id=case.pk,
            region_code="410523",
            text="x",
            written_at=NOW - timedelta(days=400 if number < 4 else 30),
        )
    forget_due(NOW, limit=2)
    assert Message.objects.count() == 3
    forget_due(NOW, limit=2)
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_who_set_a_hold_does_not_lift_it_and_others_set_none():
    office = Office()
    case = office.open(NOW)
    setter = an_official(Role.SUPERVISOR, office.unit)
    hold = set_hold(actor=setter, subject=Subject(case_id=case.pk), order=ORDER, now=NOW)
    with pytest.raises(NotAllowed):
        lift_hold(actor=setter, hold_id=hold.pk, reason="结案", now=NOW)
    with pytest.raises(NotAllowed):
        set_hold(actor=office.handler, subject=Subject(case_id=case.pk), order=ORDER, now=NOW)
    other = an_official(Role.SUPERVISOR, office.unit)
    lift_hold(actor=other, hold_id=hold.pk, reason="结案", now=NOW)
    assert LegalHold.objects.get().lifted_by_id == other.account_id


def test_each_kind_names_a_real_model_and_each_model_with_personal_data_has_its_kind():
    models = {model._meta.label for model in apps.get_models()}
    assert {row.model for row in every_keeping() if row.model} <= models
    named = {row.model for row in every_keeping()} | set(WITH_ANOTHER)
    lacking = []
    for model in apps.get_models():
        words = " ".join((model.__doc__ or "").split())
        if (
            "Personal data:" in words
            and "Personal data: none" not in words
            and model._meta.label not in named
        ):
            lacking.append(model._meta.label)
    assert lacking == [], (
        "add a row to the table in kernel/retention/periods.py or to the domain's keeping.py"
    )


@pytest.mark.django_db
def test_the_public_table_names_a_period_and_an_article_for_every_kind(client):
    for line in shown_table(NOW):
        assert str(line.period)
        assert str(line.basis)
    page = client.get("/privacy/").content.decode()
    assert "审计记录" in page
    assert "本平台设定" in page


@pytest.mark.django_db
def test_the_worker_forgets_behind_the_second_lock_but_cannot_shorten_the_log():
    office = Office()
    old = a_closed_case(office, NOW - timedelta(days=4 * 366))
    document = a_document(old, b"behind the lock")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE gongzhi_web")
    while forget_due(NOW):
        pass
    assert Case.objects.get(pk=old.pk).title == TITLE
    assert old.steps.first().answers == {}
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        forget_log(YEARS_LATER)
    assert not store.path_of(document.sha256).exists()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.django_db
def test_old_rows_of_the_log_go_unless_a_hold_began_before_them_and_the_log_stays_checkable():
    office, now = Office(), timezone.now()  # the database looks at the calendar itself
    case = office.open(LONG_AGO)
    while seal_due(LONG_AGO):
        pass
    checkpoint_due(LONG_AGO)
    sealed = Entry.objects.count()
    assert planned(now)["audit.entry"] == sealed
    setter, other = (an_official(Role.SUPERVISOR, office.unit) for _ in range(2))
    hold = set_hold(actor=setter, subject=Subject(case_id=case.pk), order=ORDER, now=NOW)
    assert forget_log(now) == 0
    lift_hold(actor=other, hold_id=hold.pk, reason="结案", now=NOW)
    with pytest.raises(DatabaseError, match="three years"), transaction.atomic():
        forget_log(now + timedelta(days=3))
    assert forget_log(now) == sealed > 0
    found = export.check(now)
    assert found.well
    assert found.forgotten == sealed
    assert forget_log(now) == planned(now)["audit.entry"] == 0
