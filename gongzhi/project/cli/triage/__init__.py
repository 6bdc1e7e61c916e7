"""Commands on messages in a file: `gongzhi triage ...`. Only those with `--from-cases` need a database, none a running server.

Each module of this folder adds its commands to `triage`; what is heavy to load is loaded when a command asks for it.
"""

import typer

from gongzhi.project.cli import app

triage = typer.Typer(
    name="triage", help="Read messages, suggest and explain; people decide.", no_args_is_help=True
)
app.add_typer(triage, rich_help_panel="Triage")
