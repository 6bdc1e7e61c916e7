"""Persons without an account: found again by phone and name."""

from datetime import datetime

from gongzhi.kernel.people.models import Person


def person_for(*, name: str, phone: str, region_code: str = "", now: datetime) -> Person:
    """Return the person with this phone and name, written down at the first time.

    Safe to call twice at once: the pair is unique, the second caller finds the first one's row.
    """
    person, _ = Person.objects.get_or_create(
        phone=phone,
        name=name.strip(),
        defaults={"phone_tail": phone[-4:], "region_code": region_code, "created_at": now},
    )
    return person
