"""The table of keeping says of each kind what a person gets of it, or why nothing."""

from gongzhi.kernel.declare.keeping import Fate, Keeping, Source
from gongzhi.kernel.retention.periods import every_keeping


def unexplained(rows):
    """The kinds that say neither what a person gets of them nor why they get nothing."""
    return [row.kind for row in rows if bool(row.withheld) == bool(row.copied and (row.person or row.case))]


def test_every_kind_of_record_is_copied_or_its_withholding_explained():
    assert unexplained(every_keeping()) == []


def test_a_kind_that_says_neither_is_found():
    silent = Keeping(
        kind="new.kind",
        label="新",
        model="cases.Case",
        counted_from="",
        fate=Fate.KEEP,
        basis="",
        source=Source.CONFIGURATION,
    )
    assert unexplained([silent]) == ["new.kind"]
