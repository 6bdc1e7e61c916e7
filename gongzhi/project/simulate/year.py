"""What a year looks like: where people live, when they write, about what, and how long offices take.

Populations are facts of the census. Everything else is our own assumption, chosen to look like a hotline's year; no
figure here may be quoted as one of Henan.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Residents by city, 1 November 2020: 河南省第七次全国人口普查公报（第二号）, 河南省统计局 2021. They add up to 99,365,519.
RESIDENTS: Final = {
    "4101": 12_600_574,
    "4102": 4_824_016,
    "4103": 7_056_699,
    "4104": 4_987_137,
    "4105": 5_477_614,
    "4106": 1_565_973,
    "4107": 6_251_929,
    "4108": 3_521_078,
    "4109": 3_772_088,
    "4110": 4_379_998,
    "4111": 2_367_490,
    "4112": 2_034_872,
    "4113": 9_713_112,
    "4114": 7_816_831,
    "4115": 6_234_401,
    "4116": 9_026_015,
    "4117": 7_008_427,
    "4190": 727_265,
}

#: How busy each hour of a day is, from midnight: little at night, two peaks.
HOURS: Final = (2, 1, 1, 1, 1, 3, 8, 20, 45, 60, 58, 42, 30, 34, 50, 55, 52, 44, 34, 32, 28, 20, 11, 5)
#: Monday to Sunday.
WEEKDAYS: Final = (1.15, 1.08, 1.04, 1.02, 1.0, 0.72, 0.66)
BURSTS_A_YEAR: Final = 12
BURST_HOURS: Final = 6
BURST_FACTOR: Final = 6.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of matter: its key, what people write, how often in summer and winter, and in town and country."""

    key: str
    title: str
    text: str
    summer: float
    winter: float
    urban: float
    rural: float


KINDS: Final = (
    Kind("urban.lighting.streetlamp", "路灯不亮", "路灯坏了几天，晚上走路看不清。", 5, 7, 1.4, 0.3),
    Kind("urban.lighting.village_lamp", "村里的灯不亮", "巷子里的灯不亮，老人出门不方便。", 5, 7, 0.1, 1.6),
    Kind("urban.streets.vendors", "摊位占道", "路口摆摊占了人行道，走不过去。", 9, 3, 1.5, 0.2),
    Kind("urban.streets.rubbish", "垃圾没人清", "垃圾堆了好几天，味道很大。", 10, 6, 1.0, 1.1),
    Kind("urban.facilities.drainage", "路面积水", "一下雨就积水，车过不去。", 16, 2, 1.2, 0.8),
    Kind("urban.facilities.manhole", "井盖坏了", "井盖翘起来了，怕人掉下去。", 4, 4, 1.3, 0.4),
    Kind("housing.estates.service", "物业不管事", "反映多次，物业一直没有处理。", 8, 9, 1.7, 0.1),
    Kind("housing.estates.lift", "电梯停运", "电梯坏了，楼上老人下不来。", 5, 4, 1.8, 0.05),
    Kind("housing.market.delayed_delivery", "到期没交房", "合同到期了，房子还没有交。", 4, 5, 1.5, 0.2),
    Kind("utilities.heating.not_warm", "家里暖气不热", "屋里只有十几度，请派人看看。", 0.2, 22, 1.8, 0.05),
    Kind("utilities.water.outage", "停水", "停水没有通知，家里没法做饭。", 10, 5, 1.0, 1.0),
    Kind("transport.roads.rural", "村道坑洼", "村道坏了，骑车容易摔。", 8, 8, 0.1, 2.0),
    Kind("social.insurance.pension", "养老待遇怎么办", "想问养老待遇认证在哪里办。", 7, 8, 0.8, 1.3),
    Kind("market.consumers.refund", "退款纠纷", "买的东西有问题，商家不退。", 8, 8, 1.3, 0.7),
)


def hours_of(start: date) -> tuple[datetime, Floats]:
    """Return the first moment of a year that begins on *start*, and how busy each of its hours is."""
    first = datetime(start.year, start.month, start.day)
    days = [first + timedelta(days=day) for day in range(365)]
    busy = np.array([[WEEKDAYS[day.weekday()] * hour for hour in HOURS] for day in days], dtype=np.float64)
    return first, busy.reshape(-1)


def winter_share(start: date) -> Floats:
    """Return for each day of the year how wintry it is, from 0 in July to 1 in January."""
    months = np.array([(start + timedelta(days=day)).timetuple().tm_yday for day in range(365)])
    share: Floats = 0.5 + 0.5 * np.cos((months - 15) / 365 * 2 * np.pi)
    return share
