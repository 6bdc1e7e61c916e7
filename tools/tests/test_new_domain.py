"""The skeleton that tools/new-domain writes is green: style, types, contracts, shape, migrations and its own tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
COPIED = ("gongzhi", "architecture", "tools", "docs", "conftest.py", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "screenshots")
CHECKS = (
    ("ruff", "check", "gongzhi/domains/village_pledges", "gongzhi/project/settings.py"),
    ("ruff", "format", "--check", "gongzhi/domains/village_pledges", "gongzhi/project/settings.py"),
    ("django-admin", "check"),
    ("django-admin", "makemigrations", "--check", "--dry-run"),
    ("lint-imports",),
    ("mypy", "gongzhi/domains/village_pledges"),
    ("pytest", "gongzhi/domains/village_pledges", "gongzhi/kernel/lock/tests/test_coverage.py"),
    ("pytest", "gongzhi/kernel/retention/tests/test_forgetting.py"),
    ("pytest", "architecture", "-k", "village_pledges or every_domain or every_exported or personal_data"),
    ("python", "tools/procedures.py", "--check"),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the source code, in which anything may be written."""
    copy = tmp_path_factory.mktemp("house")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=LEFT_OUT)
        else:
            shutil.copy2(source, copy / name)
    if (ROOT / ".mypy_cache").exists():  # types of the rest were checked before; saves a minute
        shutil.copytree(ROOT / ".mypy_cache", copy / ".mypy_cache")
    return copy


def run(house, *command):
    own = {
        "PYTHONPATH": str(house),
        "GONGZHI_HOME": str(house / "home"),
        "PATH": f"{BIN}:{os.environ['PATH']}",
    }
    seen = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "gongzhi.project.settings"}
    seen.pop("DATABASE_URL", None)
    return subprocess.run(command, cwd=house, env=seen, capture_output=True, text=True, check=False)


def new_domain(house, *words):
    return run(house, "python", "tools/new-domain", *words)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("hotline", "--label", "热线"), "is there already"),
        (("Pledges", "--label", "村规民约"), "cannot be used"),
        (("class", "--label", "村规民约"), "cannot be used"),
        (("../outside", "--label", "村规民约"), "cannot be used"),
        (("pledges", "--label", '"'), "The label"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(house, words, reason):
    before = sorted((house / "gongzhi" / "domains").iterdir())
    settings = (house / "gongzhi/project/settings.py").read_text()
    done = new_domain(house, *words)

    assert done.returncode == 1 and reason in done.stderr
    assert sorted((house / "gongzhi" / "domains").iterdir()) == before
    assert (house / "gongzhi/project/settings.py").read_text() == settings


def test_a_new_domain_is_green(house):
    written = new_domain(house, "village_pledges", "--label", "村规民约", "--matter", "village_pledge")
    assert written.returncode == 0 and not written.stderr, written.stderr

    for check in CHECKS:
        done = run(house, *check)
        assert done.returncode == 0, f"{' '.join(check)}\n{done.stdout}\n{done.stderr}"
