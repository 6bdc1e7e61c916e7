"""A follower of the official account shown to be a person known by phone: by a code that went to that phone alone."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.lock.scope import also
from gongzhi.kernel.people.models import Binding, Person

#: Without signs that are read for one another: eight of them are more than anybody guesses in ten minutes.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 8
GOOD_FOR: Final = timedelta(minutes=10)
NO_MOBILE: Final = "您登记的不是手机号，收不到验证码。请打 12345 更正后再绑定。"


def code_of(key: str) -> str:
    """Return the code that belongs to one request: the same key gives the same code again."""
    number = int.from_bytes(salted_hmac("gongzhi.binding.code", key, algorithm="sha256").digest())
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(LENGTH))


@transaction.atomic
def offer_binding(person_id: int, *, code: str, now: datetime) -> None:
    """Offer a code for ten minutes, to be sent to the person's phone and shown nowhere.

    Raises NotPossible for who left no mobile. What is bound stays so until another follower brings the code.
    """
    with also(acts="system"):
        person = Person.objects.get(pk=person_id)
        if not (person.masked_phone.startswith("1") and len(person.masked_phone) == 11):
            raise NotPossible(NO_MOBILE)
        offered = {"code_mark": _mark(code), "code_until": now + GOOD_FOR, "region_code": person.region_code}
        Binding.objects.update_or_create(person_id=person_id, defaults=offered)


@transaction.atomic
def bind_follower(follower_id: int, *, code: str, now: datetime) -> int | None:
    """Bind a follower to the person whose phone the code went to, and return who that is; a code serves once.

    None when it is no code, was used, or is over.
    """
    with also(acts="system"):
        found = Binding.objects.select_for_update(of=("self",)).filter(
            code_mark=_mark(code.upper()), code_until__gt=now
        )
        row = found.first()
        if row is None or row.person_id == follower_id:
            return None
        Binding.objects.filter(follower_id=follower_id).update(follower=None, bound_at=None)
        row.follower_id, row.bound_at, row.code_mark, row.code_until = follower_id, now, None, None
        row.save()
        return int(row.person_id)


def person_of_follower(follower_id: int) -> int | None:
    """Return whom a follower has shown to be; None while they are bound to nobody."""
    with also(acts="system"):
        return Binding.objects.filter(follower_id=follower_id).values_list("person_id", flat=True).first()


def is_bound(person_id: int) -> bool:
    """Say whether a follower is bound to this person, read as they may."""
    return Binding.objects.filter(person_id=person_id, follower__isnull=False).exists()


def unbind(*, person_id: int | None = None, follower_id: int | None = None) -> bool:
    """Part a person and a follower, as either wants; say whether they were bound."""
    with also(acts="system"):
        rows = Binding.objects.filter(follower__isnull=False)
        rows = rows.filter(person_id=person_id) if person_id else rows.filter(follower_id=follower_id or 0)
        return bool(rows.update(follower=None, bound_at=None, code_mark=None, code_until=None))


def _mark(code: str) -> bytes:
    return salted_hmac("gongzhi.binding.mark", code, algorithm="sha256").digest()
