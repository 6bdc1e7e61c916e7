"""What is promised of particulars and places holds on a small corpus, and clearly beats the first rule that comes to mind."""

import random

from benchmarks import triage_checklist, triage_leaks, triage_places
from benchmarks.triage_replies import FIGURES, WEIGHTS, curves_of, np
from gongzhi.insight.triage.reply_empty import says_nothing
from gongzhi.insight.triage.reply_fit import height
from gongzhi.insight.triage.reply_points import Given, points_in


def test_planted_particulars_are_found_and_clean_texts_left():
    found = triage_leaks.measure(quick=True)

    assert found["recall"]["all"] >= 0.99
    assert min(found["recall"].values()) >= 0.98
    assert found["recall_baseline"] < 0.5
    assert found["false_alarms"] <= 0.01 * found["clean_texts"]


def test_addresses_get_their_codes():
    found = triage_places.measure(quick=True)

    assert found["right"] >= 0.95
    assert found["right"] > found["right_baseline"]


def test_curves_tell_pairs_apart_that_differ_in_one_figure():
    chances = np.random.default_rng(1)
    true = chances.integers(0, 2, 400)
    figured = chances.random((400, len(FIGURES)))
    figured[:, 3] = true + chances.random(400)

    weights = curves_of(figured, true)
    scores = np.array([height(list(row), weights) for row in figured])

    assert scores[true == 1].mean() > scores[true == 0].mean() + 3
    assert set(weights["curves"]) == set(FIGURES)
    assert WEIGHTS.is_file()


def test_spoilt_replies_are_made_from_fictional_ones_and_caught(monkeypatch):
    rows = [
        {
            "topic": f"{road}路灯不亮",
            "detail": f"{road}{number}盏路灯坏了。",
            "reply": f"您好，{road}{number}盏路灯已修好，感谢监督。",
        }
        for number, road in enumerate(("槐荫路", "柳溪路", "青禾街", "文昌路"), 3)
    ]
    spoilt = triage_checklist._spoilt(rows, 0, 1, random.Random(1))

    assert set(spoilt) == {
        "other_message", "nearest_message", "empty_phrases", "asks_for_what_was_given", "copied",
    }  # fmt: skip
    assert says_nothing(spoilt["empty_phrases"][0])
    reply, wanted, _more = spoilt["asks_for_what_was_given"]
    found = points_in(rows[0]["detail"], reply, Given(phone=True, place=True), title=rows[0]["topic"])
    assert {one.point for one in found} & wanted
