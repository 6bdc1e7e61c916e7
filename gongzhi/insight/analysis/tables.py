"""The two tables that heavy questions are asked of, with their closed list of columns: facts, and counts of days.

Neither holds a number, a title, a word, a person, a unit or a code by which a matter could be asked for, and no two
rows can be told to be of one matter.
"""

from datetime import date
from typing import Any, Final, LiteralString

from gongzhi.insight.statistics.facts import MATTER_DAYS, matter_days_of
from gongzhi.insight.statistics.models import COUNTS

KEYS: Final = ("day", "county", "urban", "domain", "category")
COLUMNS: Final = (*KEYS, *COUNTS)
_COUNTS: LiteralString = "opened, closed, solved, explained, rejected, answered, on_time, hours, grade_5, grade_4, grade_3, grade_2, grade_1"
_SOMETHING: LiteralString = "opened + closed + answered + grade_5 + grade_4 + grade_3 + grade_2 + grade_1 > 0"
#: By name, the statement whose rows have the columns `COLUMNS`; its values are those of `values_of`.
TABLES: Final[dict[str, LiteralString]] = {
    # One row for each matter and day on which it was opened, answered, closed or rated.
    "facts": f"""{MATTER_DAYS}
SELECT m.day, m.county, m.urban, m.domain, COALESCE(k.key, '') AS category, {_COUNTS}
FROM matter_days m LEFT JOIN organisations_mattercategory k ON k.id = m.category_id WHERE {_SOMETHING}""",
    # The same added up by `gongzhi count-days` and the worker.
    "days": f"""
SELECT c.day, c.region_code AS county, c.urban, c.domain, COALESCE(k.key, '') AS category, {_COUNTS}
FROM statistics_dailycount c LEFT JOIN organisations_mattercategory k ON k.id = c.category_id
WHERE c.day >= %(first)s AND c.day <= %(last)s AND {_SOMETHING}""",
}


def values_of(first: date, last: date) -> dict[str, Any]:
    """Return what the statements ask for, for the days from *first* to *last*."""
    return {"first": first, "last": last, **matter_days_of(first, last)}
