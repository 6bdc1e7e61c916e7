"""Units and what stands under them."""

from __future__ import annotations

from django.db import connection

from gongzhi.base.phones import landlines_in
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.remembered import Remembered

_UNDER = """
    WITH RECURSIVE under (id) AS (
        SELECT id FROM organisations_unit WHERE id = %s
        UNION
        SELECT child.id FROM organisations_unit child JOIN under ON child.parent_id = under.id
    )
    SELECT id FROM under
"""
_OVER = """
    WITH RECURSIVE over (id, parent_id) AS (
        SELECT id, parent_id FROM organisations_unit WHERE id = %s
        UNION
        SELECT above.id, above.parent_id FROM organisations_unit above JOIN over ON above.id = over.parent_id
    )
    SELECT id FROM over
"""


def units_under(unit: Unit | int) -> frozenset[int]:
    """Return the numbers of a unit and of all units under it, however deep."""
    return _under(unit if isinstance(unit, int) else unit.pk)


def units_over(unit_id: int) -> frozenset[int]:
    """Return the numbers of a unit and of all units above it."""
    return _over(unit_id)


def lines_of_units() -> frozenset[str]:
    """Return the landlines on the list of units, as numbers are kept and as read a minute ago at most; a mobile is a person's."""
    return _lines(None)


def _find_lines(_nothing: None) -> frozenset[str]:
    phones = Unit.objects.exclude(phone="").order_by().values_list("phone", flat=True)
    return frozenset(line for phone in phones for line in landlines_in(phone))


def _find_under(unit_id: int) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(_UNDER, [unit_id])
        return frozenset(row[0] for row in cursor.fetchall())


def _find_over(unit_id: int) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(_OVER, [unit_id])
        return frozenset(row[0] for row in cursor.fetchall())


_under: Remembered[int, frozenset[int]] = Remembered(_find_under)
_over: Remembered[int, frozenset[int]] = Remembered(_find_over)
_lines: Remembered[None, frozenset[str]] = Remembered(_find_lines, seconds=60)
