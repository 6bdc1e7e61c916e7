"""`--from-cases`: `gongzhi triage train` learns from what this installation closed, `index` makes its index from what is open."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.insight.triage import model_file
from gongzhi.insight.triage.shelf import Shelf, writing
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.project.cli.triage import classifying, gathering, triage
from gongzhi.project.supervise import Ended

pytestmark = pytest.mark.django_db
RUN = CliRunner()
LAMPS = ["路灯不亮", "灯杆歪了", "晚上太黑看不见路", "照明坏了", "一排路灯都灭了", "路灯一闪一闪"]
OUTAGES = ["停电了", "电压太低", "变压器冒烟跳闸", "线路老化总停电", "一用电就跳闸", "半夜停电"]


@pytest.fixture(autouse=True)
def database_of_the_test(monkeypatch):
    for commands in (classifying, gathering):
        monkeypatch.setattr(commands, "database", nullcontext)


def close(county, category, words):
    for number, word in enumerate(words):
        text = f"村里{word}，{words[number - 1]}，请来修。"
        request = county.submit(at(3, 2), category=category.key, title=word, text=text)
        Case.objects.filter(pk=request.pk).update(closed_at=at(3, 6))


def test_closed_requests_teach_a_model_that_is_read_like_any_other(tmp_path):
    county, out = County(), tmp_path / "own.model"
    close(county, county.lamps, LAMPS)
    close(county, county.outage, OUTAGES)
    close(county, county.climate, ["办证要跑很多趟"])

    told = RUN.invoke(triage, ["train", "--from-cases", str(out)])

    assert told.exit_code == 0, told.output
    learnt = model_file.load(out)
    assert learnt.categories == (county.lamps.key, county.outage.key), "one message alone makes no category"
    assert learnt.card["messages"] == 12
    assert learnt.predicted(["村里停电，一用电就跳闸"])[0].category == county.outage.key
    assert Entry.objects.filter(action="hotline.learn").count() == 1


def test_where_too_little_was_closed_the_starter_is_named(tmp_path):
    county, out = County(), tmp_path / "own.model"
    close(county, county.lamps, LAMPS)

    told = RUN.invoke(triage, ["train", "--from-cases", str(out)])

    assert told.exit_code == 1
    assert "gongzhi triage starter" in str(told.exception)
    assert not out.exists()


def test_without_a_table_or_cases_the_command_says_what_it_wants():
    told = RUN.invoke(triage, ["train"])
    assert told.exit_code == 1
    assert "--from-cases" in str(told.exception)


def test_the_index_is_made_of_open_requests_and_tells_how_far_it_is(tmp_path, settings):
    settings.TRIAGE_SHELF = str(tmp_path / "shelf")
    county = County()
    close(county, county.lamps, LAMPS)
    waiting = county.submit(timezone.now() - timedelta(days=1))

    told = RUN.invoke(triage, ["index", "--from-cases"])

    assert told.exit_code == 0, told.output
    assert Shelf(tmp_path / "shelf").ids().tolist() == [waiting.pk]
    assert "Texts read, each twice: 2/2" in told.stderr
    assert "1 open requests are indexed" in told.stderr


@pytest.mark.parametrize("of_a_file", [True, False])
def test_while_another_process_writes_the_command_says_what_to_do(tmp_path, settings, of_a_file):
    settings.TRIAGE_SHELF = str(tmp_path / "shelf")
    County().submit(timezone.now() - timedelta(days=1))
    table = tmp_path / "messages.csv"
    table.write_text("id,region,text,time\n7,410526,路灯不亮请派人修,2026-03-02\n", encoding="utf-8")
    asked = [str(table), str(tmp_path / "shelf")] if of_a_file else ["--from-cases"]

    with writing(tmp_path / "shelf"):
        told = RUN.invoke(triage, ["index", *asked])

    assert told.exit_code == 1
    assert isinstance(told.exception, Ended) and "run this one again" in str(told.exception)
    assert not list((tmp_path / "shelf").glob("laid-*"))
    assert not Entry.objects.filter(action="hotline.index").exists()


def test_without_a_file_or_cases_the_index_says_what_it_wants():
    told = RUN.invoke(triage, ["index"])
    assert told.exit_code == 1
    assert "--from-cases" in str(told.exception)
