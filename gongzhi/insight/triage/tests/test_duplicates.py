"""Duplicates of invented messages: shortened and slipped copies are found, the same words about another place are not."""

import random

from gongzhi.insight.triage.duplicates import Pair, duplicates, groups, nearest
from gongzhi.insight.triage.marks import another_thing, marks_of, numbers_of
from gongzhi.insight.triage.shingles import AROUND, shingle_rows, shingles_of, signs_of
from gongzhi.insight.triage.tests import invented

LAMPS = (
    "柏溪区槐荫路东段的路灯从三月二日起全部不亮。晚上九点放学的孩子只能摸黑走回家，已经有两位老人摔倒受伤。"
    "我们打过三次服务热线，每次都说已经登记，可是半个月过去没有一个人来修。请住建部门尽快派人检查线路，恢复照明。"
)
SHORTENED = "槐荫路东段路灯都不亮，放学的孩子只能摸黑走回家，有两位老人摔倒受伤，请尽快派人检查线路恢复照明。"
REORDERED = (
    "您好！请住建部门早日派人检查线路，恢复照明。柏溪区槐荫路东段的路灯从3月2日起全部不亮，打过三次服务热线，"
    "可是半个月过去没有一个人来修。晚上九点放学的小孩只能摸黑走回家。"
)
ELSEWHERE = LAMPS.replace("柏溪区槐荫路", "柏溪区文澜路")
OTHERS = [f"{message.title}。{message.text}" for message in invented.everyday()]
ABOUT_ELSEWHERE = "文澜路东头的公交站牌倒了，槐荫路口的也歪了，请扶正。"


def found(texts: list[str]) -> set[tuple[int, int]]:
    return {(pair.first, pair.second) for pair in duplicates(texts)}


def test_shortened_and_reordered_copies_are_found_and_nothing_else():
    texts = [LAMPS, SHORTENED, REORDERED, *OTHERS]

    assert {(0, 1), (0, 2)} <= found(texts) <= {(0, 1), (0, 2), (1, 2)}


def test_the_same_words_about_another_road_are_no_duplicate():
    texts = [LAMPS, ELSEWHERE, SHORTENED, ABOUT_ELSEWHERE, *OTHERS]

    assert (0, 1) not in found(texts)
    assert (0, 2) in found(texts)


def test_the_same_words_about_another_bus_line_are_no_duplicate():
    text = "{}路公交车经常不准时，早上站牌写八分钟一班，实际等了半个小时，上班总是迟到，请公交公司增加班次。"

    assert found([text.format(205), text.format(903), *OTHERS]) == set()
    assert found([text.format(205), text.format(205), *OTHERS]) == {(0, 1)}


def test_the_order_of_texts_does_not_matter():
    texts = [LAMPS, SHORTENED, REORDERED, ELSEWHERE, ABOUT_ELSEWHERE, *OTHERS]
    expected = {frozenset((texts[one], texts[other])) for one, other in found(texts)}

    for seed in range(4):
        random.Random(seed).shuffle(texts)
        assert {frozenset((texts[one], texts[other])) for one, other in found(texts)} == expected


def test_a_text_about_something_else_changes_nothing():
    texts = [LAMPS, SHORTENED, REORDERED, *OTHERS]

    assert found([*texts, "请问图书馆周一开不开门？想带孩子去借几本绘本。"]) == found(texts)


def test_texts_without_signs_have_no_duplicates():
    assert duplicates([]) == []
    assert duplicates(["", "！！", "好", "好"]) == []


def test_groups_hang_together_by_pairs():
    assert groups(6, [Pair(0, 3, 0.5), Pair(3, 4, 0.5), Pair(1, 2, 0.9)]) == [[0, 3, 4], [1, 2]]
    assert groups(3, []) == []


def test_whoever_has_a_copy_is_not_linked_to_what_is_on_the_same_subject():
    copy, subject, alone = Pair(0, 1, 0.8), Pair(1, 2, 0.3), Pair(3, 4, 0.3)

    assert nearest([copy, subject, Pair(2, 5, 0.35), alone], 0.9) == [copy, Pair(2, 5, 0.35), alone]


def test_a_chain_of_weak_pairs_joins_no_different_matters():
    weak = [Pair(1, 2, 0.30), Pair(0, 1, 0.33), Pair(2, 3, 0.33)]

    assert groups(4, weak) == [[0, 1], [2, 3]]
    assert groups(4, [Pair(1, 2, 0.9), Pair(0, 1, 0.95), Pair(2, 3, 0.95)]) == [[0, 1, 2, 3]]


def test_signs_around_another_survive_when_that_one_is_slipped():
    whole, slipped = "槐荫路的路灯", "槐荫路又路灯"

    in_common = [
        set(shingles_of(whole, *shape).tolist()) & set(shingles_of(slipped, *shape).tolist())
        for shape in ((), (AROUND,))
    ]
    assert [len(each) for each in in_common] == [1, 2]


def test_numbers_that_ran_together_are_no_other_numbers_but_another_building_is():
    lost, there = marks_of("2017年7月停梯"), marks_of("20177月停梯")

    assert not another_thing(lost, there, 0.9, frozenset())
    assert another_thing(marks_of("槐荫村19组停水"), marks_of("槐荫村190组停水34户"), 0.9, frozenset())


def test_one_slipped_name_parts_no_texts_that_have_another_site_in_common():
    known = {"槐荫路", "文澜小区", "么澜小区"}
    here, slipped = marks_of("槐荫路文澜小区停水"), marks_of("槐荫路么澜小区停水")

    assert not another_thing(here, slipped, 0.9, known)
    twice = [marks_of(f"槐荫路{name}停水，{name}无人管") for name in ("文澜小区", "安泰小区")]
    assert another_thing(*twice, 0.9, known)
    assert another_thing(marks_of("文澜小区等205路"), marks_of("么澜小区等205路"), 0.9, known)


def test_full_width_signs_case_and_punctuation_make_no_difference():
    assert signs_of("Ａ３区，第 １２ 栋！") == "a3区第12栋"
    assert shingles_of("Ａ３区，第１２栋").tolist() == shingles_of("a3区第 12 栋。").tolist()
    assert shingle_rows(["槐荫路路灯", "", "槐荫路路灯"]).sum(1).ravel().tolist()[0] == [3, 0, 3]


def test_a_row_of_many_texts_holds_the_shingles_of_each():
    texts = [LAMPS, "", SHORTENED, "路灯"]
    rows = shingle_rows(texts)

    for at, text in enumerate(texts):
        assert rows[at].indices.tolist() == shingles_of(text).tolist()


def test_numbers_are_the_same_however_they_are_written():
    assert numbers_of("十二栋") == numbers_of("12栋") == frozenset({"12"})
    assert numbers_of("二〇二六年") == numbers_of("２０２６年") == frozenset({"2026"})
    assert numbers_of("一百零五户") == frozenset({"105"})


def test_an_unknown_name_may_be_a_slip_and_is_not_believed():
    here, there = marks_of("槐荫路积水"), marks_of("槐印路积水")

    assert not another_thing(here, there, 0.9, frozenset())
    assert another_thing(here, marks_of("文澜路积水"), 0.9, {"槐荫路", "文澜路"})
