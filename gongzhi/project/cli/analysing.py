"""Commands for heavy questions: `export-parquet` takes the facts of figures out, `analyse` asks a question of them.

Both need an extra that the platform itself never loads, so their modules are loaded when a command asks for them.
"""

import csv
import json
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone

from gongzhi.insight.statistics.figures import Period
from gongzhi.insight.statistics.measures import BY_KEY
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.project.cli import app
from gongzhi.project.cli.database import database
from gongzhi.project.cli.progress import progress, screen
from gongzhi.project.cli.report import AsJson, print_json, print_table
from gongzhi.project.supervise import Ended

PANEL = "Analyse"
ENGINES = {"duckdb": "analysis", "spark": "cluster"}  # and what has to be installed for each
MOST_SHOWN = 40  # cells on the screen; --out has them all
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")]


@app.command(rich_help_panel=PANEL)
def export_parquet(
    folder: Annotated[Path, typer.Argument(help="A new folder, or an earlier export to replace.")],
    first: From = None,
    last: To = None,
    as_json: AsJson = False,
) -> None:
    """Write the facts of figures to Parquet by year and city: nobody's data, but small counts; keep the folder closed."""
    if (first is None) != (last is None):
        raise typer.BadParameter("give both --from and --to, or neither for everything until yesterday")
    chosen = Period(first.date(), last.date()) if first and last else None
    if chosen and not chosen.days:
        raise typer.BadParameter("--to lies before --from")
    exporting = _of_extra("exporting", "analysis")
    with database() as url, acting(SYSTEM), progress() as tell:
        done = exporting.export(url, folder.absolute(), chosen, timezone.now(), tell)
    anew = [day.isoformat() for day in done.to_count_anew]
    report = {"from": done.period.first, "to": done.period.last, **done.rows, "sha256": done.sha256}
    if as_json:
        print_json(report | {"to_count_anew": anew})
        return
    screen.print(", ".join(f"{name}: {value}" for name, value in report.items()), markup=False)
    if anew:
        screen.print(
            f"On {len(anew)} days the counts differ from the facts. Next: gongzhi count-days --from {anew[0]}",
            markup=False,
        )


@app.command(rich_help_panel=PANEL)
def analyse(
    measure: Annotated[str, typer.Argument(help=f"One of {', '.join(BY_KEY)}.")],
    over: Annotated[Path, typer.Option(help="The folder of an export; see export-parquet.")],
    by: Annotated[
        str, typer.Option(help="What to split by: city, county, urban, domain, category; day, week or month.")
    ] = "county",
    first: From = None,
    last: To = None,
    area: Annotated[str, typer.Option(help="Code of a region: it with all below it.")] = "41",
    engine: Annotated[str, typer.Option(help="duckdb, or spark for a cluster.")] = "duckdb",
    out: Annotated[Path | None, typer.Option(help="A file to write all cells to, .csv or .json.")] = None,
) -> None:
    """Ask for a measure split by places, kinds and time, with its change against the period before; few are hidden."""
    if engine not in ENGINES:
        raise typer.BadParameter(f"{engine!r} is none of {', '.join(ENGINES)}")
    rows_of = _of_extra(f"engines.{engine}", ENGINES[engine]).rows
    answers, questions, exported = (
        _of_extra(name, "analysis") for name in ("answers", "questions", "exported")
    )
    known = exported.period_of(over)
    asked = Period(first.date() if first else known.first, last.date() if last else known.last)
    question = questions.question_of(measure, tuple(filter(None, by.split(","))), asked, area, known)
    cells = answers.answer(rows_of(over, "facts"), question)
    rows = [cell.plain(question) for cell in cells]
    if out:
        _write(out, rows)
    else:
        _show(rows[:MOST_SHOWN])
    of = question.measure
    unit = f" ({of.unit})" if str(of.unit).strip() else ""
    screen.print(f"{of.label}{unit}: {of.formula}. {of.source}", markup=False)
    screen.print(
        f"{question.period.first} to {question.period.last}: {len(rows)} cells, of which"
        f" {sum(not row['shown'] for row in rows)} are not shown because few people stand behind them"
        f" or behind one beside them.",
        markup=False,
    )


def _of_extra(name: str, extra: str) -> Any:
    """Return a module of the extra; raise Ended with what to install where it is not there."""
    try:
        return import_module(f"gongzhi.insight.analysis.{name}")
    except ModuleNotFoundError as missing:
        raise Ended(
            f"This needs {missing.name}, which is not installed. Next: pip install 'gongzhi[{extra}]',"
            f" or from the source pip install --require-hashes -r requirements/{extra}.txt"
        ) from missing


def _write(file: Path, rows: list[dict[str, Any]]) -> None:
    if file.suffix == ".json":
        file.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
        return
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]) if rows else [])
        writer.writeheader()
        writer.writerows(rows)


def _show(rows: list[dict[str, Any]]) -> None:
    lines = [[_words(value) for value in row.values()] for row in rows]
    print_table("", list(rows[0]) if rows else [], lines)


def _words(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
