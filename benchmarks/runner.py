"""Runs one measurement in an empty database and prints one JSON object: figures, baseline, ratio, machine.

A measurement is a module of this package with a docstring, whose first line says what it measures, and a function
`run(quick: bool) -> dict` that returns name, figures, baseline and ratio.
"""

import argparse
import ast
import json
import os
import platform
import sys
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

FOLDER = Path(__file__).parent


def explanations() -> dict[str, str]:
    """Return the first line of each module that has a function `run`."""
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(path.read_text())
        if any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").split("\n", 1)[0]
    return found


def measure(name: str, quick: bool) -> dict[str, object]:
    """Run a measurement on tables made afresh."""
    import_module("gongzhi.project.cli.database").migrate()  # imports models, which need Django ready
    result: dict[str, object] = import_module(f"benchmarks.{name}").run(quick)
    return {"name": name, **result, "quick": quick, "machine": machine()}


def machine() -> dict[str, object]:
    """Say on what was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    model = next(
        (line.split(":", 1)[1].strip() for line in _cpu_lines() if line.startswith("model name")), ""
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('data_directory')")
        version, folder = cursor.fetchone()
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": model or platform.machine(),
        "memory_gib": round(memory / 1024**3, 1),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": version,
        "database_in_memory": folder.startswith("/dev/shm"),  # noqa: S108
    }


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def main() -> int:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(prog="gongzhi bench")
    parser.add_argument("name", nargs="?")
    for flag in ("--quick", "--list", "--json"):
        parser.add_argument(flag, action="store_true")
    asked = parser.parse_args()
    known = explanations()
    if asked.list:
        lines = [f"{name:12} {words}" for name, words in known.items()]
        print(json.dumps(known, ensure_ascii=False) if asked.json else "\n".join(lines))
        return 0
    if asked.name not in known:
        print(f"There is no measurement {asked.name!r}. Choose one of: {', '.join(known)}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.project.settings")
    django.setup()
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    print(json.dumps(measure(asked.name, asked.quick), ensure_ascii=False, indent=None if asked.json else 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
