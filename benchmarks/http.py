"""The path of a request through the HTML forms of a started server, against a bare page behind the same middleware.

Citizens (a new browser, address and phone for each case) write in four steps, track and rate; a dispatcher and a handler
work in their own browsers; the clock closes what was rated, afterwards and outside of the measured time. The baseline
is the same server, clients and sessions asking for a page without any content: what server, middleware and session cost.
Clients and server share the cores, so the figures are those of a small machine that also plays its visitors.
"""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from benchmarks.ground import Ground, lay_ground, open_account
from benchmarks.http_browser import Answered, Browser, Unexpected, sign_in
from benchmarks.http_server import running_server
from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.cases.watch import lapse_due

CLIENTS = 8
PASSWORD = "measured-only-8"  # noqa: S105 - opens a database that is thrown away
VOICE = timedelta(days=20)  # longer than the period for rating and contesting
ACKNOWLEDGED = ("open", "dispatch", "accept", "reply", "rate")


@dataclass
class Client:
    """One thread's people: the officials signed in once, a citizen for each case; and what they were told."""

    port: int
    ground: Ground
    numbers: "itertools.count[int]"
    dispatcher: Browser
    handler: Browser
    answered: list[Answered] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def browsers(self) -> tuple[Browser, Browser]:
        """The officials' browsers, which are kept."""
        return self.dispatcher, self.handler


def run(quick: bool) -> dict[str, object]:
    """Measure requests and cases a second; `ratio` is our requests a second over those of the bare page."""
    ground, seconds = lay_ground(), 6.0 if quick else 30.0
    desk, unit = (open_account(actor, PASSWORD) for actor in (ground.dispatcher, ground.handler))
    with running_server() as port:
        numbers = itertools.count(1)
        clients = [
            Client(port, ground, numbers, sign_in(port, desk, PASSWORD), sign_in(port, unit, PASSWORD))
            for _ in range(CLIENTS)
        ]
        _together(clients, one_case, 1.0)  # every worker has compiled its templates and remembers its lists
        warm = _forget(clients)
        bare = [_rate(clients, bare_page, seconds / 3)]
        _forget(clients)
        elapsed = _together(clients, one_case, seconds)
        answered, done = [one for client in clients for one in client.answered], _told(clients)
        faults = [fault for client in clients for fault in client.faults]
        _forget(clients)
        bare.append(_rate(clients, bare_page, seconds / 3))
    closing = _close()
    figures = _figures(answered, done, elapsed) | {"closed_by_clock_per_second": closing}
    figures["errors"] = len(faults) + _missing(done + warm)
    baseline = {"bare_requests_per_second": round(max(bare), 1)}
    ratio = figures["requests_per_second"] / baseline["bare_requests_per_second"]
    found: dict[str, object] = {"figures": figures, "baseline": baseline, "ratio": round(ratio, 3)}
    return found | ({"faults": faults[:5]} if faults else {})


def one_case(client: Client) -> None:
    """Take one request from the citizen's first page to the rating, as people do it in their browsers."""
    number = next(client.numbers)
    citizen = Browser(client.port, address_of_case(number))
    citizen.answered, phone = client.answered, f"139{number:08d}"
    try:
        code = _ask(client, citizen, phone)
        progress = citizen.send(citizen.get("/track/"), query_code=code, last_four=phone[-4:])
        case = progress.path.rstrip("/").rpartition("/")[2]
        _work(client, case)
        rate = f"/hotline/track/{case}/rate/"
        citizen.send(citizen.get(progress.path), action=rate, grade="5")
        client.done["rate"] += 1
    finally:
        citizen.close()


def address_of_case(number: int) -> str:
    """Return the line from which a citizen comes: another one for each case, since attempts are counted by it."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _ask(client: Client, citizen: Browser, phone: str) -> str:
    """Write a request in the four steps; return its query code."""
    ground = client.ground
    citizen.get("/hotline/new/")
    page = citizen.get("/hotline/new/kind/?in=" + ground.category_key.partition(".")[0])
    page = citizen.send(page, category=ground.category_key, kind="help")
    places = {"region-county": 6, "region-township": 9, "region-village": 12}
    page = citizen.send(
        page,
        text="村口三盏路灯坏了一个星期，晚上老人出门看不见路。",
        place="村口小桥北边",
        **{name: ground.place[:length] for name, length in places.items()},
    )
    page = citizen.send(page, name="测试", phone=phone, privacy="ordinary")
    page = citizen.send(page, title="村口三盏路灯不亮")
    client.done["open"] += 1
    return page.find(r"\b(\d{4} [0-9A-Z]{4} [0-9A-Z]{4})\b")


def _work(client: Client, case: str) -> None:
    """Dispatch, accept and answer a case: list, case page, form."""
    unit = str(client.ground.unit_id)
    steps: Sequence[tuple[Browser, str, dict[str, str]]] = (
        (client.dispatcher, "dispatch", {"unit_id": unit}),
        (client.handler, "accept", {}),
        (client.handler, "reply", {"outcome": "solved", "reply": "三盏灯已经修好，请您晚上再看看。"}),
    )
    for browser, move, answers in steps:
        browser.get("/desk/")
        browser.get(f"/hotline/cases/{case}/")
        browser.send(browser.get(f"/hotline/cases/{case}/do/{move}/"), **answers)
        client.done[move] += 1


def bare_page(client: Client) -> None:
    """Ask for nothing: as a citizen without a session, and as two officials with one."""
    citizen = Browser(client.port, "10.255.0.1", answered=client.answered)
    try:
        for _ in range(10):
            for browser in (citizen, *client.browsers()):
                browser.get("/bare/")
    finally:
        citizen.close()


def _together(clients: list[Client], act: Callable[[Client], None], seconds: float) -> float:
    """Let every client act again and again; return the seconds until the last one was done."""
    begun = time.perf_counter()

    def work(client: Client) -> None:
        while time.perf_counter() - begun < seconds:
            try:
                act(client)
            except (Unexpected, OSError) as fault:
                client.faults.append(f"{type(fault).__name__}: {fault}")

    for client in clients:
        for browser in client.browsers():
            browser.answered = client.answered
    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def _rate(clients: list[Client], act: Callable[[Client], None], seconds: float) -> float:
    elapsed = _together(clients, act, seconds)
    return sum(len(client.answered) for client in clients) / elapsed


def _told(clients: list[Client]) -> Counter[str]:
    return sum((client.done for client in clients), Counter())


def _forget(clients: list[Client]) -> Counter[str]:
    """Begin to count anew; faults are kept."""
    told = _told(clients)
    for client in clients:
        client.answered, client.done = [], Counter()
    return told


def _figures(answered: list[Answered], done: Counter[str], elapsed: float) -> dict[str, float]:
    figures = {
        "requests_per_second": round(len(answered) / elapsed, 1),
        "cases_per_second": round(done["rate"] / elapsed, 2),
        "cases": done["rate"],
        "requests": len(answered),
    }
    posts = [one for one in answered if one.method == "POST"]
    for name, group in (("", answered), ("post_", posts)):
        times = sorted(one.seconds * 1000 for one in group)
        for percent in (50, 95, 99):
            figures[f"{name}p{percent}_ms"] = round(times[(len(times) - 1) * percent // 100], 1)
    return figures


def _close() -> float:
    """Let the clock close everything that was rated; return cases a second."""
    begun, later = time.perf_counter(), timezone.now() + VOICE
    while lapse_due(later):
        pass
    return round(Case.objects.filter(stage="closed").count() / (time.perf_counter() - begun), 1)


def _missing(told: Counter[str]) -> int:
    """Count what was acknowledged and is not in the database, or is there without having been acknowledged."""
    found = {move: Step.objects.filter(move=move).count() for move in ACKNOWLEDGED}
    found |= {
        "cases": Case.objects.count(),
        "rated": Request.objects.filter(grade=5).count(),
        "closed": Case.objects.filter(stage="closed", steps_taken=len(ACKNOWLEDGED) + 1).count(),
    }
    expected = {move: told[move] for move in ACKNOWLEDGED}
    expected |= {"cases": told["open"], "rated": told["rate"], "closed": told["rate"]}
    return sum(abs(found[name] - number) for name, number in expected.items())
