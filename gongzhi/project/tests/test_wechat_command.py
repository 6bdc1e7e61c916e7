"""`gongzhi wechat menu`, run as people run it: without a database."""

import json

from typer.testing import CliRunner

from gongzhi.channels.wechat.account import account_in_use
from gongzhi.channels.wechat.menu import menu
from gongzhi.kernel.notices.followers import platform_in_use
from gongzhi.project.cli.wechat import wechat

SITE = "https://gongzhi.example"


def run(*words):
    return CliRunner().invoke(wechat, ["menu", *words])


def test_a_dry_run_prints_and_publishes_nothing_and_a_real_one_publishes(settings, tmp_path):
    settings.HOME, settings.WECHAT_SECRET = tmp_path, ""
    for answer in (account_in_use, platform_in_use):
        answer.cache_clear()
    dry = run("--site", SITE, "--dry-run")
    assert json.loads(dry.stdout) == menu(SITE)
    assert not list(tmp_path.iterdir())

    assert run("--site", SITE).exit_code == 0
    assert json.loads((tmp_path / "wechat" / "menu.json").read_text()) == menu(SITE)
    account_in_use.cache_clear()


def test_an_address_that_wechat_does_not_open_is_refused():
    assert run("--site", "http://gongzhi.example", "--dry-run").exit_code == 2
