"""Commands that run the platform: `demo`, `serve`, `worker`."""

import dataclasses
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import yaml
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from gongzhi.base.declined import NotPossible
from gongzhi.channels.wechat.forms import end_talks_due
from gongzhi.channels.wechat.pictures import keep_pictures_due
from gongzhi.domains.hotline.services.gathering import gather_county
from gongzhi.domains.hotline.tasks import gather_due, shelve_due
from gongzhi.insight.integrity.checking import check_due
from gongzhi.insight.statistics.counting import count_due
from gongzhi.insight.triage import model_file
from gongzhi.kernel.delivery.worker import DUTIES, Duty, run
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.organisations.loading import load_regions
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import SYSTEM as CLOCK
from gongzhi.kernel.people.models import Account
from gongzhi.project.cli import app
from gongzhi.project.cli.database import behind_lock, database, locked_database, migrate
from gongzhi.project.cli.progress import progress, screen
from gongzhi.project.cli.report import print_table
from gongzhi.project.clock import follow_clock
from gongzhi.project.collected import collect_static_files
from gongzhi.project.demo.loading import COUNTY, PASSWORD, load_demo
from gongzhi.project.settings import HOME
from gongzhi.project.starter_model import learn_starter
from gongzhi.project.starting import refuse_unsafe
from gongzhi.project.supervise import run_together
from gongzhi.project.web import address, check_answers, web_server, worker

PANEL = "Run"
#: What the worker does beside the kernel's own duties.
ABOVE = (
    Duty(every=30.0, work=count_due),
    Duty(every=300.0, work=check_due),
    Duty(every=60.0, work=gather_due),
    Duty(every=60.0, work=shelve_due),
    Duty(every=15.0, work=keep_pictures_due),
    Duty(every=60.0, work=end_talks_due),
)


@app.command(rich_help_panel=PANEL)
def demo() -> None:
    """Try everything out: database, Henan and demonstration data, web and worker. Ctrl-C stops it all."""
    host, port = address()
    os.environ["GONGZHI_DEMO"] = "1"
    HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        screen.print("Starting the database ...")
        with database() as url:
            _step("Bringing the tables up to date", migrate)
            _step("Loading Henan down to the village", _load_henan)
            _step("Loading the demonstration data", _load_demonstration)
            _step("Learning a first model of categories from fictional messages", _learn_starter)
            _step("Gathering what many people wrote about", _gather)
            _step("Collecting static files", collect_static_files)
            locked = {"DATABASE_URL": behind_lock(url)}
            programs = [
                dataclasses.replace(each, log=HOME / f"{each.name}.log", environment=locked)
                for each in (web_server(host, port), worker())
            ]
            screen.print("Starting web and worker ...")
            address()  # loading took a while: is the port still free?
            run_together(programs, lambda: _welcome(host, port))
    except KeyboardInterrupt:
        screen.print("Stopped. `make demo` continues with the same data.")


@app.command(rich_help_panel=PANEL)
def serve() -> None:
    """Serve the web pages on PORT (8000 unless given), with two processes of four threads."""
    host, port = address()
    collect_static_files()

    def tell() -> None:
        check_answers(host, port)
        screen.print(f"Serving on http://{host}:{port}/")

    try:
        with locked_database():
            refuse_unsafe(host)
            run_together([web_server(host, port)], tell)
    except KeyboardInterrupt:
        screen.print("Stopped.")


@app.command("worker", rich_help_panel=PANEL)
def work() -> None:
    """Hand on facts, send messages and turn the clocks, until stopped. Any number may run."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stop = threading.Event()
    with locked_database():
        refuse_unsafe()
        follow_clock()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda number, frame: stop.set())
        run(stop, (*DUTIES, *ABOVE))


def _step(name: str, work: Callable[[], object]) -> None:
    begun = time.monotonic()
    screen.print(f"{name} ...")
    work()
    if (seconds := time.monotonic() - begun) > 1:
        screen.print(f"  done in {seconds:.0f} s")


def _load_henan() -> None:
    if not Region.objects.exists():
        with progress() as tell:
            load_regions(progress=tell)


def _load_demonstration() -> None:
    with progress() as tell:
        load_demo(progress=tell)


def _learn_starter() -> None:
    """Learn the model that suggests categories, once: another one that was put there stays.

    One that this version cannot read, as one of an earlier version, is put aside.
    """
    file = Path(settings.TRIAGE_MODEL)
    try:
        model_file.load(file)
    except NotPossible:
        if file.exists():
            file.replace(file.with_name(f"{file.name}.before"))
        model_file.save(learn_starter(), file)


def _gather() -> None:
    """Gather the hot issues of the demonstration's county, so that the cockpit need not wait for the worker."""
    with acting(SYSTEM):
        gather_county(actor=CLOCK, region_code=COUNTY, now=timezone.now())


def _welcome(host: str, port: int) -> None:
    """Say where to look and who one can be, once the first page is served."""
    check_answers(host, port)
    rows, signing_in = _demonstration_accounts(), reverse(settings.LOGIN_URL)
    heads = ("Username", "Name", "Post", "Unit or region")
    print_table("Demonstration accounts; all data is fictional", heads, rows, screen)
    screen.print(f"Password of every account: {PASSWORD}", markup=False)
    screen.print(f"Citizens begin at     http://localhost:{port}/")
    screen.print(f"Officials sign in at  http://localhost:{port}{signing_in}")
    screen.print(f"The data stays in {HOME}. Ctrl-C stops everything.", markup=False)


def _demonstration_accounts() -> list[tuple[str, str, str, str]]:
    listed = yaml.safe_load((files("gongzhi.project.demo") / "data" / "posts.yaml").read_text("utf-8"))
    shown = {row["username"] for row in listed if row["shown"]}
    accounts = Account.objects.filter(username__in=shown).prefetch_related("posts__unit").order_by("pk")
    return [(account.username, account.name, *_held(account)) for account in accounts]


def _held(account: Account) -> tuple[str, str]:
    posts = account.posts.all()
    titles = dict.fromkeys(post.title or post.get_role_display() for post in posts)
    places = dict.fromkeys(post.unit.name if post.unit else post.region_code for post in posts)
    return " / ".join(titles), " / ".join(places)
