"""The index of duplicates follows what is open: what comes, what leaves, what never enters, and what happens when it is hurt."""

from datetime import timedelta

import pytest

from gongzhi.base.declined import NotAllowed
from gongzhi.domains.hotline.services import name_complained_of, withdraw_request
from gongzhi.domains.hotline.services.shelving import follow_requests, index_requests
from gongzhi.domains.hotline.tasks import shelve_due
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.insight.triage import shelved
from gongzhi.insight.triage.shelf import Damaged, Shelf, writing
from gongzhi.insight.triage.shelved import current_shelf
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import SYSTEM

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)
TUESDAY = at(3, 3)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.TRIAGE_SHELF = str(tmp_path / "shelf")
    return tmp_path / "shelf"


def follow(now=TUESDAY):
    return follow_requests(actor=SYSTEM, now=now)


def on_it():
    return sorted(current_shelf().ids().tolist())


def test_the_worker_begins_it_and_follows_and_the_same_again_changes_nothing(folder):
    county = County()
    assert current_shelf() is None
    first = county.submit(MONDAY)
    assert shelve_due(TUESDAY) == 1
    second = county.handling(MONDAY, phone="13900001111")
    assert shelve_due(TUESDAY) == 1
    (added,) = folder.glob("laid-*/added.bin")
    size = added.stat().st_size
    assert shelve_due(TUESDAY) == 0
    assert on_it() == sorted([first.pk, second.pk]) and added.stat().st_size == size
    assert {row.decode() for row in current_shelf()._fresh().added.rows["region"]} == {county.place.code}


def test_what_is_closed_withdrawn_named_or_long_ago_leaves():
    county = County()
    closed, named, withdrawn, kept = (
        county.submit(MONDAY, phone=f"1390000{number}000") for number in range(1, 5)
    )
    old = county.submit(MONDAY - timedelta(days=89))
    assert follow(MONDAY) == 5
    Case.objects.filter(pk=closed.pk).update(closed_at=MONDAY, stage="closed")
    name = {"against_unit_id": county.bureau.pk}
    name_complained_of(actor=county.dispatcher, case_id=named.pk, now=MONDAY, key=a_key(), **name)
    withdraw_request(actor=county.asker(withdrawn), case_id=withdrawn.pk, now=MONDAY, key=a_key())

    assert follow(MONDAY + timedelta(days=2)) == 4
    assert on_it() == [kept.pk] and old.pk not in on_it()
    Case.objects.filter(pk=closed.pk).update(closed_at=None, stage="handling")
    assert follow(MONDAY + timedelta(days=2)) == 1
    assert on_it() == sorted([closed.pk, kept.pk]), "what was opened again comes back"


def test_confidential_requests_and_complaints_never_enter():
    county = County()
    county.submit(MONDAY, confidential=True)
    county.submit(MONDAY, complained_of="路灯所的老李")
    Case.objects.filter(pk=county.submit(MONDAY).pk).update(against_unit=county.bureau)
    Case.objects.filter(pk=county.submit(MONDAY).pk).update(against_account_id=county.handler.account_id)
    open_one = county.submit(MONDAY)

    assert follow() == 1 and on_it() == [open_one.pk]
    assert index_requests(actor=SYSTEM, now=TUESDAY, tell=lambda done, total: None) == 1
    assert on_it() == [open_one.pk]


def test_broken_off_it_goes_on_where_it_was(monkeypatch):
    county = County()
    asked = [county.submit(MONDAY, phone=f"1390000{number}000").pk for number in range(1, 4)]
    monkeypatch.setattr(shelved, "BATCH", 2)
    monkeypatch.setattr(shelved, "AT_ONCE", -1.0)
    assert follow() == 2 and on_it() == asked[1:], "the latest first"
    assert follow() == 1 and on_it() == asked
    assert follow() == 0


def test_laid_down_anew_by_the_command_it_tells_how_far_it_is_and_leaves_one_line():
    county = County()
    one = county.submit(MONDAY)
    told = []
    assert index_requests(actor=SYSTEM, now=TUESDAY, tell=lambda *done: told.append(done)) == 1
    assert told == [(1, 2), (2, 2)] and on_it() == [one.pk]
    entry = Entry.objects.get(action="hotline.index")
    assert (entry.role, entry.case_id, entry.details) == ("system", None, {"requests": 1})


def test_while_another_process_writes_the_worker_leaves_it_alone(folder):
    county = County()
    county.submit(MONDAY)
    assert follow() == 1
    county.submit(MONDAY, phone="13900001111")
    with writing(folder):
        assert follow() == 0
    assert follow() == 1


def test_a_damaged_index_is_told_of_and_laid_down_anew_by_the_command(folder):
    county = County()
    county.submit(MONDAY)
    follow()
    for file in folder.glob("laid-*/starts.npy"):
        file.write_bytes(b"\x93NUMPY cut off")
    with pytest.raises(Damaged):
        Shelf(folder)
    with pytest.raises(Damaged):
        follow()
    assert index_requests(actor=SYSTEM, now=TUESDAY, tell=lambda done, total: None) == 1
    assert len(Shelf(folder)) == 1


def test_with_suggestions_switched_off_nothing_is_kept(folder, settings):
    County().submit(MONDAY)
    follow()
    assert folder.exists()
    settings.TRIAGE_SUGGESTIONS = False
    assert follow() == 0
    assert not folder.exists() and current_shelf() is None


def test_where_it_is_taken_away_nothing_else_goes_with_it(folder, settings, tmp_path):
    County().submit(MONDAY)
    follow()
    (folder / "notes.txt").write_text("of somebody else")
    settings.TRIAGE_SUGGESTIONS = False
    follow()
    assert [one.name for one in folder.iterdir()] == ["notes.txt"]
    settings.TRIAGE_SHELF = str(tmp_path)
    follow()
    assert (folder / "notes.txt").exists()


def test_only_the_system_keeps_it(folder):
    county = County()
    for actor in (county.supervisor, county.dispatcher, county.head):
        with pytest.raises(NotAllowed):
            follow_requests(actor=actor, now=TUESDAY)
        with pytest.raises(NotAllowed):
            index_requests(actor=actor, now=TUESDAY, tell=lambda done, total: None)
    assert not folder.exists()
