"""Where a message says something is: districts, and the ends of names of roads, estates, villages and other sites.

Chinese has no blanks, so a name has no sure beginning; its last two signs before 路, 小区, 村 and the like are enough to tell
one road from another. Written for telling messages apart, not for finding a place on the map.
"""

import re
from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "大道|小区|花园|社区|广场|公园|小学|中学|学校|幼儿园|医院|市场|街道|国道|省道|号线|路口|家园|公寓|大厦|水库|新村|新城|"
    "路(?![灯面人过况程政由费标牌线径])|街|巷|村|镇|乡|桥|河|湖|苑|庄|屯|站"
)
#: Signs that stand before a site without naming it, as in 这条路 and 我们小区, are left out.
_NAMING: Final = "(?![的了是们个条有这那该此某整每为住在周响])[\u4e00-\u9fff]"
_SITE: Final = re.compile(rf"(?:(?:{_NAMING}){{2}}|[A-Za-z]?\d+)(?:{KINDS})")
_DISTRICT: Final = re.compile(
    r"[A-Z]\d+[区县市]|[\u4e00-\u9fff]{2}(?<![小社片地校园景厂矿辖城民宅置共业的游禁])[区县]"
)
#: What ends like a site and is none.
_NONE: Final = re.compile(
    r"(?:影响|妨碍|整个|住宅|进入|居民|住户|业主|导致|现在|如今|周边|安置|一个|老旧|各个|部分|附近|旁边|严重|厉害|我们|所有|其他|城市|农村|请求|要求|解决|处理)小区|一条|这条|那条|什么|铁路|公路|马路|道路|线路|农村|全村|本村|我村|各村|乡镇|上街|全镇|修路|走路|问路|断头|红路|门口|主干"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Places a message is about, by its title, and all that it speaks of."""

    about: frozenset[str]
    said: frozenset[str]


def sites_stated(title: str, text: str) -> Stated:
    """Return the sites of a message; it is about those of its title."""
    about = sites_of(title)
    return Stated(about, about | sites_of(text))


def districts_stated(title: str, text: str) -> Stated:
    """Return the districts of a message; it is about those of its title, or of its text when the title names none."""
    about, said = districts_of(title), districts_of(text)
    return Stated(about or said, about | said)


def sites_of(text: str) -> frozenset[str]:
    """Return the ends of names of sites in *text*: 凉塘路 of 星沙四区凉塘路, 205路."""
    return frozenset(all_sites(text))


def districts_of(text: str) -> frozenset[str]:
    """Return districts and counties by their last signs: 金水区, A3区."""
    return frozenset(all_districts(text))


def all_sites(text: str) -> list[str]:
    """Return the ends of names of sites as often as they are named."""
    return [found for found in _SITE.findall(text) if not _NONE.search(found)]


def all_districts(text: str) -> list[str]:
    """Return districts and counties as often as they are named."""
    return list(_DISTRICT.findall(text))


def apart(one: Stated, other: Stated) -> bool:
    """Say that two messages are about different places: both name some, and neither speaks of one the other is about."""
    return bool(one.about and other.about) and not (one.about & other.said) and not (other.about & one.said)
