"""The measurement of triage measures what it says, also where there are no messages for measuring."""

from pathlib import Path

from benchmarks import triage, triage_categories


def test_without_messages_for_measuring_it_says_so_and_takes_the_fictional_ones(monkeypatch):
    monkeypatch.setattr(triage_categories, "MESSAGES", Path("there/is/none.csv.gz"))
    found = triage_categories.measure(quick=True)
    assert "fictional" in found["source"]
    assert 0 < found["figures"]["macro_f1"] <= 1
    assert found["ratio"] == round(found["figures"]["macro_f1"] / found["baseline"]["macro_f1"], 4)


def test_every_part_is_taken_and_the_first_ratio_stands_for_all(monkeypatch):
    monkeypatch.setattr(triage, "PARTS", ("categories",))
    monkeypatch.setattr(
        triage_categories, "measure", lambda quick: {"figures": {"f": 1}, "baseline": {"f": 2}, "ratio": 0.5}
    )
    told = triage.run(quick=True)
    assert told["figures"] == {"categories": {"f": 1}}
    assert told["ratio"] == 0.5
