"""Heavy questions: an export holds the facts and nobody's data, and each engine gives the figures of the pages."""

import shutil
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.utils.timezone import localdate
from psycopg.conninfo import make_conninfo

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.insight.analysis.engines import duckdb, postgres
from gongzhi.insight.analysis.exported import MANIFEST, manifest_of
from gongzhi.insight.analysis.exporting import export
from gongzhi.insight.analysis.expressions import expression
from gongzhi.insight.analysis.questions import question_of
from gongzhi.insight.analysis.tables import COLUMNS
from gongzhi.insight.statistics.counting import count_from
from gongzhi.insight.statistics.figures import Area, Period, by_category, by_class, by_place, total
from gongzhi.insight.statistics.measures import MEASURES
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import MatterCategory
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.kernel.registry.api import DOMAINS
from gongzhi.project.simulate.loading import simulate

START = date(2025, 2, 1)
NOW = at(2, 1, 9, year=2026)
KNOWN = Period(START, date(2026, 1, 31))
LATER = Period(date(2025, 9, 1), KNOWN.last)
DAY = at(3, 3, 9)
ALL = Area("41", tuple(DOMAINS))
QUESTIONS = (("county", "week", "category"), ("city", "month", "urban"), ("day",), ("county", "domain"), ())
ON_SPARK = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="Spark is not installed: pip install -r requirements/cluster.txt, and Java 17",
)


def silent(*_):
    pass


def url():
    given = connection.get_connection_params()
    where = {name: given[name] for name in ("host", "port", "user", "password") if given.get(name)}
    return make_conninfo(dbname=connection.settings_dict["NAME"], **where)


def a_year():
    """Matters of a year in two counties, counted."""
    for county in ("410523", "410522"):
        for number in range(201, 204):
            a_region(f"{county}100{number}")
    simulate("4105", 3_000, 0, START, silent)
    count_from(START, NOW, silent)


def plain(rows, question):
    """The sums and figures of an answer by cell; what engines divide a little differently is made equal."""
    found = expression(rows, question).to_pyarrow().to_pylist()
    return {
        tuple(row[name] for name in (*question.keys, "begins")): {
            name: round(value, 9) if isinstance(value, float) else value for name, value in row.items()
        }
        for row in found
    }


def asked(measures=MEASURES, questions=QUESTIONS):
    return [question_of(measure.key, by, LATER, "41", KNOWN) for measure in measures for by in questions]


@pytest.mark.django_db(transaction=True)
def test_every_engine_gives_the_figures_of_the_pages(tmp_path):
    a_year()
    done = export(url(), tmp_path / "out", None, NOW, silent)
    assert (done.period, done.to_count_anew) == (KNOWN, ())
    assert done.rows["facts"] > done.rows["days"] > 300
    facts, days = (duckdb.rows(tmp_path / "out", table) for table in ("facts", "days"))

    with postgres.rows(url(), "days", KNOWN) as of_days:
        for question in asked():
            found = plain(facts, question)
            assert len(found) > 1
            assert plain(days, question) == found, question
            assert plain(of_days, question) == found, question
    with postgres.rows(url(), "facts", KNOWN) as of_facts:
        for question in asked(MEASURES[:2], QUESTIONS[:2]):
            assert plain(of_facts, question) == plain(facts, question), question

    categories = dict(MatterCategory.objects.values_list("pk", "key"))
    kinds = {categories.get(number, ""): counts for number, counts in by_category(ALL, LATER).items()}
    pages = {
        "county": by_place(ALL, LATER, 6),
        "city": by_place(ALL, LATER, 4),
        "urban": by_class(ALL, LATER),
        "category": kinds,
    }
    for measure in MEASURES:
        for name, counted in pages.items():
            found = plain(facts, question_of(measure.key, (name,), LATER, "41", KNOWN))
            figures = {key: row["figure"] for (key, begins), row in found.items() if begins == LATER.first}
            assert figures == pytest.approx({key: measure.of(counts) for key, counts in counted.items()})
        whole = plain(facts, question_of(measure.key, (), LATER, "41", KNOWN))[(LATER.first,)]
        now, before = measure.of(total(ALL, LATER)), measure.of(total(ALL, LATER.before))
        assert (whole["figure"], whole["change"]) == pytest.approx((now, now - before))


@ON_SPARK
@pytest.mark.django_db(transaction=True)
def test_spark_gives_the_same(tmp_path, monkeypatch):
    small = "--conf spark.sql.shuffle.partitions=2 --conf spark.ui.enabled=false pyspark-shell"
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", small)
    a_year()
    export(url(), tmp_path / "out", None, NOW, silent)
    spark = import_module("gongzhi.insight.analysis.engines.spark")
    here, there = (engine.rows(tmp_path / "out", "facts") for engine in (duckdb, spark))
    for question in asked(MEASURES[2:3], QUESTIONS[:2]):
        assert plain(there, question) == plain(here, question), question


@pytest.mark.django_db(transaction=True)
def test_an_export_holds_facts_and_nobodys_data(tmp_path):
    county = County()
    county.submit(DAY)
    complaint = county.submit(DAY, phone="13800002222")
    Case.objects.filter(pk=complaint.pk).update(against_unit=county.bureau)
    later = DAY + timedelta(days=2)

    done = export(url(), tmp_path / "out", None, later, silent)

    table = pq.read_table(tmp_path / "out" / "facts", partitioning=None)
    assert table.column_names == [
        *("day", "county", "urban", "domain", "category"),
        *("opened", "closed", "solved", "explained", "rejected", "answered", "on_time", "hours"),
        *("grade_5", "grade_4", "grade_3", "grade_2", "grade_1"),
    ]
    assert tuple(table.column_names) == COLUMNS
    (row,) = table.to_pylist()
    assert (row["day"], row["county"], row["opened"]) == (localdate(DAY), county.place.code[:6], 1)
    files = [one["path"] for one in manifest_of(tmp_path / "out")["files"]]
    assert files == [f"facts/year={DAY.year}/city={county.place.code[:4]}/part-0.parquet"]
    assert done.to_count_anew == (localdate(DAY),), "nobody has counted that day yet"
    entry = Entry.objects.get(action="statistics.exported")
    assert entry.details["sha256"] == done.sha256
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0, "counts below five are in it"


@pytest.mark.django_db(transaction=True)
def test_an_export_replaces_its_own_kind_alone_and_leaves_nothing_half_done(tmp_path):
    county = County()
    county.submit(DAY)
    later, folder = DAY + timedelta(days=1), tmp_path / "out"
    export(url(), folder, None, later, silent)
    county.submit(DAY, phone="13800002222")
    export(url(), folder, None, later, silent)
    assert pq.read_table(folder / "facts", partitioning=None).num_rows == 2

    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(url(), folder, None, later, stop)
    assert pq.read_table(folder / "facts", partitioning=None).num_rows == 2

    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / MANIFEST).write_text("{}")
    with pytest.raises(NotPossible):
        export(url(), theirs, None, later, silent)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "theirs"]
    assert [path.name for path in theirs.iterdir()] == [MANIFEST]
    assert Entry.objects.filter(action="statistics.exported").count() == 2
