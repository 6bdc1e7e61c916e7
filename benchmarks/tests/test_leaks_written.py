"""What is measured by written texts: what is covered, what is missed, what alarms."""

from benchmarks import triage_leaks_written as written


def test_a_passage_counts_as_found_when_it_is_covered_and_a_home_when_its_door_is():
    rows = [
        {
            "text": "俺叫孙保兴，住锦艺小区7号楼2单元1103。",
            "leaks": [["name", "孙保兴"], ["address", "锦艺小区7号楼2单元1103"]],
        },
        {"text": "找孙保兴", "leaks": [["name", "孙保兴"]]},
    ]

    found = written.recall(rows, lambda text: [(2, 5), (11, 21)] if "俺" in text else [(1, 3)])

    assert found == {"all": 0.667, "texts_with_nothing_missed": 0.5, "address": 1.0, "name": 0.5}


def test_no_passage_of_a_person_stands_in_both_halves_and_each_stands_in_its_text():
    passages = {}
    for part, names in written.PARTS.items():
        rows = [row for name in names for row in written._rows(part, name)]
        assert all(passage in row["text"] for row in rows for _kind, passage in row["leaks"])
        passages[part] = {passage for row in rows for _kind, passage in row["leaks"]}

    assert len(passages["unseen"]) > 200
    assert not passages["seen"] & passages["unseen"]
