"""A list with contacts leaves only with a second official's word, marked on every line, and told to each person."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from openpyxl import load_workbook

from gongzhi.base.declined import Conflict, Declined, NotAllowed, NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.access.models import Export, Look
from gongzhi.kernel.cases.exportfiles import CALCULATED, Sheet, written
from gongzhi.kernel.cases.exports import Wanted, ask_export, decide_export, fetch_export
from gongzhi.kernel.cases.personfile import looks_of
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


@pytest.fixture
def county():
    return County()


def wanted(**more):
    return Wanted(
        **{
            "opened_from": date(2026, 3, 1),
            "opened_to": date(2026, 3, 3),
            "purpose": "visit",
            "words": "逐户上门核实路灯",
            "kind": "csv",
            **more,
        }
    )


def asked(county, **more):
    return ask_export(
        actor=county.handler, domain_key="hotline", wanted=wanted(**more), now=MONDAY, key=a_key()
    )


def approved(county, **more):
    export = asked(county, **more)
    return decide_export(
        actor=county.head, export_id=export.pk, approve=True, words="", now=MONDAY, key=a_key()
    )


def rows_of(county, export, now=MONDAY):
    _name, content = fetch_export(actor=county.handler, export_id=export.pk, now=now)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_an_approved_list_is_marked_on_every_line_and_each_person_reads_that_they_were_on_it(county):
    first, second = county.handling(MONDAY), county.handling(MONDAY, name="钱大娘", phone="13800002222")
    export = approved(county)

    mark, heads, *lines = rows_of(county, export)

    assert export.number in mark[0] and "逐户上门核实路灯" in mark[0] and county.bureau.name in mark[0]
    assert heads[-2:] == ["姓名", "电话"]
    assert [line[0] for line in lines] == [export.number] * 2
    assert {tuple(line[-2:]) for line in lines} == {("赵大爷", "13800001111"), ("钱大娘", "13800002222")}
    for request in (first, second):
        ((_day, (line,)),) = looks_of(county.asker(request), request.case, MONDAY).days
        assert line.exported and line.words == ["逐户上门核实路灯"]
    assert Look.objects.count() == 2


def test_nothing_leaves_before_another_has_agreed(county):
    county.handling(MONDAY)
    export = asked(county)
    with pytest.raises(NotPossible, match="还没有批准"):
        rows_of(county, export)
    with pytest.raises(NotAllowed):
        decide_export(
            actor=county.handler, export_id=export.pk, approve=True, words="", now=MONDAY, key=a_key()
        )
    stranger = an_official(Role.HEAD, county.other)
    with pytest.raises(Declined):
        decide_export(actor=stranger, export_id=export.pk, approve=True, words="", now=MONDAY, key=a_key())
    assert not Look.objects.exists()


def test_only_who_asked_fetches_it_for_a_day_and_three_times(county):
    county.handling(MONDAY)
    export = approved(county)
    with pytest.raises(NotAllowed, match="申请人本人"):
        fetch_export(actor=county.head, export_id=export.pk, now=MONDAY)
    for _ in range(3):
        rows_of(county, export)
    with pytest.raises(NotPossible, match="次数已用完"):
        rows_of(county, export)
    assert Look.objects.count() == 3, "each fetch is told"
    later = approved(county)
    with pytest.raises(NotPossible, match="过期"):
        rows_of(county, later, MONDAY + timedelta(days=2))


def test_confidential_and_closed_matters_and_those_of_others_never_leave(county):
    county.handling(MONDAY)
    county.handling(MONDAY, phone="13800003333", confidential=True)
    closing = county.handling(MONDAY, phone="13800004444")
    export = approved(county)
    assert len(export.case_ids) == 2
    services.withdraw_request(actor=county.asker(closing), case_id=closing.pk, now=MONDAY, key=a_key())
    assert len(rows_of(county, export)) == 2 + 1
    stranger = an_official(Role.HANDLER, county.other)
    with pytest.raises(NotPossible, match="没有可以导出"):
        ask_export(actor=stranger, domain_key="hotline", wanted=wanted(), now=MONDAY, key=a_key())


def test_a_list_longer_than_allowed_is_refused(county, settings):
    settings.EXPORT_PERSONS = 1
    county.handling(MONDAY)
    county.handling(MONDAY, phone="13800002222")
    with pytest.raises(NotPossible, match="最多导出 1 件"):
        asked(county)


def test_asking_twice_is_asking_once_and_another_wish_under_the_same_key_is_refused(county):
    county.handling(MONDAY)
    sent = {"actor": county.handler, "domain_key": "hotline", "now": MONDAY, "key": a_key()}
    assert ask_export(wanted=wanted(), **sent) == ask_export(wanted=wanted(), **sent)
    with pytest.raises(Conflict):
        ask_export(wanted=wanted(words="另一件事情"), **sent)
    assert Export.objects.count() == 1


@pytest.mark.parametrize("start", CALCULATED)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_calculated_by_a_spreadsheet(start, kind):
    harmful = f"{start}HYPERLINK(1)"
    content = written(Sheet("DC-1", "导出编号 DC-1", ["标题"], [[harmful]]), kind)
    if kind == "csv":
        cell = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[2][1]
    else:
        found = load_workbook(io.BytesIO(content)).active.cell(row=3, column=2)
        assert found.data_type == "s"
        cell = found.value
    assert cell.startswith("'")


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\x0b", "\ud83d"])
def test_no_title_keeps_a_whole_list_from_opening(sign):
    content = written(Sheet("DC-1", "导出编号 DC-1", ["标题"], [[f"路灯{sign}坏了"]]), "xlsx")
    assert load_workbook(io.BytesIO(content)).active.cell(row=3, column=2).value == "路灯坏了"


def test_the_printed_sheet_carries_the_mark(county):
    county.handling(MONDAY)
    export = approved(county, kind="xlsx")
    _name, content = fetch_export(actor=county.handler, export_id=export.pk, now=MONDAY)
    page = load_workbook(io.BytesIO(content)).active
    assert export.number in page.oddHeader.center.text and export.number in page.oddFooter.center.text


def test_what_everybody_on_the_list_reads_tells_of_no_person(county):
    county.handling(timezone.now())
    today = f"{localdate():%Y-%m-%d}"
    sent = {"purpose": "hotline.visit", "opened_from": today, "opened_to": today, "kind": "csv"}
    handler = signed_in(county.handler)
    told = handler.post(
        "/desk/exports/new/", {**sent, "key": a_key(), "words": "核实张大妈 13912345678 所说"}
    )
    assert told.status_code == 422
    assert "「13912345678」" in told.content.decode()
    assert "「张大妈」" in told.content.decode()
    assert not Export.objects.exists()
    plain = {**sent, "key": a_key(), "words": "照明科逐户上门核实路灯"}
    assert handler.post("/desk/exports/new/", plain).status_code == 303

    Export.objects.update(words="核实 13912345678 所说")
    address = f"/desk/exports/{Export.objects.get().pk}/"
    head = signed_in(county.head)
    approved = head.post(address, {"key": a_key(), "decision": "approve", "words": ""})
    assert approved.status_code == 422
    assert not Export.objects.get().is_approved, "asked for before: it can only be refused"
    refused = {"key": a_key(), "decision": "refuse", "words": "有手机号"}
    assert head.post(address, refused).status_code == 303
