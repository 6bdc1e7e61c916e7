"""Every period of the regulation, over holidays and make-up days, against a table that a lawyer can read."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from gongzhi.domains.petitions.domain import DOMAIN
from gongzhi.domains.petitions.procedures.petition import DIRECT
from gongzhi.kernel.cases import clocks
from gongzhi.kernel.cases.models import Case

pytestmark = pytest.mark.django_db
TABLE = yaml.safe_load((Path(__file__).parent / "deadlines.yaml").read_text("utf-8"))
CLOCKS = {clock.rule: (procedure, clock) for procedure in DOMAIN.procedures for clock in procedure.clocks}


def moment(text):
    """A moment as the table writes it: a time of day in Henan."""
    day = text if isinstance(text, datetime) else datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007
    return day.replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def begun(row):
    """The deadline that begins when a case enters the stage in which the clock runs."""
    procedure, clock = CLOCKS[{"XF-08": "XF-07"}.get(row["rule"], row["rule"])]
    flags = [DIRECT] if clock.only_for == DIRECT else []
    case = Case(pk=1, region_code="410523", stage=clock.stages[0], flags=flags)
    started = clocks.started(procedure, case, "open", moment(row["received"]), ())
    return procedure, next(deadline for deadline in started if deadline.clock == clock.key)


def named(row):
    return f"{row['rule']} {row['received']}"


def test_the_table_is_long_and_knows_every_confirmed_rule():
    rows = [row for kind in TABLE.values() for row in kind]
    assert len(rows) >= 120
    assert {row["rule"] for row in rows} == set(CLOCKS) - {"XF-06", "XF-14", "XF-24", "XF-31"} | {"XF-08"}


@pytest.mark.parametrize("row", TABLE["plain"], ids=named)
def test_a_period_ends_on_the_day_of_the_table_and_cites_its_article(row):
    _, deadline = begun(row)
    assert f"{deadline.due_at:%Y-%m-%d}" == str(row["due"])
    assert deadline.basis.endswith(row["article"])


@pytest.mark.parametrize("row", TABLE["extended"], ids=named)
def test_the_extension_counts_on_from_the_sixtieth_day(row):
    procedure, deadline = begun(row)
    clocks.extend(procedure, deadline, moment(row["received"]))
    assert f"{deadline.due_at:%Y-%m-%d}" == str(row["due"])
    assert row["article"] in deadline.basis.partition("；延长")[2]


@pytest.mark.parametrize("row", TABLE["heard"], ids=named)
def test_the_days_of_a_hearing_are_added(row):
    procedure, deadline = begun(row)
    clocks.pause(procedure, deadline, "hearing", moment(row["opened"]))
    clocks.resume(procedure, deadline, moment(row["closed"]))
    assert f"{deadline.due_at:%Y-%m-%d}" == str(row["due"])
