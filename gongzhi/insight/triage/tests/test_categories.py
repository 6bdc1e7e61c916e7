"""Categories are learnt from words alone, are sure as often as they say, and leave what is strange to a human."""

import inspect
import random
import subprocess
import sys

import numpy as np
import pytest
from scipy import sparse

from gongzhi.base.declined import NotPossible
from gongzhi.insight.triage import learning, model_file
from gongzhi.insight.triage.answers import suggestion_for
from gongzhi.insight.triage.bands import (
    AUTO,
    HUMAN,
    LEAST_FIRM,
    NEVER,
    SUGGEST,
    bound_for,
    calibrated,
    decisions,
    firm_from,
)
from gongzhi.insight.triage.judging import calibration_error, reachable, report_of
from gongzhi.insight.triage.learning import telling
from gongzhi.insight.triage.same_texts import groups_of
from gongzhi.insight.triage.words import features_of, filler_words, is_in_words, words_of

KINDS = {
    "路灯": ["路灯不亮", "灯杆歪了", "晚上太黑看不见路", "照明坏了", "一排灯都灭了"],
    "供暖": ["暖气不热", "屋里冰凉", "换热站没人管", "取暖费交了不供暖", "室温只有十二度"],
    "欠薪": ["工钱没给", "包工头跑了", "拖欠工资三个月", "干完活不结账", "老板欠薪不还"],
}
PLACES = ["村东头", "小区五号楼", "学校门口", "镇上", "我家附近", "老街", "桥头", "南门"]
ENDS = ["请尽快处理", "麻烦管一管", "都好几天了", "打电话没人接", "老人孩子都受罪", "谢谢"]


def messages(number=60, seed=3):
    chance = random.Random(seed)
    made = [
        (f"{chance.choice(PLACES)}{'，'.join(chance.sample(KINDS[kind], 2))}，{chance.choice(ENDS)}。", kind)
        for _turn in range(number)
        for kind in KINDS
    ]
    return [text for text, _kind in made], [kind for _text, kind in made]


@pytest.fixture(scope="module")
def model():
    return learning.learn(*messages(), [str(number) for number in range(180)], "made up")


def test_a_message_gets_the_category_its_words_speak_for(model):
    suggestion = suggestion_for("换热站没人管，屋里冰凉", "小区暖气不热", model=model)
    assert (suggestion.category, suggestion.decision) == ("供暖", AUTO)
    assert suggestion.second in KINDS
    assert suggestion.second != "供暖"
    assert "暖气" in dict(suggestion.words)
    assert all(weight > 0 for _word, weight in suggestion.words)


def test_words_cut_by_others_and_words_as_written_are_read_alike(model):
    as_written = "村东头路灯不亮，晚上太黑看不见路"
    cut = " ".join(words_of(as_written))
    assert is_in_words(cut)
    assert not is_in_words(as_written)
    assert not is_in_words("您好 我家停水了")
    assert not is_in_words("")
    assert words_of(cut) == words_of(as_written)
    assert model.predicted([cut]) == model.predicted([as_written])


def test_what_the_cutters_left_out_is_left_out_of_raw_texts_too():
    cut, raw = ["路灯", "不亮"], ["请", "把", "路灯", "修", "好"]
    assert filler_words([cut, raw, cut, raw], [True, False, True, False]) == {"请", "把", "修", "好"}
    assert filler_words([raw], [False]) == frozenset()
    of_cut_alone = filler_words([["把", "路灯"]], [True])
    assert "请" in of_cut_alone
    assert "把" not in of_cut_alone, "these cutters kept it"


@pytest.mark.parametrize("strange", ["", "。。。", "天气预报说明天有雨", "qwerty asdf", "恭喜发财"])
def test_what_is_unlike_anything_learnt_is_for_a_human(model, strange):
    assert model.predicted([strange])[0].decision == HUMAN


def test_learning_twice_gives_the_same_bytes(model):
    again = learning.learn(*messages(), [str(number) for number in range(180)], "made up")
    assert model_file.packed(again) == model_file.packed(model)


def test_a_model_comes_back_from_its_file_as_it_was(model, tmp_path):
    model_file.save(model, tmp_path / "a.model")
    again = model_file.load(tmp_path / "a.model")
    texts = messages(5, seed=9)[0]
    assert again.predicted(texts) == model.predicted(texts)
    assert again.card == model.card


def test_every_flipped_part_of_a_file_is_refused_with_the_next_step(model, tmp_path):
    whole = model_file.packed(model)
    chance = random.Random(1)
    broken = tmp_path / "a.model"
    # what only the zip keeps for itself (times, flags of its directory) may change without changing the model
    for _turn in range(60):
        raw = bytearray(whole)
        raw[chance.randrange(len(raw) * 9 // 10)] ^= 1 << chance.randrange(8)
        broken.write_bytes(raw)
        try:
            found = model_file.load(broken)
        except NotPossible as refused:
            assert "gongzhi triage train" in str(refused)
        else:
            assert model_file.packed(found) == whole


@pytest.mark.parametrize("raw", [b"", b"PK", b"not a model"])
def test_what_is_no_model_is_refused(raw, tmp_path):
    (tmp_path / "a.model").write_bytes(raw)
    with pytest.raises(NotPossible):
        model_file.load(tmp_path / "a.model")
    with pytest.raises(NotPossible):
        model_file.load(tmp_path / "missing.model")


def test_a_cut_off_or_too_large_file_is_refused(model, tmp_path, monkeypatch):
    whole = model_file.packed(model)
    (tmp_path / "a.model").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NotPossible):
        model_file.load(tmp_path / "a.model")
    (tmp_path / "a.model").write_bytes(whole)
    monkeypatch.setattr(model_file, "LARGEST_UNPACKED", 1_000)
    with pytest.raises(NotPossible):
        model_file.load(tmp_path / "a.model")


def test_a_file_of_an_older_version_is_refused_with_the_next_step(model, tmp_path, monkeypatch):
    monkeypatch.setattr(model_file, "FORMAT", "gongzhi-triage-1")
    model_file.save(model, tmp_path / "old.model")
    monkeypatch.undo()
    with pytest.raises(NotPossible) as refused:
        model_file.load(tmp_path / "old.model")
    assert "gongzhi triage train" in str(refused.value)


def test_only_title_and_text_are_read():
    assert list(inspect.signature(suggestion_for).parameters) == ["text", "title", "model"]
    assert list(inspect.signature(features_of).parameters) == ["words"]


def test_one_switch_turns_suggestions_off(model, settings):
    settings.TRIAGE_SUGGESTIONS = False
    assert suggestion_for("暖气不热", model=model) is None
    settings.TRIAGE_SUGGESTIONS = True
    assert suggestion_for("暖气不热", model=model) is not None
    assert suggestion_for("  ", model=model) is None


def test_confidence_is_honest_and_never_certain():
    chance = np.random.default_rng(4)
    margins = chance.random(8_000) * 2
    right = chance.random(8_000) < 0.5 + margins / 4
    seen = np.arange(8_000) < 4_000
    calibration = calibrated(margins[seen], right[seen])
    confidence = calibration.confidence(margins[~seen])
    assert calibration_error(confidence, right[~seen]) < 0.03
    assert np.all(np.diff(calibration.confidence(np.linspace(0, 2, 50))) >= 0)
    assert 0 < confidence.min() <= confidence.max() < 1


def test_bands_keep_their_promise_on_messages_not_seen():
    chance = np.random.default_rng(5)
    scores = chance.random(20_000) * 2
    right = chance.random(20_000) < np.minimum(0.7 + scores / 5, 1)
    seen = np.arange(20_000) < 5_000
    for promised in (0.9, 0.95, 0.98):
        bound = bound_for(scores[seen], right[seen], promised)
        taken = scores[~seen] >= bound
        assert taken.mean() > 0.05
        assert right[~seen][taken].mean() >= promised - 0.005


def test_without_enough_right_ones_there_is_no_band():
    assert bound_for(np.linspace(0, 1, 15), np.ones(15, bool), 0.98) == NEVER
    assert bound_for(np.linspace(0, 1, 900), np.arange(900) % 2 == 0, 0.95) == NEVER
    bounds = {AUTO: NEVER, SUGGEST: 0.5}
    margins, strange = np.array([0.9, 0.9, 0.1]), np.array([False, True, False])
    assert decisions(margins, np.ones(3, bool), strange, bounds) == [SUGGEST, HUMAN, HUMAN]


def test_what_fits_its_first_category_badly_is_never_auto_however_far_the_second_is():
    bounds = {AUTO: 0.8, SUGGEST: 0.5}
    margins, firm = np.array([0.9, 0.9, 0.6]), np.array([True, False, True])
    assert decisions(margins, firm, np.zeros(3, bool), bounds) == [AUTO, SUGGEST, SUGGEST]
    firsts = np.linspace(0, 1, 101)
    assert firm_from(firsts, np.ones(101), 0.8) == pytest.approx(LEAST_FIRM)
    assert firm_from(firsts, np.where(firsts < 0.5, 0.1, 0.9), 0.8) == pytest.approx(0.5 + LEAST_FIRM / 2)
    assert firm_from(firsts, np.zeros(101), NEVER) == NEVER


def test_what_stands_in_one_category_alone_is_telling_for_it_and_against_the_others():
    counted = sparse.csr_matrix([[1.0, 2.0, 0], [1, 0, 0], [1, 0, 3], [1, 0, 0]])
    found = telling(counted, np.array([0, 0, 1, 1]), 2)
    assert found[0] == pytest.approx([0, 0]), "in every message"
    assert found[1] == pytest.approx([np.log(2), -np.log(2)])
    assert found[2] == pytest.approx([-np.log(2), np.log(2)])


def test_a_category_of_one_story_is_learnt_though_no_fold_can_judge_it():
    texts, labels = messages(20)
    groups = [str(number) for number in range(60)] + ["one", "one"]
    learnt = learning.learn([*texts, "井盖丢了", "井盖不见了"], [*labels, "井盖", "井盖"], groups)
    assert learnt.predicted(["井盖丢了"])[0].category == "井盖"
    assert learnt.card["figures"]["f1_by_category"]["井盖"] == 0


def test_what_a_threshold_can_reach_takes_equals_together():
    confidence = np.array([0.9, 0.8, 0.8, 0.7])
    right = np.array([True, True, False, True])
    assert reachable(confidence, right, 0.98) == 0.25
    assert reachable(confidence, right, 0.75) == 1.0
    assert reachable(confidence, ~right, 0.98) == 0.0


def test_nearly_the_same_texts_are_one_group_and_others_are_not():
    story = words_of(
        "供暖都好几天了，家里一楼的暖气片还是冰手，屋里只有十二度，老母亲天天裹着棉被坐着，给换热站打电话说在排气"
    )
    other = words_of("村口的路灯坏了一个多月，晚上接孩子放学看不见路，前几天有老人摔了一跤，请尽快派人来修")
    groups = groups_of([story, other, [*story, "谢谢"], []])
    assert groups[0] == groups[2]
    assert len(set(groups.tolist())) == 3


def test_too_little_to_learn_from_is_refused():
    with pytest.raises(NotPossible):
        learning.learn(["路灯坏了", "灯不亮"], ["路灯", "路灯"])
    with pytest.raises(NotPossible):
        learning.learn(["路灯坏了", "灯不亮", "没暖气"], ["路灯", "路灯", "供暖"])


def test_a_report_counts_a_category_that_was_never_learnt_as_missed(model):
    said = model.predicted(["暖气不热，屋里冰凉", "拖欠工资三个月"])
    report = report_of(said, ["供暖", "医保"])
    assert report["accuracy"] == 0.5
    assert report["f1_by_category"]["医保"] == 0


def test_pages_load_no_learning_library():
    asked = (
        "import sys, gongzhi.insight.triage.answers; print(sorted({'sklearn', 'scipy'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.strip() == "[]"
