"""Loading responsibility lists, categories and units: bad rows are named, the others kept."""

from datetime import date, datetime

import openpyxl
import pytest

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.loading import load_categories, load_responsibilities, load_units
from gongzhi.kernel.organisations.models import MatterCategory, Responsibility, Unit
from gongzhi.kernel.organisations.responsibilities import responsible_for
from gongzhi.kernel.organisations.tests.factories import a_category, a_region, a_unit

pytestmark = pytest.mark.django_db

HEADER = "category,region,lead_unit,co_units,standard,basis,arbiter,valid_from"
LAMP = "urban.lighting.streetlamp"


@pytest.fixture
def county():
    a_category(LAMP)
    a_region("410523")
    a_unit("城管局", key="urban_management")
    a_unit("供电公司", key="power")
    a_unit("政数局", key="government_service")


def a_list(path, *lines, header=HEADER, encoding="utf-8"):
    path.write_text("\n".join([header, *lines]) + "\n", encoding=encoding)
    return path


def test_good_rows_are_kept_and_bad_rows_named_by_line(county, tmp_path):
    path = a_list(
        tmp_path / "list.csv",
        f"{LAMP},410523,urban_management,power|government_service,五日内修复,责任清单,government_service,2026-01-01",
        "urban.no_such,410523,urban_management,,,,,2026-01-01",
        f"{LAMP},999999,urban_management,,,,,2026-01-01",
        f"{LAMP},410523,nobody,,,,,2026-01-01",
        f"{LAMP},410523,,,,,,2026-01-01",
        f"{LAMP},410523,power,,,,,someday",
        f"{LAMP},410523,power,,,,,2026-01-01",
        "",
        "urban,410523,供电公司,,,,,2026/01/01",
    )

    outcome = load_responsibilities(path)

    assert outcome.added == 2
    assert [row.line for row in outcome.refused] == [3, 4, 5, 6, 7, 8]
    assert "请" in outcome.refused[0].message
    assert "nobody" in outcome.refused[2].message
    assert "第 2 行" in outcome.refused[5].message
    line = Responsibility.objects.get(category__key=LAMP)
    assert {unit.key for unit in line.co_units.all()} == {"power", "government_service"}
    assert line.arbiter.key == "government_service"
    assert (
        responsible_for("urban", "410523", date(2026, 1, 1)).lead_unit_id == Unit.objects.get(key="power").pk
    )


def test_loading_a_list_twice_adds_nothing_and_a_corrected_list_corrects(county, tmp_path):
    path = a_list(tmp_path / "list.csv", f"{LAMP},410523,urban_management,power,,清单,,2026-01-01")
    load_responsibilities(path)

    again = load_responsibilities(path)
    corrected = load_responsibilities(
        a_list(tmp_path / "list.csv", f"{LAMP},410523,power,,,清单,,2026-01-01")
    )

    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert (corrected.added, corrected.changed) == (0, 1)
    line = Responsibility.objects.get()
    assert (line.lead_unit.key, line.co_units.count()) == ("power", 0)


def test_a_workbook_with_real_dates_and_numbers_is_read_like_text(county, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append([LAMP, 410523, "urban_management", None, None, "清单", None, datetime(2026, 1, 1)])
    book.active.append([LAMP, 410523, "nobody", None, None, None, None, datetime(2026, 2, 1)])
    book.save(tmp_path / "list.xlsx")

    outcome = load_responsibilities(tmp_path / "list.xlsx")

    assert outcome.added == 1
    assert [row.line for row in outcome.refused] == [3]
    assert Responsibility.objects.get().valid_from == date(2026, 1, 1)


def test_a_list_saved_by_a_chinese_spreadsheet_is_read(county, tmp_path):
    path = a_list(tmp_path / "list.csv", f"{LAMP},410523,城管局,,,清单,,2026-01-01", encoding="gb18030")
    assert load_responsibilities(path).added == 1


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.csv", b"category,region\nx,y\n", "lead_unit"),
        ("b.csv", b"", "category"),
        ("c.csv", b"\xff\xff\xff\xff", "UTF-8"),
        ("d.csv", b'category,region,lead_unit,valid_from\n"a"b,c\n', "第 2 行"),
        ("e.xlsx", b"this is no workbook", "xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(tmp_path, name, content, match):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotPossible, match=match):
        load_responsibilities(tmp_path / name)
    assert not Responsibility.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotPossible, match="没有找到文件"):
        load_responsibilities(tmp_path / "nothing.csv")


CATEGORIES = """
- key: urban
  label: 城市管理
  children:
    - key: urban.lighting
      label: 公共照明
      children:
        - {key: urban.lighting.streetlamp, label: 路灯, label_en: Street lamps, words: [路灯, 太黑], instant: true}
        - {key: housing.lamp, label: 放错了的}
"""


def test_categories_are_loaded_as_a_tree_and_twice_adds_nothing(tmp_path):
    path = tmp_path / "categories.yaml"
    path.write_text(CATEGORIES, encoding="utf-8")

    first, second = load_categories(path), load_categories(path)

    assert (first.added, second.added, second.unchanged) == (3, 0, 3)
    assert [row.line for row in first.refused] == [4]
    lamp = MatterCategory.objects.get(key=LAMP)
    assert (lamp.level, lamp.parent.key, lamp.instant, lamp.keywords) == (
        3,
        "urban.lighting",
        True,
        ["路灯", "太黑"],
    )


UNITS = """
- {key: government, name: 汤阴县人民政府, kind: government, region: "410523", parent: null}
- {key: housing, name: 汤阴县住建局, kind: government_department, region: "410523", parent: government}
- {key: nowhere, name: 某局, kind: government_department, region: "999999"}
- {key: orphan, name: 某所, kind: government_department, region: "410523", parent: nobody}
- {key: strange, name: 某会, kind: secret_society, region: "410523"}
- {key: undated, name: 某站, kind: enterprise, region: "410523", valid_from: someday}
- {key: misread, name: 某社, kind: enterprise, region: "410523", uscc: 91350100M000100Y44}
- {key: works, name: 某厂, kind: enterprise, region: "410523", uscc: 91350100M000100Y43}
"""


def test_units_are_loaded_with_their_parents_and_bad_entries_named(tmp_path):
    a_region("410523")
    path = tmp_path / "units.yaml"
    path.write_text(UNITS, encoding="utf-8")

    first, second = load_units(path), load_units(path)

    assert (first.added, second.added, second.unchanged) == (3, 0, 3)
    assert [row.line for row in first.refused] == [3, 4, 5, 6, 7]
    assert "校验位不符" in first.refused[-1].message
    assert Unit.objects.get(key="housing").parent.key == "government"


@pytest.mark.parametrize("content", ["a: [", "just words", "- 1\n- 2\n", "- {key: a, children: 3}\n"])
def test_a_list_that_is_no_list_is_refused(tmp_path, content):
    path = tmp_path / "list.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NotPossible, match="请"):
        load_categories(path)
