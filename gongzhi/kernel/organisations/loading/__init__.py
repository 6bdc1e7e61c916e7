"""Loading what a province brings along: its divisions, its units, its categories, its responsibility list."""

from gongzhi.kernel.organisations.loading.divisions import AS_OF, RegionsLoaded, load_regions
from gongzhi.kernel.organisations.loading.lists import load_categories, load_units
from gongzhi.kernel.organisations.loading.report import Loaded, Progress, RefusedRow, silent
from gongzhi.kernel.organisations.loading.responsibilities import load_responsibilities

__all__ = [
    "AS_OF",
    "Loaded",
    "Progress",
    "RefusedRow",
    "RegionsLoaded",
    "load_categories",
    "load_regions",
    "load_responsibilities",
    "load_units",
    "silent",
]
