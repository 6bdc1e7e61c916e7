"""Persons without an account: found again by phone and name, through blind indexes; and what is kept about them."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from gongzhi.base.declined import NotPossible
from gongzhi.base.masking import mask_name, mask_phone
from gongzhi.base.phones import is_mobile, plain_phone
from gongzhi.kernel import prepared
from gongzhi.kernel.encryption.keyring import keyring
from gongzhi.kernel.encryption.sealed import indexes
from gongzhi.kernel.lock.scope import also
from gongzhi.kernel.people.binding import person_of_follower
from gongzhi.kernel.people.models import Particulars, Person

PHONE, NAME, ID_NUMBER = "people.phone", "people.phone_and_name", "people.id_number"
OPENID = "people.openid"
ANOTHER = "这个姓名和电话已经登记为另一份记录，不能自动合并。请核对后只更正其中一项，或拨打 12345。"
_KNOWN = "SELECT number, known FROM people_person_known(%s::bytea[], %s::bytea[])"
_ADD = "SELECT people_person_add(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::int)"


def name_at(phone: str, name: str) -> str:
    """Return what is indexed of a name: it with the phone, for of names alone one sees which is how frequent."""
    return f"{phone}\n{name}"


@transaction.atomic(savepoint=False)
def person_for(*, name: str, phone: str, region_code: str = "", now: datetime) -> int:
    """Return the number of the person with this phone and name, written down at the first time.

    Whoever asks learns the number and nothing else of someone known already: the database looks past the second
    lock (migration 0004). Safe to call twice at once: the pair is unique, the second caller gets the first one's
    number. Who leaves no phone is nobody's acquaintance: they are written down each time.
    """
    number, called = plain_phone(phone), name.strip()
    version = keyring().versions[
        0
    ]  # first: a key drawn meanwhile must not leave an older index that looks new
    phones = indexes(PHONE, number) if number else []
    names = indexes(NAME, name_at(number, called)) if number else []
    [(person_id, known)] = prepared.run(_KNOWN, (phones, names), writes=False)
    if known:
        return int(person_id)
    kept = Particulars(person_id=person_id, key_version=version)
    kept.name, kept.phone = called, number
    masked: list[str | bool] = [mask_name(called), mask_phone(number), number[-4:], is_mobile(number)]
    sealed = [bytes(kept.name_sealed), bytes(kept.phone_sealed)]
    keys = [names[0], phones[0]] if number else [None, None]
    [(added,)] = prepared.run(_ADD, (person_id, *masked, region_code, now, *sealed, *keys, kept.key_version))
    return int(added)


def persons_with_phone(phone: str) -> list[int]:
    """Return the numbers of those who left this phone, and nothing else of them."""
    number = plain_phone(phone)
    if not number:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_with_phone(%s)", [indexes(PHONE, number)])
        return [int(person_id) for (person_id,) in cursor.fetchall()]


def person_of_text(person_id: int, *, name: str = "", now: datetime) -> int:
    """Return whose matter it is that somebody wrote by text or in the official account, when an official registers it.

    *person_id* is the nameless record of the phone or of the follower. A follower who has shown to be somebody is that person. Of a phone
    it is the person of that *name*; without one the only person who ever left it with a name, and the nameless one where there
    are several. A name that a record has already stays.
    """
    if (known := person_of_follower(person_id)) is not None:
        return known
    with also(acts="system"):
        kept = Particulars.objects.get(pk=person_id)
        phone, region_code = kept.phone, Person.objects.get(pk=person_id).region_code
        people = Person.objects.filter(pk__in=persons_with_phone(phone)) if phone else Person.objects.none()
        named = list(people.exclude(masked_name="").values_list("pk", flat=True)[:2])
        if phone and name.strip():
            return person_for(name=name, phone=phone, region_code=region_code, now=now)
        if name.strip() and not kept.name:
            correct_person(person_id, name=name)
    return named[0] if len(named) == 1 else person_id


def person_with_openid(openid: str, *, region_code: str = "", now: datetime) -> int:
    """Return the number of the person who follows the official account under this openid, written down the first time.

    They are nameless and without a phone: what they write is theirs, and nothing joins them to another record. Safe to
    call twice at once: the index is unique, the second caller gets the first one's number.
    """
    with also(acts="system"):
        if (known := _by_openid(openid)) is not None:
            return known
        try:
            with transaction.atomic():
                number = person_for(name="", phone="", region_code=region_code, now=now)
                kept = Particulars.objects.select_for_update(of=("self",)).get(pk=number)
                kept.openid, kept.openid_index = openid, indexes(OPENID, openid)[0]
                kept.save(update_fields=["openid_sealed", "openid_index"])
                return number
        except IntegrityError:
            known = _by_openid(openid)
            if known is None:
                raise
            return known


def _by_openid(openid: str) -> int | None:
    found = Particulars.objects.filter(openid_index__in=indexes(OPENID, openid))
    return found.values_list("person_id", flat=True).first()


def read_particulars(person_ids: Collection[int], *, purpose: str) -> dict[int, Particulars]:
    """Return who somebody is, for whoever has written down why: the second lock is opened for these persons alone.

    The purpose is announced with them: without one the lock stays shut.

    Only the ledger's functions call this (`cases.personfile`, `cases.exports`), and what reaches a person themselves
    (`notices.sending`, `retention.copy`): `architecture/test_particulars.py` names them and fails for any other.
    """
    with also(opened="{" + ",".join(str(each) for each in sorted(person_ids)) + "}", purpose=purpose):
        return Particulars.objects.in_bulk(person_ids)


def is_named(person_id: int) -> bool:
    """Say whether we know how a person is called."""
    return Person.objects.filter(pk=person_id).exclude(masked_name="").exists()


def correct_person(person_id: int, *, name: str = "", phone: str = "", address: str = "") -> None:
    """Set right what is kept about a person (个人信息保护法 art. 46); what is empty stays as it is.

    Whether they are who they say, and may ask, is for the caller to know. Raises NotPossible when the phone and name
    are already those of another record: two records are not made one by guessing.
    """
    with also(acts="system"):
        kept = Particulars.objects.select_for_update(of=("self",)).get(pk=person_id)
        called, number = name.strip() or kept.name, plain_phone(phone) or kept.phone
        if (called, number) != (kept.name, kept.phone):
            _index_anew(kept, called, number)
        kept.address = address.strip() or kept.address
        try:
            with transaction.atomic():
                kept.save()
        except IntegrityError as twice:
            raise NotPossible(ANOTHER) from twice
        masked = {"masked_name": mask_name(called), "masked_phone": mask_phone(number)}
        Person.objects.filter(pk=person_id).update(phone_tail=number[-4:], by_sms=is_mobile(number), **masked)


def _index_anew(kept: Particulars, name: str, phone: str) -> None:
    """Set name and phone with their indexes, unless another record has them, under whichever key it was sealed."""
    version = keyring().versions[0]
    phones, names = indexes(PHONE, phone), indexes(NAME, name_at(phone, name))
    others = Particulars.objects.exclude(pk=kept.pk)
    if phone and others.filter(phone_index__in=phones, name_index__in=names).exists():
        raise NotPossible(ANOTHER)
    id_number, address = kept.id_number, kept.address
    kept.name, kept.phone, kept.id_number, kept.address = name, phone, id_number, address
    kept.phone_index, kept.name_index = (phones[0], names[0]) if phone else (None, None)
    kept.id_number_index = indexes(ID_NUMBER, id_number)[0] if id_number else None
    kept.key_version = version
