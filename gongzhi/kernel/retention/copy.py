"""A person's own copy of what is kept about them, by the declared table of keeping (个人信息保护法 art. 45)."""

from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.declare.keeping import Keeping
from gongzhi.kernel.people.persons import read_particulars
from gongzhi.kernel.retention.periods import every_keeping

PARTICULARS = ("name", "phone", "id_number", "address", "openid")


def copy_for(person_id: int) -> dict[str, Any]:
    """Return everything the table lets a person have, by kind: rows as JSON can hold them, or why there are none.

    Read in the name of the person: the second lock lets through what is theirs and nothing else.
    """
    kinds = {row.kind: _kind(row, person_id) for row in every_keeping()}
    return {"particulars": _particulars(person_id), "kinds": kinds}


def _kind(row: Keeping, person_id: int) -> dict[str, Any]:
    told: dict[str, Any] = {"label": str(row.label), "basis": str(row.basis)}
    if row.withheld:
        return told | {"withheld": str(row.withheld)}
    rows = list(_rows(row, person_id).values(*row.copied))
    for column, other in row.once:
        for one in rows:
            one[column] = one[column] if one[other] is not None else ""
    return told | {"rows": [_plain(one) for one in rows]}


def _rows(row: Keeping, person_id: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(row.model)._default_manager.order_by("pk")
    if row.person:
        return rows.filter(**{row.person: person_id})
    own = Case.objects.filter(opened_by_id=person_id).values("pk")
    return rows.filter(**{f"{row.case}__in": own})


def _particulars(person_id: int) -> dict[str, str]:
    kept = read_particulars([person_id], purpose="own_copy").get(person_id)
    return {name: getattr(kept, name) for name in PARTICULARS} if kept else {}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }
