"""A file of messages becomes requests: original times, bad rows by line, and nothing twice."""

import gzip
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone

from gongzhi.base.declined import NotPossible
from gongzhi.channels.message_files import Source, import_messages
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import at
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.tests.factories import a_category, a_region

pytestmark = pytest.mark.django_db
COLUMNS = {"reference": "编号", "title": "主题", "text": "内容", "time": "时间"}
HEADER = "编号,主题,内容,时间"
GOOD = "7,路灯不亮,村口的路灯坏了一个星期,2026-03-02 09:30:00"


@pytest.fixture
def source():
    return Source(name="测试来源", columns=COLUMNS, region_code=a_region("410523").code)


def a_file(folder, *lines):
    path = folder / "messages.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return path


def test_a_message_becomes_a_request_of_its_own_time(tmp_path, source):
    imported = import_messages(a_file(tmp_path, GOOD), source)
    assert (imported.opened, imported.known, imported.refused) == (1, 0, [])
    request = Request.objects.select_related("case").get()
    assert (request.case.title, request.case.channel) == ("路灯不亮", "import")
    assert request.case.opened_at == at(3, 2, 9, 30)
    assert request.source_reference == "测试来源:7"


def test_the_audit_record_says_when_a_message_was_registered_and_not_when_it_was_received(tmp_path, source):
    before = timezone.now()
    import_messages(a_file(tmp_path, GOOD), source)
    assert Entry.objects.get(action="hotline.request.open").at >= before


def test_running_it_twice_adds_nothing_even_when_the_rows_moved(tmp_path, source):
    import_messages(a_file(tmp_path, GOOD), source)
    again = import_messages(a_file(tmp_path, "8,新的,另一件事情的经过,2026-03-03", GOOD), source)
    assert (again.opened, again.known) == (1, 1)
    assert Case.objects.count() == 2


def test_bad_rows_are_reported_by_line_and_the_rest_is_kept(tmp_path, source):
    path = a_file(
        tmp_path,
        GOOD,
        "8,没有内容,,2026-03-02",
        ",没有编号,内容内容,2026-03-02",
        "9,时间不对,内容内容,昨天",
        "10,好的,内容内容内容,2026/3/2 8:00:00",
    )
    imported = import_messages(path, source)
    assert imported.opened == 2
    assert [row.line for row in imported.refused] == [3, 4, 5]
    assert "2026-03-02 09:30" in imported.refused[2].message
    assert Case.objects.count() == 2


def test_an_unknown_category_or_kind_is_refused_for_that_row_only(tmp_path, source):
    a_category("urban.lighting.streetlamp")
    path = tmp_path / "m.csv"
    path.write_text(
        f"{HEADER},类别,类型\n{GOOD},urban.lighting.streetlamp,help\n8,b,内容,2026-03-02,nonsense,help\n"
        "9,c,内容,2026-03-02,urban.lighting.streetlamp,nonsense",
        encoding="utf-8",
    )
    more = Source(
        name="x", columns={**COLUMNS, "category": "类别", "kind": "类型"}, region_code=source.region_code
    )
    imported = import_messages(path, more)
    assert (imported.opened, [row.line for row in imported.refused]) == (1, [3, 4])


def test_a_packed_file_and_a_spreadsheet_are_read_alike(tmp_path, source):
    packed = tmp_path / "m.csv.gz"
    packed.write_bytes(gzip.compress(f"{HEADER}\n{GOOD}".encode("gb18030")))
    assert import_messages(packed, source).opened == 1
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append([8, "表格来的", "表格里的内容", at(3, 4, 10, 15).replace(tzinfo=None)])
    book.save(tmp_path / "m.xlsx")
    assert import_messages(tmp_path / "m.xlsx", source).opened == 1
    assert Case.objects.get(title="表格来的").opened_at == at(3, 4, 10, 15)


def test_a_file_or_mapping_that_cannot_be_used_is_refused_as_a_whole(tmp_path, source):
    with pytest.raises(NotPossible, match="没有找到"):
        import_messages(Path("absent.csv"), source)
    with pytest.raises(NotPossible, match="缺少"):
        import_messages(
            a_file(tmp_path, GOOD), Source(name="x", columns={"text": "内容"}, region_code="410523")
        )
    wrong = Source(name="x", columns={**COLUMNS, "place": "地点"}, region_code="410523")
    with pytest.raises(NotPossible, match="地点"):
        import_messages(a_file(tmp_path, GOOD), wrong)
    broken = tmp_path / "b.csv.gz"
    broken.write_bytes(b"not packed")
    with pytest.raises(NotPossible, match="gz"):
        import_messages(broken, source)
    assert not Case.objects.exists()
