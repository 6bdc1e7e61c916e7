"""The house keeps its shape: same files in every domain, permission first, short modules, honest models."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from gongzhi.kernel.registry.api import DOMAINS as REGISTERED

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "gongzhi"
DOMAINS = sorted(path for path in (PACKAGE / "domains").iterdir() if (path / "domain.py").exists())
#: The files of a domain and how many lines each may have, alone or in the folder of its kind (decision 28).
LONGEST = {
    "domain": 30,
    "keeping": 100,
    "procedure": 200,
    "policies": 80,
    "models": 200,
    "forms": 200,
    "schemas": 200,
    "services": 300,
    "queries": 200,
    "events": 150,
    "notices": 60,
    "fitting": 60,
    "handed": 60,
    "views": 250,
    "urls": 250,
    "api": 100,
    "tasks": 60,
}
FOLDERS = {"models", "queries", "procedures", "forms", "services", "views"}
BESIDE = {"migrations", "templates", "static", "locale", "tests", "parameters", "__pycache__"}
BANNED = {"utils", "helpers", "constants", "managers", "signals", "enums", "misc", "common"}
MODULES = sorted(
    path
    for folder in ("gongzhi", "benchmarks", "journeys")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def services_of(domain: Path) -> list[Path]:
    return sorted([*domain.glob("services.py"), *domain.glob("services/*.py")])


def use_cases() -> list[tuple[str, ast.FunctionDef]]:
    """Every public function of a service module that takes an actor by keyword, or is exported as a use case."""
    found = []
    for domain in DOMAINS:
        for path in services_of(domain):
            for node in ast.parse(path.read_text()).body:
                if (
                    isinstance(node, ast.FunctionDef)
                    and not node.name.startswith("_")
                    and node.args.kwonlyargs
                ):
                    found.append((f"{domain.name}/{path.stem}.{node.name}", node))
    return found


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda path: path.name)
def test_a_domain_has_only_known_files(domain):
    assert {path.stem for path in domain.glob("*.py")} <= {"__init__", *LONGEST}
    assert {path.name for path in domain.iterdir() if path.is_dir()} <= FOLDERS | BESIDE
    assert (domain / "README.md").exists()


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda path: path.name)
def test_each_file_of_a_domain_is_as_short_as_its_kind_asks(domain):
    for kind, longest in LONGEST.items():
        for path in [domain / f"{kind}.py", *domain.glob(f"{kind.removesuffix('s')}s/*.py")]:
            lines = len(path.read_text().splitlines()) if path.exists() else 0
            assert lines <= longest, f"{relative(path)}: {lines} lines, {longest} at most"


def test_there_are_use_cases_to_look_at():
    assert len(use_cases()) > 20


@pytest.mark.parametrize(
    ("name", "function"), use_cases(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_use_case_names_its_actor_and_authorises_first(name, function):
    assert function.args.kwonlyargs[0].arg == "actor"
    assert not function.args.args
    first = function.body[1 if ast.get_docstring(function) else 0]
    assert ast.unparse(first).startswith("authorise(actor, ")


def test_every_exported_service_is_a_use_case():
    for domain in DOMAINS:
        exported = {
            alias.name
            for path in domain.glob("services/__init__.py")
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name[0].islower()
        }
        assert exported <= {name.rpartition(".")[2] for name, _ in use_cases()}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_is_short_and_says_what_it_is_for(path):
    text = path.read_text()
    assert len(text.splitlines()) <= (600 if "tests" in path.parts else 400)
    assert path.stem not in BANNED
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "no module docstring"


@pytest.mark.parametrize("path", [path for path in MODULES if "tests" not in path.parts], ids=relative)
def test_functions_are_short_and_import_nothing_inside(path):
    for function in functions(ast.parse(path.read_text())):
        assert function.end_lineno - function.lineno < 60, function.name
        inside = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not inside, f"{function.name} imports inside"


def test_every_domain_folder_is_installed():
    assert DOMAINS
    assert set(REGISTERED) == set(settings.DOMAINS) == {path.name for path in DOMAINS}


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda path: path.name)
def test_a_domain_relates_only_to_its_own_and_kernel_models(domain):
    for model in apps.get_app_config(domain.name).get_models():
        for field in model._meta.get_fields():
            if field.related_model and not field.auto_created:
                home = field.related_model.__module__
                assert home.startswith(("gongzhi.kernel.", f"gongzhi.domains.{domain.name}.")), field


FLOORS = [
    "organisations",
    "people",
    "registry",
    "audit",
    "events",
    "access",
    "documents",
    "cases",
    "notices",
    "retention",
    "delivery",
]


def test_a_kernel_model_relates_only_to_its_own_floor_and_those_below():
    for model in apps.get_models():
        match = re.match(r"gongzhi\.kernel\.(\w+)\.", model.__module__)
        if match is None:
            continue
        for field in model._meta.get_fields():
            if field.related_model and not field.auto_created:
                home = re.match(r"gongzhi\.kernel\.(\w+)\.", field.related_model.__module__)
                assert home, f"{model.__name__}.{field.name} leaves the kernel"
                assert FLOORS.index(home[1]) <= FLOORS.index(match[1]), (
                    f"{model.__name__}.{field.name} points up"
                )


def test_every_model_says_what_personal_data_it_holds():
    ours = [model for model in apps.get_models() if model.__module__.startswith("gongzhi.")]
    assert len(ours) > 10
    for model in ours:
        if not model._meta.auto_created:
            assert "Personal data:" in (model.__doc__ or ""), model.__name__


CLOSED_LINES = re.compile(
    r"face_?recogni|facial|watch_?list|risk_?score|person_?score|sentiment|credit_?score", re.I
)


def test_the_lines_we_do_not_cross_hold_in_names_and_columns():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "name", None) or getattr(node, "attr", None) or getattr(node, "id", None)
            assert not (isinstance(name, str) and CLOSED_LINES.search(name)), f"{path}: {name}"
    for model in apps.get_models():
        for field in model._meta.get_fields():
            assert not CLOSED_LINES.search(field.name), f"{model.__name__}.{field.name}"


def test_no_template_carries_inline_style_or_script():
    templates = sorted(PACKAGE.rglob("templates/**/*.html"))
    assert templates
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.I)
    for path in templates:
        assert not inline.search(path.read_text()), path
