"""Places, units, posts and persons of the simulated province; the places are real, everybody in them is invented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.declare.procedure import Procedure
from gongzhi.kernel.organisations.models import MatterCategory, Region, Responsibility, Unit
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Account, Post
from gongzhi.kernel.registry.api import procedure
from gongzhi.project.simulate.year import KINDS, RESIDENTS

Numbers = npt.NDArray[np.int64]
CENTRE: Final = "centre"
BUREAUS: Final = {
    "urban": "城市管理局",
    "housing": "住房和城乡建设局",
    "utilities": "公用事业中心",
    "transport": "交通运输局",
    "social": "人力资源和社会保障局",
    "market": "市场监督管理局",
}
#: An urban community has about so many residents for each of a village.
URBAN_WEIGHT: Final = 2.5
MARK: Final = "模拟"
NO_PASSWORD: Final = "!"  # nosec B105 # noqa: S105 - what Django keeps for an account that cannot sign in


@dataclass(frozen=True)
class World:
    """Everything a case is drawn from. Regions are sorted by code; arrays over them share one order.

    units, handlers, heads    numbers by county and bureau; a person in a post is (account, post)
    dispatchers, callers      numbers by county
    """

    regions: npt.NDArray[np.bytes_]
    reach: npt.NDArray[np.float64]
    urban: npt.NDArray[np.bool_]
    county: Numbers
    cities: dict[str, tuple[int, int]]
    keys: Numbers
    units: Numbers
    centres: Numbers
    handlers: npt.NDArray[np.int64]
    heads: npt.NDArray[np.int64]
    dispatchers: npt.NDArray[np.int64]
    callers: npt.NDArray[np.int64]
    bureau: Numbers
    categories: Numbers
    declared: Procedure


def make_world(area: str, start: date, tell: Callable[[str], None]) -> World:
    """Make units, posts and responsibilities for all counties in *area* and return what cases are drawn from.

    Made again it finds what is there. Raises NotPossible when the regions are not loaded.
    """
    places = list(
        Region.objects.filter(code__startswith=area, level=Region.Level.VILLAGE)
        .order_by("code")
        .values_list("code", "urban")
    )
    if not places:
        raise NotPossible(f"没有 {area} 的村（社区）。请先运行 gongzhi load-regions。")
    codes = [code for code, _urban in places]
    counties = sorted({code[:6] for code in codes})
    tell("单位和岗位")
    units = _units(counties, start)
    posts = _posts(counties, units, start)
    _responsibilities(counties, units, start)
    forget_everything()
    urban = np.array([kind == Region.Urban.URBAN for _code, kind in places])
    within, reach = reach_of(codes, urban)
    kinds = dict(MatterCategory.objects.values_list("key", "pk"))
    place = {key: number for number, key in enumerate(BUREAUS)}
    seats = [[posts[county, bureau] for bureau in BUREAUS] for county in counties]
    centres = [posts[county, CENTRE] for county in counties]
    return World(
        regions=np.array([code.encode() for code in codes]),
        reach=reach,
        urban=urban,
        county=np.searchsorted(counties, [code[:6] for code in codes]).astype(np.int64),
        cities=within,
        keys=np.array([int(county) * 10**13 for county in counties], dtype=np.int64),
        units=np.array([[units[county, bureau] for bureau in BUREAUS] for county in counties]),
        centres=np.array([units[county, CENTRE] for county in counties]),
        handlers=np.array([[seat[Role.HANDLER] for seat in row] for row in seats]),
        heads=np.array([[seat[Role.HEAD] for seat in row] for row in seats]),
        dispatchers=np.array([seat[Role.DISPATCHER] for seat in centres]),
        callers=np.array([seat[Role.CALL_TAKER] for seat in centres]),
        bureau=np.array([place[kind.key.partition(".")[0]] for kind in KINDS]),
        categories=np.array([kinds[kind.key] for kind in KINDS]),
        declared=procedure("hotline.request"),
    )


def reach_of(
    codes: list[str], urban: npt.NDArray[np.bool_]
) -> tuple[dict[str, tuple[int, int]], npt.NDArray[np.float64]]:
    """Return which of the sorted codes lie in each city, and up to where in a lot from 0 to 1 each of them reaches."""
    within = {city: _range(codes, city) for city in sorted({code[:4] for code in codes})}
    return within, np.cumsum(_weights(urban, within))


def _range(codes: list[str], city: str) -> tuple[int, int]:
    low, high = np.searchsorted(codes, [city, city + "~"])
    return int(low), int(high)


def _weights(urban: npt.NDArray[np.bool_], cities: dict[str, tuple[int, int]]) -> npt.NDArray[np.float64]:
    """Spread the residents of each city over its villages and communities; together they are one."""
    weights = np.where(urban, URBAN_WEIGHT, 1.0)
    for city, (low, high) in cities.items():
        weights[low:high] *= RESIDENTS.get(city, 0) / weights[low:high].sum()
    found: npt.NDArray[np.float64] = weights / weights.sum()
    return found


def _units(counties: list[str], start: date) -> dict[tuple[str, str], int]:
    names = {CENTRE: "12345 热线中心", **BUREAUS}
    kinds = {CENTRE: Unit.Kind.HOTLINE_CENTRE}
    wanted: list[Any] = [
        Unit(
            key=f"sim-{county}-{key}",
            name=f"（{MARK}）{county} {name}",
            kind=kinds.get(key, Unit.Kind.GOVERNMENT_DEPARTMENT),
            region_id=county,
            valid_from=start,
        )
        for county in counties
        for key, name in names.items()
    ]
    Unit.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=2000)
    found = Unit.objects.filter(key__startswith="sim-").values_list("key", "pk")
    return {(key.split("-")[1], key.split("-")[2]): number for key, number in found}


def _posts(
    counties: list[str], units: dict[tuple[str, str], int], start: date
) -> dict[tuple[str, str], dict[Role, tuple[int, int]]]:
    """Make accounts that cannot sign in, each in one post; return (account, post) by county, unit and role."""
    roles = {
        CENTRE: (Role.DISPATCHER, Role.CALL_TAKER),
        **dict.fromkeys(BUREAUS, (Role.HANDLER, Role.HEAD)),
    }
    seats = [(county, key, role) for county in counties for key, held in roles.items() for role in held]
    names = {seat: f"sim-{'-'.join(map(str, seat))}" for seat in seats}
    Account.objects.bulk_create(
        [Account(username=name, name=f"{MARK}人员", password=NO_PASSWORD) for name in names.values()],
        ignore_conflicts=True,
        batch_size=2000,
    )
    accounts = dict(Account.objects.filter(username__startswith="sim-").values_list("username", "pk"))
    known = set(Post.objects.filter(account__username__startswith="sim-").values_list("account", flat=True))
    Post.objects.bulk_create(
        [
            Post(
                account_id=accounts[name],
                role=role.value,
                unit_id=units[county, key],
                region_code=county,
                valid_from=start,
            )
            for (county, key, role), name in names.items()
            if accounts[name] not in known
        ],
        batch_size=2000,
    )
    posts = dict(Post.objects.filter(account__in=accounts.values()).values_list("account", "pk"))
    found: dict[tuple[str, str], dict[Role, tuple[int, int]]] = {}
    for (county, key, role), name in names.items():
        found.setdefault((county, key), {})[role] = (accounts[name], posts[accounts[name]])
    return found


def _responsibilities(counties: list[str], units: dict[tuple[str, str], int], start: date) -> None:
    tops = dict(MatterCategory.objects.filter(level=1, key__in=BUREAUS).values_list("key", "pk"))
    known = set(Responsibility.objects.values_list("category", "region"))
    Responsibility.objects.bulk_create(
        Responsibility(
            category_id=top,
            region_id=county,
            lead_unit_id=units[county, key],
            basis=f"{MARK}数据",
            valid_from=start,
        )
        for county in counties
        for key, top in tops.items()
        if (top, county) not in known
    )
