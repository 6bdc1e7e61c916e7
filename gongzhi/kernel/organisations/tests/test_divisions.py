"""Loading all of Henan and what a later file changes."""

import csv
import gzip
import time
from datetime import date

import pytest

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.loading import load_regions
from gongzhi.kernel.organisations.models import Region

pytestmark = pytest.mark.django_db

SMALL = [
    ("410000", "河南省", "1", "", "province"),
    ("410500", "安阳市", "2", "410000", "city"),
    ("410523", "汤阴县", "3", "410500", "county"),
    ("410523100", "城关镇", "4", "410523", "镇"),
    ("410523100200", "石家庄村民委员会", "5", "410523100", "村委会"),
]


def a_file(path, rows, header=("code", "name", "level", "parent", "kind")):
    with gzip.open(path, "wt", encoding="utf-8", newline="") as packed:
        csv.writer(packed).writerows([header, *rows])
    return path


def test_all_of_henan_is_loaded_in_seconds_and_a_second_run_changes_nothing():
    told = []
    began = time.perf_counter()
    first = load_regions(lambda done, total, label: told.append((done, total)))
    took = time.perf_counter() - began

    assert first.levels == {1: 1, 2: 18, 3: 181, 4: 2_586, 5: 52_378}
    assert (first.added, first.changed, first.ended) == (55_164, 0, 0)
    assert Region.objects.count() == 55_164
    assert Region.objects.filter(kind="town").count() == 1_184
    assert Region.objects.filter(kind="village").count() == 42_832
    assert Region.objects.filter(level=3, kind="zone").count() == 24
    assert told[0] == (0, 55_164)
    assert told[-1] == (55_164, 55_164)
    assert took < 10

    second = load_regions()
    assert (second.added, second.changed, second.ended, second.unchanged) == (0, 0, 0, 55_164)

    village = Region.objects.select_related("parent__parent").get(pk="410523100200")
    assert (village.name, village.parent.name, village.parent.parent.name) == (
        "石家庄村民委员会",
        "城关镇",
        "汤阴县",
    )
    assert village.urban == Region.Urban.RURAL
    assert Region.objects.get(pk="410523107400").urban == Region.Urban.URBAN  # a community with an odd name
    assert Region.objects.get(pk="419001").kind == Region.Kind.COUNTY_CITY
    assert not Region.objects.filter(level=5, urban="unknown").exists()


def test_a_new_name_is_taken_over_and_the_old_one_kept(tmp_path):
    load_regions(path=a_file(tmp_path / "a.gz", SMALL))
    renamed = [(*row[:1], "新城关镇", *row[2:]) if row[0] == "410523100" else row for row in SMALL]

    outcome = load_regions(path=a_file(tmp_path / "b.gz", renamed), as_of=date(2025, 1, 1))

    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 4)
    town = Region.objects.get(pk="410523100")
    assert town.name == "新城关镇"
    assert town.former_names == [{"name": "城关镇", "until": "2024-12-31"}]


def test_a_code_that_is_gone_ends_and_points_to_its_successor(tmp_path):
    load_regions(path=a_file(tmp_path / "a.gz", SMALL))
    moved = [*SMALL[:4], ("410523100201", "石家庄村民委员会", "5", "410523100", "村委会")]

    outcome = load_regions(path=a_file(tmp_path / "b.gz", moved), as_of=date(2025, 1, 1))

    assert (outcome.added, outcome.ended) == (1, 1)
    old, new = Region.objects.get(pk="410523100200"), Region.objects.get(pk="410523100201")
    assert old.valid_to == date(2024, 12, 31)
    assert old.successor == new
    assert new.valid_from == date(2025, 1, 1)

    again = load_regions(path=tmp_path / "b.gz", as_of=date(2025, 1, 1))
    assert (again.added, again.changed, again.ended) == (0, 0, 0)


def test_grids_drawn_by_a_county_survive_a_load(tmp_path):
    load_regions(path=a_file(tmp_path / "a.gz", SMALL))
    Region.objects.create(
        code="410523100200001", name="第一网格", level=6, kind="grid", parent_id="410523100200"
    )

    load_regions(path=tmp_path / "a.gz", as_of=date(2025, 1, 1))

    assert Region.objects.get(pk="410523100200001").valid_to is None


def test_a_file_without_a_column_is_refused_with_its_name(tmp_path):
    path = a_file(tmp_path / "a.gz", [], header=("code", "name", "level", "parent"))
    with pytest.raises(NotPossible, match="kind"):
        load_regions(path=path)
    assert not Region.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        ("410523", "汤阴县", "three", "410500", "county"),
        ("41052x", "汤阴县", "3", "410500", "county"),
        ("410523", "汤阴县", "9", "410500", "county"),
        ("410523", "汤阴某", "3", "410500", "county"),
        ("4105",),
    ],
)
def test_a_row_that_makes_no_sense_stops_the_load_with_its_line(tmp_path, row):
    path = a_file(tmp_path / "a.gz", [*SMALL[:2], row])
    with pytest.raises(NotPossible, match="第 4 行"):
        load_regions(path=path)
    assert not Region.objects.exists()


def test_a_file_that_is_not_packed_is_refused(tmp_path):
    (tmp_path / "a.gz").write_text("code,name")
    with pytest.raises(NotPossible, match="gzip"):
        load_regions(path=tmp_path / "a.gz")
