"""Weight and time of each page with 100,000 cases in the database, against the same pages with 1,000.

The server is a really started one; one visitor asks for one page after another in turns, so that a noisy moment meets
all of them. Times are those of whole answers over a kept connection. Weights are of the first load: the page compressed
with gzip as a proxy in front would do, with the style sheets, scripts and images it names (those compressed at build).
`ratio` is that of the page that grew slowest: its median with 100,000 cases over its median with 1,000,
divided by the same of the pages that read no cases, so that a machine busier in one half does not count.
"""

import gzip
import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from benchmarks.ground import Ground, lay_ground, open_account
from benchmarks.http_browser import Browser, sign_in
from benchmarks.http_server import running_server
from benchmarks.pages_fill import fill, prepare
from benchmarks.timing import p95
from gongzhi.kernel.cases.models import Case

FEW, MANY = 1_000, 100_000
PASSWORD = "measured-only-8"  # noqa: S105 - opens a database that is thrown away
CITIZEN_KB, LIMIT_KB = 20.0, 60.0
NAMED = re.compile(r"(?:href|src)=\"(/static/[^\"]+)\"")
WITHOUT_CASES = ("home", "new", "new_kind", "new_what", "track", "sign_in")
WARM = 1  # turns before the measured ones: a kept connection stays with one process of the server
MARK = re.compile(r"[?&]after=([^&\"]+)")


@dataclass(frozen=True)
class Visit:
    """How one page is asked for, and by whom; the last request of it is the one that counts."""

    name: str
    browser: Browser
    ask: Callable[[], str]
    for_citizens: bool


@dataclass(frozen=True)
class People:
    """The browsers of those who look at pages."""

    citizen: Browser
    dispatcher: Browser
    handler: Browser
    call_taker: Browser
    supervisor: Browser


def run(quick: bool) -> dict[str, object]:
    """Measure every page with few and with many cases."""
    ground, times = lay_ground(), 3 if quick else 20
    filling = prepare(ground, timezone.now())
    fill(filling, 1, FEW)
    actors = (ground.dispatcher, ground.handler, ground.call_taker, ground.supervisor)
    names = [open_account(actor, PASSWORD) for actor in actors]
    with running_server() as port:
        people = People(Browser(port, "10.1.0.1"), *(sign_in(port, name, PASSWORD) for name in names))
        visits = visits_of(people, ground, filling.now)
        before, _weights = _measure(visits, times)
        fill(filling, FEW + 1, MANY)
        after, weights = _measure(visits, times)
    pace = _sum(after) / _sum(before)
    growth = {name: after[f"{name}_median_ms"] / before[f"{name}_median_ms"] / pace for name in weights}
    worst = max(growth, key=lambda name: growth[name])
    citizens = [weights[visit.name] for visit in visits if visit.for_citizens]
    heaviest = {
        "heaviest_citizen_page_kb": max(citizens),
        "citizen_pages_over_20_kb": sum(weight > CITIZEN_KB for weight in citizens),
        "pages_over_60_kb": sum(weight > LIMIT_KB for weight in weights.values()),
        "slowest_median_ms": max(after[f"{name}_median_ms"] for name in weights),
    }
    sizes = {f"{name}_kb": weight for name, weight in weights.items()}
    return {
        "figures": {"cases": Case.objects.count(), **heaviest, **after, **sizes},
        "baseline": {"cases": FEW, **before},
        "ratio": round(growth[worst], 2),
        "grew_most": worst,
    }


def _sum(figures: dict[str, float]) -> float:
    return sum(figures[f"{name}_median_ms"] for name in WITHOUT_CASES)


def visits_of(people: People, ground: Ground, now: datetime) -> list[Visit]:
    """List every page: the citizen's, then the officials'."""
    return _citizens(people.citizen, ground) + _officials(people, ground, timezone.localdate(now))


def _citizens(browser: Browser, ground: Ground) -> list[Visit]:
    steps = _draft(browser, ground)
    known = Case.objects.filter(stage="rated", region_code=ground.place, sealed=False).order_by("pk")[0]
    person = known.opened_by
    tail = person.phone_tail if person else ""
    progress = browser.send(browser.get("/track/"), query_code=known.query_code, last_four=tail).path
    public = Case.objects.filter(public=True, stage="closed", sealed=False).order_by("pk")[0]
    form, lines = browser.get("/track/"), itertools.count()

    def look_up() -> str:
        browser.address = f"10.2.0.{next(lines) % 256}"  # another line each time: attempts are counted by it
        return browser.send(form, query_code=known.query_code, last_four=tail).text

    pages = {
        "home": "/",
        "new": "/hotline/new/",
        "new_words": "/hotline/new/kind/?words=路灯",
        **steps,
        "track": "/track/",
        "progress": progress,
        "public": "/hotline/public/",
        "public_region": "/hotline/public/?region=410523",
        "public_category": "/hotline/public/?category=" + ground.category_key.partition(".")[0],
        "public_words": "/hotline/public/?q=路灯",
        "public_rare_words": "/hotline/public/?q=没有的词",
        "public_case": f"/hotline/public/{public.pk}/",
        "draws": "/hotline/draws/",
        "sign_in": "/accounts/sign-in/",
    }
    found = [_page(name, browser, path, for_citizens=True) for name, path in pages.items()]
    return [*found, Visit("track_by_code", browser, look_up, for_citizens=True)]


def _draft(browser: Browser, ground: Ground) -> dict[str, str]:
    """Write a request up to the check, and send another; return the addresses of the steps."""
    paths: dict[str, str] = {}
    for sent in (False, True):
        kind = "/hotline/new/kind/?in=" + ground.category_key.partition(".")[0]
        what = browser.send(browser.get(kind), category=ground.category_key, kind="help")
        places = {"region-county": 6, "region-township": 9, "region-village": 12}
        contact = browser.send(
            what,
            text="村口三盏路灯坏了一个星期，晚上看不见路。",
            place="村口",
            **{name: ground.place[:length] for name, length in places.items()},
        )
        check = browser.send(contact, name="测试", phone="13900000001", privacy="ordinary")
        if sent:
            received = browser.send(check, title="村口三盏路灯不亮").path
            return paths | {"received": received, "receipt": received.replace("/received/", "/receipt/")}
        paths = {
            "new_kind": kind,
            "new_what": what.path,
            "new_contact": contact.path,
            "new_check": check.path,
        }
    return paths


def _officials(people: People, ground: Ground, today: date) -> list[Visit]:
    desk, unit, calls, watch = people.dispatcher, people.handler, people.call_taker, people.supervisor
    here = Case.objects.filter(region_code=ground.place, sealed=False).select_related("opened_by")
    waiting = here.filter(stage="received").order_by("pk")[0]
    mine = here.filter(stage="handling", unit_id=ground.unit_id).order_by("pk")[0]
    person = waiting.opened_by
    phone = person.phone if person else ""
    year = f"start={today - timedelta(days=365)}&end={today}"
    case, own = f"/hotline/cases/{waiting.pk}/", f"/hotline/cases/{mine.pk}/"
    pages = {
        "inbox": (desk, "/desk/"),
        "inbox_second_page": (desk, "/desk/?after=" + _mark(desk)),
        "inbox_newest": (desk, "/desk/?sort=newest"),
        "inbox_words": (desk, "/desk/?words=路灯"),
        "inbox_late": (desk, "/desk/?tab=late"),
        "inbox_of_unit": (unit, "/desk/"),
        "inbox_of_supervisor": (watch, "/desk/"),
        "preview": (desk, f"/desk/preview/{waiting.pk}/"),
        "notices": (unit, "/desk/notices/"),
        "case": (unit, own),
        **{f"case_{tab}": (unit, f"{own}?tab={tab}") for tab in ("steps", "papers", "related", "lookers")},
        "case_of_dispatcher": (desk, case),
        "case_related_of_dispatcher": (desk, f"{case}?tab=related"),
        "dispatch": (desk, f"{case}do/dispatch/"),
        "reply": (unit, f"{own}do/reply/"),
        "work_order": (unit, f"{own}work-order/"),
        "call": (calls, "/hotline/call/"),
        "scorecard": (watch, "/hotline/scorecard/"),
        "scorecard_year": (watch, f"/hotline/scorecard/?{year}"),
        "scorecard_of_unit": (unit, f"/hotline/scorecard/?{year}"),
        "search_number": (watch, f"/desk/search/?q={waiting.number}"),
        "search_phone": (watch, f"/desk/search/?q={phone[-4:]}"),
        "search_words": (watch, "/desk/search/?q=路灯"),
        "search_rare_words": (watch, "/desk/search/?q=没有的词"),
    }
    form = calls.get("/hotline/call/")

    def look() -> str:
        return calls.send(form, phone=phone, look="1").text

    found = [_page(name, browser, path) for name, (browser, path) in pages.items()]
    return [*found, Visit("call_look_up", calls, look, for_citizens=False)]


def _mark(browser: Browser) -> str:
    """Return the mark of the second page; the first page again while there is only one."""
    found = MARK.search(browser.get("/desk/").text)
    return found[1] if found else ""


def _page(name: str, browser: Browser, path: str, *, for_citizens: bool = False) -> Visit:
    return Visit(name, browser, lambda: browser.get(path).text, for_citizens)


def _measure(visits: list[Visit], times: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return median and 95th percentile of each page in milliseconds, and its weight in kilobytes."""
    taken, weights, known = defaultdict(list), {}, dict[str, int]()
    for turn in range(-WARM, times):
        for visit in visits:
            begun = len(visit.browser.answered)
            text = visit.ask()
            if turn >= 0:
                taken[visit.name].append(1000 * sum(one.seconds for one in visit.browser.answered[begun:]))
            if turn == 0:
                weights[visit.name] = _weight(visit.browser, text, known)
    figures = {}
    for name, each in taken.items():
        figures[f"{name}_median_ms"] = round(statistics.median(each), 1)
        figures[f"{name}_p95_ms"] = round(p95(each), 1)
    return figures, weights


def _weight(browser: Browser, text: str, known: dict[str, int]) -> float:
    """Return the compressed kilobytes of a page and of the static files it names."""
    named = {path.partition("#")[0] for path in NAMED.findall(text)}
    for path in named - known.keys():
        known[path] = len(gzip.compress(browser.get(path).text.encode(), 9))
    return round((len(gzip.compress(text.encode(), 6)) + sum(known[path] for path in named)) / 1024, 1)
