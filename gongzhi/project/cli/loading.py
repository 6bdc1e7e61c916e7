"""Commands that fill the platform: tables, regions, the responsibility list, messages, accounts."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate

from gongzhi.channels.message_files import Source
from gongzhi.channels.message_files import import_messages as import_messages_from
from gongzhi.channels.sms.folder import take_file
from gongzhi.insight.statistics.counting import count_from
from gongzhi.kernel.organisations import loading
from gongzhi.kernel.organisations.loading import RefusedRow
from gongzhi.kernel.people.accounts import add_account as add_account_for
from gongzhi.project.cli import app
from gongzhi.project.cli.database import database
from gongzhi.project.cli.database import migrate as apply_migrations
from gongzhi.project.cli.progress import progress, screen
from gongzhi.project.cli.report import AsJson, print_json
from gongzhi.project.simulate.loading import SIZES
from gongzhi.project.simulate.loading import simulate as simulate_year

PANEL = "Set up and load"
MOST_SHOWN = 20  # refused rows on the screen; --json has them all
FILE = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]


@app.command(rich_help_panel=PANEL)
def migrate(as_json: AsJson = False) -> None:
    """Bring the database's tables up to date."""
    with database():
        applied = apply_migrations()
    _report({"applied": applied}, as_json)


@app.command(rich_help_panel=PANEL)
def load_regions(as_json: AsJson = False) -> None:
    """Load Henan: province, cities, counties, townships, villages. Again changes nothing."""
    with database(), progress() as tell:
        apply_migrations()
        done = loading.load_regions(progress=tell)
    report: dict[str, object] = {
        "added": done.added,
        "changed": done.changed,
        "ended": done.ended,
        "unchanged": done.unchanged,
    }
    _report(report | {f"level_{level}": count for level, count in sorted(done.levels.items())}, as_json)


@app.command(rich_help_panel=PANEL)
def load_responsibilities(file: FILE, as_json: AsJson = False) -> None:
    """Load a responsibility list (CSV or xlsx): who leads for which matter in which region."""
    with database(), progress() as tell:
        done = loading.load_responsibilities(file, progress=tell)
    report: dict[str, object] = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
    _report(report, as_json, done.refused)


@app.command(rich_help_panel=PANEL)
def import_messages(
    file: FILE,
    column: Annotated[
        list[str],
        typer.Option(
            help="Which column holds what, as NAME=COLUMN; repeat it. Needed: reference, text, time. "
            "Known too: title, kind, category, place, region, name, phone."
        ),
    ],
    region: Annotated[str, typer.Option(help="Code of the region of messages whose row names none.")],
    source: Annotated[
        str, typer.Option(help="Name of the source; a message is known by it and its reference.")
    ] = "",
    kind: Annotated[str, typer.Option(help="Kind of messages whose row names none.")] = "help",
    as_json: AsJson = False,
) -> None:
    """Open a request for each message of a CSV (also .gz) or xlsx file. Again adds nothing."""
    columns = dict(_mapped(each) for each in column)
    where = Source(name=source or file.name.split(".")[0], columns=columns, region_code=region, kind=kind)
    with database(), progress() as tell:
        done = import_messages_from(file, where, progress=tell)
    _report({"opened": done.opened, "known": done.known}, as_json, done.refused)


@app.command(rich_help_panel=PANEL)
def sms_in(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", exists=True, help="A file of JSON lines, or a folder of them.")
    ],
    region: Annotated[str, typer.Option(help="Code of the city or county whose number was written to.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take in text messages from a file, for trying out: one {"id", "phone", "text"} a line. Again adds nothing."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    with database():
        done = [take_file(file, region or settings.SMS_REGION, timezone.now()) for file in files]
    counts: dict[str, object] = {
        "taken": sum(one.taken for one in done),
        "known": sum(one.known for one in done),
    }
    _report(counts, as_json, [row for one in done for row in one.refused])


@app.command(rich_help_panel=PANEL)
def add_account(
    username: Annotated[str, typer.Argument(help="What the account signs in with.")],
    name: Annotated[str, typer.Option(prompt=True, help="The holder's name, as colleagues see it.")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="PASSWORD")
    ],
    administrator: Annotated[bool, typer.Option(help="May keep accounts, posts, units and lists.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add an account; its holder chooses another password at the first sign-in."""
    with database():
        account = add_account_for(
            username=username, name=name, password=password, is_administrator=administrator
        )
        _report({"account": account.pk, "username": account.username}, as_json)


@app.command(rich_help_panel=PANEL)
def simulate(
    size: Annotated[str, typer.Option(help="village, county, city or province.")] = "county",
    cases: Annotated[int, typer.Option(min=0, help="Another number of matters than the size has.")] = 0,
    seed: Annotated[int, typer.Option(min=0, max=999, help="Another seed makes another year.")] = 0,
    start: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day; a year before today unless given."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Load an invented year of Henan, marked as such: for measuring and training, never beside real matters."""
    if size not in SIZES:
        raise typer.BadParameter(f"{size!r} is none of {', '.join(SIZES)}")
    chosen, latest = SIZES[size], localdate() - timedelta(days=365)
    begun = start.date() if start else latest
    if begun > latest:
        raise typer.BadParameter(f"the year that begins on {begun} is not over; begin on {latest} or before")
    with database(), progress() as tell:
        apply_migrations()
        loading.load_regions(progress=tell)
        done = simulate_year(chosen.area, cases or chosen.cases, seed, begun, tell)
    report: dict[str, object] = {"cases": done.cases, "persons": done.persons}
    if done.cases:
        report["cases_per_second"] = round(done.cases / done.case_seconds)
        whole = done.case_seconds + done.people_seconds + done.rest_seconds
        report["cases_per_second_with_people_and_indexes"] = round(done.cases / whole)
    _report(report, as_json)


@app.command(rich_help_panel=PANEL)
def count_days(
    first: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day to count anew.")
    ],
    as_json: AsJson = False,
) -> None:
    """Count the days of the cockpit anew from the facts, as after an import of old matters; the worker counts new ones."""
    with database(), progress() as tell:
        apply_migrations()
        days = count_from(first.date(), timezone.now(), lambda done, of: tell(done, of, "count"))
    _report({"days": days}, as_json)


def _mapped(text: str) -> tuple[str, str]:
    name, sign, column = text.partition("=")
    if not sign or not name or not column:
        raise typer.BadParameter(f"{text!r} is not of the form NAME=COLUMN, as in text=message")
    return name, column


def _report(counts: dict[str, object], as_json: bool, refused: list[RefusedRow] | None = None) -> None:
    """Tell what was done and which rows were left out; rows left out make the exit code 2."""
    if as_json:
        rows = [{"line": row.line, "message": row.message} for row in refused or []]
        print_json(counts if refused is None else counts | {"refused": rows})
    else:
        typer.echo(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in counts.items()))
        for row in (refused or [])[:MOST_SHOWN]:
            screen.print(f"  line {row.line}: {row.message}", markup=False)
        if refused and len(refused) > MOST_SHOWN:
            screen.print(f"  and {len(refused) - MOST_SHOWN} more; --json names them all")
    if refused:
        raise typer.Exit(2)
