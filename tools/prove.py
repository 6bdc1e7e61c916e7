"""Proves the whole house: style, types, import contracts, system checks, migrations, then every test and journey.

`make test` calls it. Each step says its name and how long it took; the first that fails ends the run.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
#: Debian's packages that tests use, and what each brings.
PROGRAMS = {
    "chromium": Path("/usr/bin/chromium"),
    "fonts-noto-cjk": Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    "pgbouncer": Path("/usr/sbin/pgbouncer"),
}
TESTED = ("gongzhi", "architecture", "benchmarks", "tools", "verifier")
JOURNEYS = "journeys"

ASKING = 120  # seconds for the advisory service
LINT = (
    ("style", ("ruff", "check", ".")),
    ("layout", ("ruff", "format", "--check", ".")),
    ("types", ("mypy", "gongzhi")),
    ("import contracts", ("lint-imports",)),
    (
        "dangerous calls",
        ("bandit", "-q", "-r", "gongzhi", "verifier/gongzhi_verify", "tools", "-c", "pyproject.toml"),
    ),
    ("system checks", ("django-admin", "check")),
    ("missing migrations", ("django-admin", "makemigrations", "--check", "--dry-run")),
)


def environment() -> dict[str, str]:
    """Return what the steps see: the settings, a home of their own, English tool messages."""
    chosen = os.environ.get("GONGZHI_HOME", str(ROOT / ".gongzhi" / "tests"))
    own = {
        "DJANGO_SETTINGS_MODULE": "gongzhi.project.settings",
        "GONGZHI_HOME": chosen,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore::RuntimeWarning",  # makemigrations without a database says so
    }
    return {**os.environ, **own}


def step(name: str, command: tuple[str, ...]) -> None:
    """Run one step; show what it said only when it fails, and end there."""
    begun = time.monotonic()
    say(f"{name} ...", end=" ")
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - begun
    if done.returncode:
        say(f"FAILED after {seconds:.0f} s\n{done.stdout}")
        say(f"Failed: {name}. Again: {' '.join(command)}")
        sys.exit(1)
    say(f"ok, {seconds:.0f} s")


def advisories() -> None:
    """Ask for known weaknesses of what we run on; where nobody can be asked, say so and never pass in silence."""
    say("known weaknesses ...", end=" ")
    command = [
        BIN / "pip-audit",
        "-r",
        "requirements/base.txt",
        "--disable-pip",
        "--require-hashes",
        "-f",
        "json",
    ]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=ASKING)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError) as reason:
        say(f"NOT CHECKED: no answer from the advisory service ({type(reason).__name__}).")
        return
    weak = [f"{one['name']} {one['version']}: {bad['id']}" for one in found for bad in one.get("vulns", [])]
    if weak:
        say("FAILED\n" + "\n".join(weak))
        say("Raise the versions in requirements/base.in, then: make lock")
        sys.exit(1)
    skipped = sum("skip_reason" in one for one in found)
    if skipped:
        say(
            f"NOT CHECKED: {skipped} of {len(found)} packages; ask again with a network: pip-audit -r requirements/base.txt"
        )
        return
    say(f"ok, {len(found)} packages")


def prepare_programs() -> None:
    """Install Debian's Chromium, Chinese fonts and PgBouncer when we may, else say what to install."""
    missing = [package for package, place in PROGRAMS.items() if not place.exists()]
    if not missing:
        return
    apt = shutil.which("apt-get")
    if os.geteuid() == 0 and apt:
        say(f"Installing Debian's {', '.join(missing)} for the tests ...")
        quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (("update",), ("install", "-y", "--no-install-recommends", *missing)):
            subprocess.run([apt, "-qq", *words], env=quietly, stdout=subprocess.DEVNULL, check=False)
    for package, place in PROGRAMS.items():
        if not place.exists():
            say(f"NO {package}: its tests will be skipped. To run them: sudo apt-get install {package}")


def say(words: str, end: str = "\n") -> None:
    """Tell at once, even into a file."""
    sys.stdout.write(words + end)
    sys.stdout.flush()


def main() -> None:
    """Run every step; pytest comes last and closes with its own summary, skipped journeys included."""
    for name, command in LINT:
        step(name, command)
    if "--only-lint" in sys.argv:
        return
    advisories()
    prepare_programs()
    os.chdir(ROOT)
    # A module's tests stay together; each of the two workers has a database of its own.
    say("tests on PostgreSQL ...")
    folders = [folder for folder in TESTED if any((ROOT / folder).rglob("test_*.py"))]
    parallel = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    command = [BIN / "pytest", "-r", "sfE", *parallel, *folders]
    if code := subprocess.run(command, env=environment(), check=False).returncode:
        sys.exit(code)
    # By themselves: the browser's loop stays in the process, and no other test may run beside it.
    say("journeys through the browser ...")
    os.execve(BIN / "pytest", [str(BIN / "pytest"), "-r", "sfE", JOURNEYS], environment())  # nosec B606 # noqa: S606


if __name__ == "__main__":
    main()
