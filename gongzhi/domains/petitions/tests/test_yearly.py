"""The yearly report counts what came in and how it went, hides what is few, and never counts a complaint about a unit."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from gongzhi.base.declined import NotAllowed
from gongzhi.domains.petitions.queries.yearly import most_complained_of, yearly_report
from gongzhi.domains.petitions.tests.factories import County, at
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def tables(county, year=2026):
    """The report as titles and cells."""
    found = yearly_report(county.dispatcher, year)
    return {
        str(t.title): {str(label): str(number) for label, number in t.rows} | {"": t.total} for t in found
    }


def test_it_counts_by_class_way_unit_and_step():
    county = County()
    for _ in range(6):
        county.sent(MONDAY)
    for _ in range(7):
        county.submit(MONDAY, kind="suggestion")
    county.submit(at(12, 31, 23, year=2025))

    found = tables(county)
    assert found["按类别"] == {"申诉求决": "6", "建议意见": "7", "检举控告": "0", "": "13"}
    assert found["按来的方式"]["网上"] == "13"
    assert found["按承办单位"] == {county.bureau.name: "6", "": "6"}
    assert found["转送、交办、督办（次）"]["转送"] == "6"
    assert tables(county, 2025)["按类别"][""] == "<5"


def test_one_small_count_takes_its_neighbour_with_it():
    county = County()
    for kind, number in (("appeal", 8), ("suggestion", 6), ("accusation", 1)):
        for _ in range(number):
            county.submit(MONDAY, kind=kind)
    found = tables(county)["按类别"]
    assert (found["申诉求决"], found["建议意见"], found["检举控告"]) == ("8", "不显示", "不显示")


def test_a_complaint_about_a_unit_changes_no_number():
    county = County()
    for _ in range(5):
        county.submit(MONDAY)
    before = tables(county)
    case = county.submit(MONDAY, complained_of="城关镇政府")
    assert tables(county) == before
    county.do("name_complained_of", case, MONDAY, county.dispatcher, against_unit_id=county.township.pk)
    county.do("forward_petition", case, MONDAY, county.dispatcher, unit_id=county.bureau.pk)
    assert tables(county) == before


def complain(county, unit, times, year=2025):
    for _ in range(times):
        case = county.submit(at(3, 2, year=year), complained_of="某单位")
        county.do("name_complained_of", case, at(3, 2, year=year), county.dispatcher, against_unit_id=unit.pk)


def test_the_units_most_complained_of_are_listed_in_bands_once_the_year_is_over():
    county, later = County(), date(2026, 2, 1)
    complain(county, county.township, 11)
    complain(county, county.bureau, 5)
    complain(county, county.other, 4)
    found = most_complained_of(county.dispatcher, 2025, later)
    assert dict(found.rows) == {county.township.name: "10-19", county.bureau.name: "5-9"}
    assert most_complained_of(county.dispatcher, 2026, later) is None, "a year that runs would tell"
    complain(county, county.township, 2)
    assert most_complained_of(county.dispatcher, 2025, later).rows == found.rows, "one more is not seen"


def test_nobody_reads_in_it_of_their_own_unit_or_one_above():
    county, later = County(), date(2026, 2, 1)
    complain(county, county.township, 6)
    complain(county, county.bureau, 6)
    inside = an_official(Role.DISPATCHER, county.station, region_code=county.region.code)
    assert dict(most_complained_of(inside, 2025, later).rows) == {county.bureau.name: "5-9"}
    with pytest.raises(NotAllowed):
        most_complained_of(county.head, 2025, later)


def test_only_the_office_reports():
    county = County()
    with pytest.raises(NotAllowed):
        yearly_report(county.handler, 2026)


def test_the_page_and_the_sheet_say_the_same():
    county = County()
    for _ in range(5):
        county.submit(MONDAY)
    client = signed_in(county.dispatcher)

    page = client.get("/petitions/yearly/?year=2026").content.decode()
    file = client.get("/petitions/yearly/?year=2026&as=xlsx")
    book = openpyxl.load_workbook(BytesIO(b"".join(file.streaming_content)))
    lines = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]
    assert "2026 年信访工作年报" in page
    assert ["2026", "按类别", "申诉求决", "5"] in lines
    assert client.get("/petitions/yearly/?year=x").status_code == 200
