"""What things are called on the page, in the reader's language."""

from typing import Final

from django.utils.translation import gettext

from gongzhi.kernel.organisations.models import MatterCategory
from gongzhi.kernel.organisations.regions import path_name

SYMBOLS: Final = {
    "urban": "building-2",
    "housing": "house",
    "utilities": "plug-zap",
    "transport": "bus",
    "agriculture": "wheat",
    "education": "graduation-cap",
    "health": "heart-pulse",
    "social": "hand-heart",
    "labour": "hard-hat",
    "environment": "leaf",
    "market": "store",
    "safety": "shield-alert",
    "governance": "landmark",
}


def symbol_of(category: MatterCategory) -> str:
    """Return the icon of a broad category; one that a city adds gets a plain one."""
    return SYMBOLS.get(category.key, "circle-dot")


def label_of(category: MatterCategory | None) -> str:
    """Return a category's name in the reader's language."""
    if category is None:
        return gettext("由工作人员判断")
    return category.shown


def place_of(region_code: str) -> str:
    """Return where something is, from the city down to the township at most; the province goes without saying."""
    return path_name(region_code[:9]).partition(" ")[2]
