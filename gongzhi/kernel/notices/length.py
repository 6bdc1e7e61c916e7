"""How long a short message is as the networks count it, and what it costs: Chinese goes as UCS-2, 70 or 67 signs a part."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.timezone import localdate

from gongzhi.kernel.organisations.local_values import local_value

ALONE, JOINED = (
    70,
    67,
)  # UCS-2 units in one part, and in each of several (3GPP TS 23.040: six octets join them)
PRICE_KEY: Final = "notices.part_price"
PRICE: Final = "5"  # fen a part; configuration, every contract has its own


def parts(text: str) -> int:
    """Return how many parts a message takes; a sign beyond the basic plane counts two units and is never divided."""
    units = [2 if ord(sign) > 0xFFFF else 1 for sign in text]
    if sum(units) <= ALONE:
        return 1
    count, left = 1, JOINED
    for size in units:
        if size > left:
            count, left = count + 1, JOINED
        left -= size
    return count


def cost(text: str, region_code: str, now: datetime) -> Decimal:
    """Return what a message costs in yuan, at the price a region pays for a part."""
    price = local_value(region_code, PRICE_KEY, localdate(now))
    return parts(text) * Decimal(str(price.value if price else PRICE)) / 100
