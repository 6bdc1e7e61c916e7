"""The 95th percentile of what people do most with a million simulated cases, against the same with ten thousand.

Without --quick it goes from ten thousand over a hundred thousand, the baseline then, and a million to ten million, or as many
whole millions as the disk has room for. The server is a really started one and connects as the role that owns nothing,
behind the second lock. Officials of the busiest unit, of a county, of the busiest city and of the province work beside a
citizen who sends through the interface for machines. `lifecycles_kept` is the share that is left of the lifecycles a second
through the use cases (see `lifecycle`). `p95_growth` is that of the operation that grew most, divided by the growth of the middle time of a
page that reads no case, so that a machine busier in one half does not count. `cases_per_s` is the pace of loading.
"""

import itertools
import json
import shutil
import statistics
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.db.models.functions import Left
from django.utils import timezone

from benchmarks import lifecycle
from benchmarks.ground import Ground, lay_ground, open_account
from benchmarks.http_browser import Browser, sign_in
from benchmarks.http_server import running_server
from benchmarks.timing import p95
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.organisations.loading import load_regions
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.project.simulate.loading import Loaded, simulate

PASSWORD = "measured-only-8"  # noqa: S105 - opens a database that is thrown away
PROVINCE = "41"
BRIEF, LONG = (10_000, 1_000_000), (10_000, 100_000, 1_000_000, 10_000_000)
FIRST = {True: 0, False: 1}  # which of the sizes the last is compared with
BYTES = (
    6_000  # that a case takes on the disk with its rows and indexes, and what building those needs meanwhile
)
LIFE_SECONDS = 5.0
LEFT_FREE = 10 * 1024**3  # for everything else on that disk
TIMES = (100, 200)  # briefly, and at length
WARM = 5
EMPTY, PACE = "home", "home_median"
API = "/api/v1/hotline/requests"


@dataclass(frozen=True)
class Act:
    """One thing that people do: `ready` prepares it outside the measured time and gives what is then done."""

    name: str
    ready: Callable[[], Callable[[], object]]


def run(quick: bool) -> dict[str, object]:
    """Measure every operation at each size; `ratio` is the growth of the worst from the first size to the last."""
    ground, times = lay_ground(), TIMES[0 if quick else 1]
    settings.GONGZHI_DEMO = True  # invented cases lie beside measured ones here; all is thrown away
    load_regions()
    found, loads, lives, start, there = [], [], [], timezone.localdate() - timedelta(days=365), 0
    sizes = BRIEF if quick else _that_fit(LONG)
    for seed, size in enumerate(sizes):
        loads.append(simulate(PROVINCE, size - there, seed, start, _silent))
        there = size
        if not seed:
            unit = _busiest_unit()
            watchers = [
                an_official(Role.SUPERVISOR, _centre(ground), region_code=code)  # type: ignore[no-untyped-call]
                for code in (_busiest_city(), PROVINCE)
            ]
            names = [open_account(actor, PASSWORD) for actor in (ground.dispatcher, *watchers)]
            names.append(_handler(unit))
        with running_server(WEB) as port:
            people = [sign_in(port, name, PASSWORD) for name in names]
            found.append(_measure(_acts(ground, port, people, unit), times))
            sys.stderr.write(f"{size} cases, 95th percentiles in ms: {json.dumps(found[-1])}\n")
        lives.append(round(lifecycle.rate(lifecycle.one_case, ground, LIFE_SECONDS, 1), 1))
    return _report(found, loads, sizes, FIRST[quick], lives)


def _that_fit(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the sizes, the last of them in whole millions no larger than there is room beside the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('data_directory')")
        ((folder,),) = cursor.fetchall()
    room = shutil.disk_usage(folder).free - LEFT_FREE
    most = min(sizes[-1], room // BYTES // 1_000_000 * 1_000_000)
    return (*sizes[:-1], most) if most > sizes[-2] else sizes[:-1]


def _silent(done: int, total: int, words: str) -> None:
    del done, total, words


def _centre(ground: Ground) -> Unit:
    return Unit.objects.get(pk=ground.dispatcher.unit_id or 0)


def _busiest_unit() -> Unit:
    """Return the unit that has most to do at the first size; it is asked about at every size."""
    simulated = Unit.objects.filter(key__startswith="sim-", cases__closed_at=None)
    return simulated.annotate(open=Count("cases")).order_by("-open", "pk")[0]


def _busiest_city() -> str:
    """Return the city in which most cases are open at the first size, so that its inbox fills a page at every size."""
    city = Left("region_code", 4)
    waiting = Case.objects.filter(closed_at=None, region_code__startswith=PROVINCE).values_list(city)
    return str(waiting.annotate(open=Count("pk")).order_by("-open", city)[0][0])


def _handler(unit: Unit) -> str:
    """Give the simulated handler of a unit a password; return the username."""
    account = Account.objects.get(username=f"{unit.key}-handler")
    account.set_password(PASSWORD)
    account.save()
    return account.username


def _acts(ground: Ground, port: int, people: list[Browser], of_unit: Unit) -> list[Act]:
    desk, city, province, unit = people
    theirs = Case.objects.filter(unit=of_unit, sealed=False)
    mine = theirs.filter(closed_at=None).order_by("-pk")[0]
    known = theirs.filter(stage="closed").select_related("opened_by").order_by("pk")[0]
    here = Case.objects.filter(region_code=ground.place, stage="received").order_by("-pk")
    citizen, lines = Browser(port, "10.9.0.1"), itertools.count(1)
    tail = known.opened_by.phone_tail if known.opened_by else ""

    def page(browser: Browser, path: str) -> Callable[[], Callable[[], object]]:
        return lambda: lambda: browser.get(path)

    def create() -> Callable[[], object]:
        citizen.address = f"10.8.{next(lines) // 250 % 250}.{next(lines) % 250}"
        body = {
            "kind": "help",
            "category": ground.category_key,
            "text": "村口三盏路灯坏了一个星期，晚上看不见路。",
            "region": ground.place,
            "name": "测试",
            "phone": f"139{next(lines):08d}",
        }
        sent = json.dumps(body).encode()
        return lambda: citizen.post_json(API, sent, {"Idempotency-Key": str(uuid.uuid4())})

    def track() -> Callable[[], object]:
        citizen.address = f"10.7.{next(lines) // 250 % 250}.{next(lines) % 250}"
        sent = json.dumps({"query_code": known.query_code, "last_four": tail}).encode()
        return lambda: citizen.post_json(f"{API}/track", sent, {})

    def dispatch() -> Callable[[], object]:
        create()()
        form = desk.get(f"/hotline/cases/{here[0].pk}/do/dispatch/")
        return lambda: desk.send_only(form, unit_id=str(ground.unit_id))

    number = mine.number
    return [
        Act(EMPTY, page(citizen, "/")),
        Act("create", create),
        Act("dispatch", dispatch),
        Act("track", track),
        Act("inbox_of_unit", page(unit, "/desk/")),
        Act("inbox_of_county", page(desk, "/desk/")),
        Act("inbox_of_city", page(city, "/desk/")),
        Act("inbox_of_province", page(province, "/desk/")),
        Act("case", page(unit, f"/hotline/cases/{mine.pk}/")),
        Act("case_related", page(unit, f"/hotline/cases/{mine.pk}/?tab=related")),
        Act("search_number", page(desk, f"/desk/search/?q={number}")),
        Act("search_phone", page(desk, f"/desk/search/?q={tail}")),
        Act("search_words", page(desk, "/desk/search/?q=路灯")),
        Act("search_words_of_province", page(province, "/desk/search/?q=路灯")),
        Act("search_rare_words_of_province", page(province, "/desk/search/?q=没有的词")),
        Act("public_words", page(citizen, "/hotline/public/?q=路灯")),
    ]


def _measure(acts: list[Act], times: int) -> dict[str, float]:
    """Return the 95th percentile of each act in milliseconds, done in turns after some to warm up, and the pace of the machine."""
    taken: dict[str, list[float]] = defaultdict(list)
    for turn in range(-WARM, times):
        for act in acts:
            do = act.ready()
            began = time.perf_counter()
            do()
            if turn >= 0:
                taken[act.name].append(1000 * (time.perf_counter() - began))
    found = {name: round(p95(each), 1) for name, each in taken.items()}
    return found | {PACE: round(statistics.median(taken[EMPTY]), 2)}


def _report(
    found: list[dict[str, float]],
    loads: list[Loaded],
    sizes: tuple[int, ...],
    base: int,
    lives: list[float],
) -> dict[str, object]:
    first, last = found[base], found[-1]
    pace = last[PACE] / first[PACE]
    growth = {name: last[name] / first[name] / pace for name in first if name not in (EMPTY, PACE)}
    worst = max(growth, key=lambda name: growth[name])
    load = loads[-1]
    figures = {
        "p95_growth": round(growth[worst], 2),
        "grew_most": worst,
        "cases": sizes[-1],
        "cases_per_s": round(load.cases / load.case_seconds),
        "cases_per_s_with_people_and_indexes": round(
            load.cases / (load.case_seconds + load.people_seconds + load.rest_seconds)
        ),
        "lifecycles_per_s": lives[-1],
        "lifecycles_kept": round(lives[-1] / lives[base], 2),
        "growth": {name: round(value, 2) for name, value in growth.items()},
        **_named(last),
    }
    between = {
        f"at_{size}": each
        for size, each in zip(sizes, found, strict=True)
        if size not in (sizes[base], sizes[-1])
    }
    baseline = {
        "cases": sizes[base],
        "lifecycles_per_s": lives[base],
        **_named(first),
    }
    return {
        "name": "province",
        "figures": figures | between,
        "baseline": baseline,
        "ratio": round(growth[worst], 2),
    }


def _named(found: dict[str, float]) -> dict[str, float]:
    return {f"{name}_ms" if name == PACE else f"{name}_p95_ms": value for name, value in found.items()}
