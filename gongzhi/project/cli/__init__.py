"""The console command `gongzhi`.

Commands import models, and models need Django ready. So `main` readies Django first and only then loads the
modules listed in GROUPS, each of which adds its commands to `app`. The address of the database is filled in later,
by `gongzhi.project.cli.database`, when a command asks for one.
"""

import locale
import os
import sys
from importlib import import_module

import django
import typer
from django.utils import translation

from gongzhi.base.declined import Declined
from gongzhi.project.cli.progress import screen
from gongzhi.project.postgres import InUse, ServerFailed
from gongzhi.project.postgres_binaries import NoPostgres
from gongzhi.project.supervise import Ended, interruptible
from gongzhi.web.errors import words_of

GROUPS = (
    "running",
    "loading",
    "looking",
    "sealed",
    "keeping",
    "keys",
    "analysing",
    "playing",
    "wechat",
    "triage.classifying",
    "triage.gathering",
    "triage.replying",
)
REFUSALS = (Declined, InUse, ServerFailed, NoPostgres, Ended)

app = typer.Typer(
    name="gongzhi",
    help="Gongzhi (共治): the open platform on which a province governs together with its people.",
    epilog="GONGZHI_HOME= chooses the folder for data, PORT= the port, DATABASE_URL= a PostgreSQL server of yours.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Ready Django, load the commands, run the one asked for; a refusal is a sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.project.settings")
    django.setup()
    translation.activate("zh-hans" if (locale.getlocale()[0] or "").startswith("zh") else "en")
    for group in GROUPS:
        import_module(f"{__name__}.{group}")
    try:
        with interruptible():
            app()
    except REFUSALS as refusal:
        words = words_of(refusal) if isinstance(refusal, Declined) else str(refusal)
        screen.print(words, style="red", markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        screen.print("Stopped.")
        sys.exit(130)
