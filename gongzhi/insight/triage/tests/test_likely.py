"""Likely duplicates of one text: found on a shelf that lasts, within region and time, and as far as the asker may read."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from gongzhi.insight.triage import shelf as shelf_module
from gongzhi.insight.triage.likely import likely_duplicates, passage_in_common
from gongzhi.insight.triage.shelf import Busy, Shelf, Shelved, built, writing
from gongzhi.insight.triage.tests import invented
from gongzhi.insight.triage.tests.test_duplicates import ELSEWHERE, LAMPS, REORDERED, SHORTENED

AT = datetime(2026, 3, 10, 9)
EARLIER = AT - timedelta(days=30)
TEXTS = {
    1: LAMPS,
    2: ELSEWHERE,
    **{10 + at: f"{each.title}。{each.text}" for at, each in enumerate(invented.all_of_it())},
}


@pytest.fixture
def shelf(tmp_path) -> Shelf:
    messages = [Shelved(id=key, region="410526001", at=AT, text=text) for key, text in TEXTS.items()]
    return built(tmp_path, lambda: [messages[:20], messages[20:]])


def found(shelf: Shelf, text: str, **asked) -> list[int]:
    texts = asked.pop("texts", TEXTS)
    wanted = {"region": "4105", "since": EARLIER, "limit": 5, **asked}
    likely = likely_duplicates(
        text, shelf=shelf, read=lambda ids: {i: texts[i] for i in ids if i in texts}, **wanted
    )
    return [each.id for each in likely]


def test_a_shortened_or_reordered_copy_finds_its_original_and_not_the_other_road(shelf):
    assert found(shelf, SHORTENED)[0] == 1
    assert found(shelf, REORDERED)[0] == 1
    assert 2 not in found(shelf, SHORTENED) + found(shelf, REORDERED)


def test_the_reason_is_a_passage_that_both_say(shelf):
    (first, *_) = likely_duplicates(
        SHORTENED,
        shelf=shelf,
        region="41",
        since=EARLIER,
        limit=1,
        read=lambda ids: {i: TEXTS[i] for i in ids},
    )

    assert first.passage == "放学的孩子只能摸黑走回家"
    assert first.passage in LAMPS
    assert 0.5 < first.share <= 1


def test_nothing_of_another_region_or_before_the_moment_is_named(shelf):
    assert found(shelf, SHORTENED, region="4106") == []
    assert found(shelf, SHORTENED, since=AT + timedelta(seconds=1)) == []


def test_what_the_asker_may_not_read_is_not_named(shelf):
    assert found(shelf, SHORTENED, texts={}) == []


def test_what_was_added_is_found_and_survives_opening_anew(shelf):
    shelf.add([Shelved(id=99, region="410526002", at=AT, text=SHORTENED)])
    texts = {**TEXTS, 99: SHORTENED}

    assert found(shelf, REORDERED, texts=texts)[:2] in ([1, 99], [99, 1])
    again = Shelf(shelf.folder)
    assert len(again) == len(TEXTS) + 1
    assert found(again, REORDERED, texts=texts) == found(shelf, REORDERED, texts=texts)


def test_what_one_process_adds_another_finds_with_its_next_question(shelf):
    reader = Shelf(shelf.folder)

    shelf.add([Shelved(id=99, region="410526002", at=AT, text=SHORTENED)])

    assert 99 in found(reader, REORDERED, texts={**TEXTS, 99: SHORTENED})


def test_an_index_made_anew_is_read_by_whoever_had_the_old_one_open(shelf):
    reader, old = Shelf(shelf.folder), shelf.candidates(SHORTENED, region="41", since=EARLIER, most=1)

    for number in (77, 78):
        fresh = [Shelved(id=number, region="410526001", at=AT, text=LAMPS)]
        built(shelf.folder, lambda messages=fresh: [messages])

    assert [each.id for each in old] == [1]
    assert [each.id for each in reader.candidates(SHORTENED, region="41", since=EARLIER, most=5)] == [78]
    assert len(list(shelf.folder.glob("laid-*"))) == 2


def test_one_writes_at_a_time(shelf):
    with writing(shelf.folder), pytest.raises(Busy):
        Shelf(shelf.folder).add([Shelved(id=99, region="410526002", at=AT, text=SHORTENED)])

    assert len(Shelf(shelf.folder)) == len(TEXTS)


def test_half_a_row_of_a_writer_that_was_killed_is_not_read_and_is_written_over(shelf):
    (added,) = shelf.folder.glob("laid-*/added.bin")
    added.write_bytes(b"\1" * 50)

    assert len(Shelf(shelf.folder)) == len(TEXTS)
    shelf.add([Shelved(id=99, region="410526002", at=AT, text=SHORTENED)])
    assert found(Shelf(shelf.folder), SHORTENED, texts={**TEXTS, 99: SHORTENED})[0] == 99


def test_no_text_lies_on_the_shelf(shelf):
    shelf.add([Shelved(id=99, region="410526002", at=AT, text=SHORTENED)])

    files = [path for path in shelf.folder.rglob("*") if path.is_file()]
    assert len(files) > 8
    for path in files:
        assert "槐荫路".encode() not in path.read_bytes()
        assert "槐荫路".encode("utf-32-le") not in path.read_bytes()


def test_an_empty_shelf_and_an_empty_text_have_no_duplicates(tmp_path, shelf):
    assert found(built(tmp_path / "empty", list), LAMPS) == []
    assert found(shelf, "") == []


def test_two_texts_without_a_sign_in_common_have_no_passage():
    assert passage_in_common("路灯不亮", "水管爆裂") == ""


def test_what_has_left_is_found_no_more_by_any_process_and_may_come_back(shelf):
    reader = Shelf(shelf.folder)
    assert 1 in found(reader, SHORTENED)

    shelf.remove([1])
    assert 1 not in found(reader, SHORTENED) and 1 not in found(Shelf(shelf.folder), SHORTENED)
    assert sorted(reader.ids()) == sorted(TEXTS.keys() - {1})
    shelf.add([Shelved(id=1, region="410526002", at=AT, text=LAMPS)])
    assert found(reader, SHORTENED)[0] == 1
    assert len(reader) == len(TEXTS), "of a message the last row counts, and it is there once"


def test_added_twice_it_is_there_once_as_it_is_now(shelf):
    for region in ("410526002", "410527001"):
        shelf.add([Shelved(id=1, region=region, at=AT, text=LAMPS)])
    assert 1 not in found(shelf, SHORTENED, region="410526")
    assert found(shelf, SHORTENED, region="410527") == [1]
    assert len(shelf) == len(TEXTS)


def test_an_index_begun_empty_learns_from_what_is_added_which_signs_are_rare(tmp_path, shelf):
    grown = built(tmp_path / "grown", list)
    grown.add([Shelved(id=key, region="410526001", at=AT, text=text) for key, text in TEXTS.items()])

    whole, counted = shelf.holding(), grown.holding()
    assert counted.count == whole.count == len(TEXTS)
    assert (counted.neighbours == whole.neighbours).all() and (counted.around == whole.around).all()
    assert found(grown, SHORTENED) == found(shelf, SHORTENED)


def test_laid_down_anew_nothing_of_what_has_left_stays_and_all_else_is_found_as_before(shelf):
    shelf.add([Shelved(id=99, region="410526002", at=AT, text=SHORTENED)])
    shelf.remove([2])
    texts = {**TEXTS, 99: SHORTENED}
    before = found(shelf, REORDERED, texts=texts)
    moment = datetime.now()
    assert not shelf.tidy(moment + timedelta(hours=23))
    assert shelf.tidy(moment + timedelta(hours=25))

    assert found(shelf, REORDERED, texts=texts) == before and before[:2] in ([1, 99], [99, 1])
    assert sorted(shelf.ids()) == sorted(texts.keys() - {2})
    assert not shelf.tidy(moment + timedelta(days=30)), "nothing was appended since"
    (numbers,) = shelf.folder.glob("laid-*/id.npy")
    assert sorted(np.load(numbers)) == sorted(texts.keys() - {2})


def test_once_much_was_appended_it_is_laid_down_anew_and_the_oldest_counts_weigh_half(shelf, monkeypatch):
    monkeypatch.setattr(shelf_module, "MOST_ADDED", 2)
    monkeypatch.setattr(shelf_module, "MOST_COUNTED", 10)
    shelf.remove([1])
    assert not shelf.tidy(datetime.now())
    shelf.remove([2])
    assert shelf.tidy(datetime.now())
    assert shelf.holding().count == len(TEXTS) // 2
