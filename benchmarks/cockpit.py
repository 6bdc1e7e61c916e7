"""The cockpit of a province, a city, a county and a township over rows of days as ten million cases a year leave them.

Every county has a row for every day, class of place and root of the catalogue, every township one for every day, over twice the
period asked for, since figures are shown with their change. Pages are asked of a server as in production, behind the second lock;
95th percentiles in ms. The baseline adds the same figures of the province up from the finest rows in bare SQL, which a page
without rows of cities, the province and whole counties would have to wait for. `ratio` is the province's whole page over that.
"""

from datetime import date, timedelta
from functools import partial
from typing import Final, LiteralString

from django.db import connection
from django.utils import timezone

from benchmarks.ground import lay_ground, open_account
from benchmarks.http_browser import sign_in
from benchmarks.http_server import running_server
from benchmarks.timing import p95_ms
from gongzhi.insight.statistics.counting import add_up
from gongzhi.insight.statistics.models import COUNTS, OPEN_COUNTS, CountedDay
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.organisations.loading import load_regions
from gongzhi.kernel.organisations.models import MatterCategory, Unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official

PASSWORD: Final = "measured-only-8"  # noqa: S105 - opens a database that is thrown away
AREAS: Final = {"province": "41", "city": "4101", "county": "410105", "township": "410105001"}
DAYS: Final = {True: 90, False: 365}  # the period asked for, briefly and at length
TIMES: Final = {True: 10, False: 40}
ROOTS: Final = 14
_COLUMNS: LiteralString = ", ".join(COUNTS)
_SUMS: LiteralString = ", ".join(f"sum({name})" for name in COUNTS)
_SOME: LiteralString = ", ".join("1 + (random() * 4)::int" for _ in COUNTS)

_FILL: tuple[LiteralString, ...] = (
    f"""INSERT INTO statistics_dailycount (day, region_code, urban, domain, category_id, {_COLUMNS})
    SELECT day, r.code, class.urban, 'hotline', c.id, {_SOME}
    FROM generate_series(%(first)s::date, %(last)s::date, '1 day') AS day, organisations_region r,
         (VALUES ('urban'), ('rural'), ('mixed')) AS class (urban),
         (SELECT id FROM organisations_mattercategory WHERE parent_id IS NULL ORDER BY id DESC LIMIT %(roots)s) c
    WHERE length(r.code) = 6""",
    f"""INSERT INTO statistics_townshipcount (day, region_code, urban, domain, {_COLUMNS})
    SELECT day, r.code, 'rural', 'hotline', {_SOME}
    FROM generate_series(%(first)s::date, %(last)s::date, '1 day') AS day, organisations_region r WHERE length(r.code) = 9""",
    f"""INSERT INTO statistics_opencount (region_code, urban, domain, unit_id, {", ".join(OPEN_COUNTS)})
    SELECT r.code, 'rural', 'hotline', NULL, {", ".join("5" for _ in OPEN_COUNTS)}
    FROM organisations_region r WHERE length(r.code) = 9""",
)
_FINEST: tuple[LiteralString, ...] = ("left(region_code, 6)", "day", "urban", "category_id")


def run(quick: bool) -> dict[str, object]:
    """Measure; `ratio` is the page of the province over adding its figures up from the finest rows."""
    ground, days = lay_ground(), DAYS[quick]
    load_regions()
    MatterCategory.objects.bulk_create(
        MatterCategory(key=f"measured{number}", label=f"measured {number}", level=1)
        for number in range(ROOTS)
    )
    last = timezone.localdate() - timedelta(days=1)
    rows = _fill(last - timedelta(days=2 * days - 1), last)
    unit = Unit.objects.get(pk=ground.dispatcher.unit_id or 0)
    names = {
        area: open_account(an_official(Role.SUPERVISOR, unit, region_code=code), PASSWORD)  # type: ignore[no-untyped-call]
        for area, code in AREAS.items()
    }
    figures: dict[str, object] = {"days": days, "rows_of_days": rows}
    with running_server(WEB) as port:
        for area, name in names.items():
            page = partial(sign_in(port, name, PASSWORD).get, f"/cockpit/?period={days}")
            page()  # to warm up
            figures[f"{area}_p95_ms"] = round(p95_ms(page, TIMES[quick]), 1)
    finest = round(p95_ms(lambda: _from_the_finest(last, days), TIMES[quick]), 1)
    return {
        "name": "cockpit",
        "figures": figures,
        "baseline": {"province_from_finest_rows_p95_ms": finest},
        "ratio": round(float(str(figures["province_p95_ms"])) / finest, 2),
    }


def _fill(first: date, last: date) -> int:
    """Write the rows of all days and of what is open, and add them up as the worker does; return how many of counties."""
    with connection.cursor() as cursor:
        for statement in _FILL:
            cursor.execute(statement, {"first": first, "last": last, "roots": ROOTS})
        for number in range((last - first).days + 1):
            add_up(first + timedelta(days=number))
        CountedDay.objects.create(day=timezone.localdate(), counted_at=timezone.now())
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT count(*) FROM statistics_dailycount")
        (rows,) = cursor.fetchone()
    return int(rows)


def _from_the_finest(last: date, days: int) -> None:
    """Ask for the province's figures as they would be asked for without rows that are added up."""
    period, before = (
        (last - timedelta(days=days - 1), last),
        (last - timedelta(days=2 * days - 1), last - timedelta(days=days)),
    )
    asked = [(split, period) for split in _FINEST] + [("1", before), ("category_id", before)]
    with connection.cursor() as cursor:
        for split, (first, until) in asked:
            cursor.execute(
                f"SELECT {split}, {_SUMS} FROM statistics_dailycount WHERE day BETWEEN %s AND %s"
                " AND domain = 'hotline' AND region_code >= '41' AND region_code < '42' GROUP BY 1",
                (first, until),
            )
            cursor.fetchall()
