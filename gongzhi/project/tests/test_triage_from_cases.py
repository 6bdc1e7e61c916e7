"""`gongzhi triage train --from-cases` learns from what this installation closed, and writes the same kind of file."""

from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.insight.triage import model_file
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.project.cli.triage import classifying, triage

pytestmark = pytest.mark.django_db
RUN = CliRunner()
LAMPS = ["路灯不亮", "灯杆歪了", "晚上太黑看不见路", "照明坏了", "一排路灯都灭了", "路灯一闪一闪"]
OUTAGES = ["停电了", "电压太低", "变压器冒烟跳闸", "线路老化总停电", "一用电就跳闸", "半夜停电"]


@pytest.fixture(autouse=True)
def database_of_the_test(monkeypatch):
    monkeypatch.setattr(classifying, "database", nullcontext)


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
