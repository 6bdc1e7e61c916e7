"""The demonstration learns a first model once; one of an earlier version is put aside, and one that works stays."""

import pytest

from gongzhi.insight.triage import model_file
from gongzhi.insight.triage.tests.small import small_model
from gongzhi.project.cli import running

KEYS = ("urban.lighting.streetlamp", "urban.streets.rubbish", "utilities.power.outage")


@pytest.fixture
def file(tmp_path, settings, monkeypatch):
    """Return where the model lies; what is learnt is a small one."""
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    settings.TRIAGE_MODEL = str(home / "triage.model")
    learnt = model_file.load(small_model(elsewhere, KEYS))
    monkeypatch.setattr(running, "learn_starter", lambda: learnt)
    return home / "triage.model"


def test_a_model_is_learnt_once(file):
    running._learn_starter()
    first = file.stat().st_mtime_ns
    running._learn_starter()
    assert file.stat().st_mtime_ns == first
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_model_that_this_version_cannot_read_is_put_aside(file, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(model_file, "FORMAT", "gongzhi-triage-before")
        running._learn_starter()
    kept = file.read_bytes()

    running._learn_starter()

    assert model_file.load(file).card
    assert file.with_name("triage.model.before").read_bytes() == kept
