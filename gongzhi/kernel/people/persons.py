"""Persons without an account: found again by phone and name."""

import re
import unicodedata
from datetime import datetime

from gongzhi.kernel.people.models import Person


def plain_phone(text: str) -> str:
    """Return a phone number as it is kept: only digits, without the country's prefix."""
    digits = re.sub(r"[^0-9+]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits).replace("+", "")


def person_for(*, name: str, phone: str, region_code: str = "", now: datetime) -> Person:
    """Return the person with this phone and name, written down at the first time.

    Safe to call twice at once: the pair is unique, the second caller finds the first one's row. Who leaves no
    phone is nobody's acquaintance: they are written down each time.
    """
    number = plain_phone(phone)
    new = {"phone_tail": number[-4:], "region_code": region_code, "created_at": now}
    if not number:
        return Person.objects.create(name=name.strip(), **new)
    person, _ = Person.objects.get_or_create(phone=number, name=name.strip(), defaults=new)
    return person
