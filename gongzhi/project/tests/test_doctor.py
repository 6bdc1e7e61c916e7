"""What the doctor finds, and that every complaint says the next step."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as configured

from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.logkey import signing_key
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.kernel.delivery.models import Heartbeat
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import SYSTEM
from gongzhi.project.doctor import Finding, examine

NOW = datetime(2026, 6, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def found(now: datetime = NOW) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(now)}


@pytest.fixture
def healthy(db: None) -> None:
    Heartbeat.objects.create(name="one", at=NOW - timedelta(seconds=10))
    Region.objects.create(code="41", name="河南省", level=1, kind=Region.Kind.PROVINCE)


@pytest.mark.usefixtures("healthy")
def test_a_healthy_installation_has_no_complaint():
    assert {finding.state for finding in found().values()} == {"well"}


@pytest.mark.django_db
def test_an_empty_installation_is_told_what_to_start():
    findings = found()

    assert findings["worker"].next_step == "Start one: gongzhi worker"
    assert findings["regions"].next_step == "Run: gongzhi load-regions"


@pytest.mark.usefixtures("healthy")
def test_a_worker_silent_for_minutes_is_a_complaint():
    later = found(NOW + timedelta(minutes=5))

    assert later["worker"].state == "ill"
    assert "silent for 310 s" in later["worker"].words


@pytest.mark.usefixtures("healthy")
def test_a_record_that_nobody_seals_is_a_complaint():
    record(actor=SYSTEM, action="case.read", now=NOW - timedelta(minutes=30))
    record(actor=SYSTEM, action="case.read", now=NOW)

    finding = found()["sealed log"]

    assert finding.state == "ill" and finding.words.startswith("1 record")
    assert finding.next_step == "Start a worker: gongzhi worker"


@pytest.mark.usefixtures("healthy")
def test_a_key_of_the_log_that_is_lost_or_another_is_told_with_the_next_step(settings, tmp_path):
    settings.LOG_KEY = str(tmp_path / "log-key.pem")
    record(actor=SYSTEM, action="case.read", now=NOW - timedelta(minutes=2))
    seal_due(NOW)
    assert checkpoint_due(NOW) == 1
    assert found()["sealed log"].state == "well"

    settings.LOG_KEY = str(tmp_path / "mistyped.pem")
    lost = found()["sealed log"]
    settings.LOG_KEY = str(tmp_path / "another.pem")
    signing_key()
    another = found()["sealed log"]

    assert (lost.state, another.state) == ("note", "ill")
    assert "GONGZHI_LOG_KEY" in lost.next_step == another.next_step


@pytest.mark.usefixtures("healthy")
def test_a_year_whose_holidays_are_guessed_is_a_complaint():
    assert found(NOW.replace(year=2040))["calendar"].state == "ill"


@pytest.mark.usefixtures("healthy")
def test_in_december_the_next_year_is_asked_for():
    finding = found(NOW.replace(year=2026, month=12))["calendar"]

    assert finding.state == "note"
    assert "2027" in finding.words


@pytest.mark.usefixtures("healthy")
def test_a_folder_that_cannot_be_written_is_a_complaint(settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.DOCUMENTS_ROOT = blocked / "documents"

    assert found()["documents"].state == "ill"


@pytest.mark.usefixtures("healthy")
def test_demonstration_mode_is_noted(settings):
    settings.GONGZHI_DEMO = True

    assert found()["demonstration"].state == "note"
    assert configured.GONGZHI_DEMO
