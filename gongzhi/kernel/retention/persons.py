"""Make persons unrecognisable: the row stays for counting, nothing tells who it was."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.lock.scope import also
from gongzhi.kernel.people.models import Account, Binding, Particulars, Person
from gongzhi.kernel.retention.held import HELD_CASE
from gongzhi.kernel.retention.models import LegalHold

#: True for a person in whose row something still tells who they are, as SQL over people_person t.
STILL_KNOWN = "EXISTS (SELECT FROM people_particulars k WHERE k.person_id = t.id)"
#: The days between granting that a person is forgotten and doing it: time to find out that it was a mistake.
BEFORE_ERASING = timedelta(days=7)


def asks_to_be_forgotten(person: str) -> str:
    """Say that a person, named by the alias of their row, is to be forgotten today, on their own request (art. 47).

    Who brings a new matter in the days after that was granted has come back: they are kept until they ask again.
    """
    return (
        f"({person}.erase_on IS NOT NULL AND {person}.erase_on <= %(today)s AND NOT EXISTS (SELECT FROM cases_case b"
        f" WHERE b.opened_by_id = {person}.id"
        f" AND b.opened_at >= {person}.erase_on - interval '{BEFORE_ERASING.days - 1} days'))"
    )


def to_erase(column: str) -> str:
    """Say that the person numbered in a column is to be forgotten today, on their own request (art. 47)."""
    return (
        f"EXISTS (SELECT FROM people_person e WHERE e.id = {column} AND {asks_to_be_forgotten('e')} AND NOT EXISTS"
        " (SELECT FROM cases_case o WHERE o.opened_by_id = e.id AND o.closed_at IS NULL) AND NOT EXISTS"
        " (SELECT FROM people_account a WHERE a.person_id = e.id AND a.is_active))"
    )


def erase_later(person_id: int, now: datetime) -> date:
    """Have a person forgotten once `BEFORE_ERASING` has passed, and return the day; one that is ahead already stays.

    Whether it is theirs to ask, and granted, is for the caller to know.
    """
    with also(acts="system"):
        person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
        if person.erase_on is None or person.erase_on <= localdate(now):
            person.erase_on = localdate(now + BEFORE_ERASING)
            person.save(update_fields=["erase_on"])
    return person.erase_on


def may_be_erased(person_id: int) -> bool:
    """Say whether nothing keeps a person from being forgotten: no open matter, no legal hold, no account in use.

    Which of them it is, is not told: a hold is not for everybody to know (art. 47 paragraph 2).
    """
    with also(acts="system"):
        return not (
            Case.objects.filter(opened_by_id=person_id, closed_at=None).exists()
            or LegalHold.objects.filter(lifted_at=None, person_id=person_id).exists()
            or _has_held_case(person_id)
            or Account.objects.filter(person_id=person_id, is_active=True).exists()
        )


def _has_held_case(person_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM cases_case c WHERE c.opened_by_id = %s AND {HELD_CASE})", [person_id]
        )
        return bool(cursor.fetchone()[0])


def erase_not(person_id: int, now: datetime) -> bool:
    """Leave a person where they are when they change their mind before the day; say whether it was in time."""
    with also(acts="system"):
        waiting = Person.objects.filter(pk=person_id, erase_on__gt=localdate(now))
        return bool(waiting.update(erase_on=None))


@transaction.atomic
def anonymise(person_ids: Sequence[int]) -> int:
    """Take away who persons are (个人信息保护法 art. 19, 47); return how many are left without a name.

    Whether they may be forgotten (period over, no open case, no legal hold) is for the caller to know.
    """
    Particulars.objects.filter(pk__in=person_ids).delete()
    Binding.objects.filter(Q(person_id__in=person_ids) | Q(follower_id__in=person_ids)).delete()
    emptied = {"masked_name": "", "masked_phone": "", "phone_tail": "", "by_sms": False}
    nobody = Concat(Value("-"), Cast("pk", CharField()))
    Account.objects.filter(person_id__in=person_ids, is_active=False).update(name="", username=nobody)
    return Person.objects.filter(pk__in=person_ids).update(**emptied)
