"""Units and what stands under them."""

from __future__ import annotations

from django.db import connection

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


def units_under(unit: Unit | int) -> frozenset[int]:
    """Return the numbers of a unit and of all units under it, however deep."""
    return _under(unit if isinstance(unit, int) else unit.pk)


def _find(unit_id: int) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(_UNDER, [unit_id])
        return frozenset(row[0] for row in cursor.fetchall())


_under: Remembered[int, frozenset[int]] = Remembered(_find)
