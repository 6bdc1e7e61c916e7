"""Commands for the official account: `gongzhi wechat ...`. None needs a database."""

from typing import Annotated

import typer

from gongzhi.channels.wechat.account import account_in_use
from gongzhi.channels.wechat.menu import menu as menu_of
from gongzhi.kernel.notices.sms import Unavailable
from gongzhi.project.cli import app
from gongzhi.project.cli.progress import screen
from gongzhi.project.cli.report import print_json
from gongzhi.project.supervise import Ended

wechat = typer.Typer(name="wechat", help="The official account on WeChat.", no_args_is_help=True)
app.add_typer(wechat, rich_help_panel="Texts and WeChat")


@wechat.callback()
def _group() -> None:
    """Keep `menu` a word of its own while there is one command."""


@wechat.command()
def menu(
    site: Annotated[str, typer.Option(help="Address under which people reach us, as https://example.org.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the menu and publish nothing.")] = False,
) -> None:
    """Show the declared menu to every follower, in place of the one before; again does no harm."""
    if not site.startswith("https://"):
        raise typer.BadParameter("the site begins with https://: WeChat opens nothing else")
    declared = menu_of(site)
    if dry_run:
        print_json(declared)
        return
    try:
        account_in_use().publish(declared)
    except Unavailable as fault:
        raise Ended(
            f"The menu was not published: {fault}. Next: look at WECHAT_APP_ID and WECHAT_SECRET."
        ) from fault
    screen.print("The menu is published; followers see it within minutes.", markup=False)
