"""Seal everything anew with the newest key: in batches, resumable, while the platform runs."""

from collections.abc import Callable, Iterator

from django.db import IntegrityError, transaction
from django.db.models import Count

from gongzhi.kernel.encryption.keyring import keyring
from gongzhi.kernel.encryption.sealed import indexes, version_of
from gongzhi.kernel.people.models import Account, Particulars
from gongzhi.kernel.people.persons import ID_NUMBER, NAME, PHONE, name_at

BATCH = 500
SEALED = ("name", "phone", "id_number", "address")


def rows_by_version() -> dict[int, int]:
    """Return how many rows hold values sealed with each version of the key."""
    counted = dict(Particulars.objects.values_list("key_version").annotate(Count("pk")))
    for account in _accounts():
        version = version_of(bytes(account.totp_secret_sealed))
        counted[version] = counted.get(version, 0) + 1
    return counted


def rotate(tell: Callable[[int], None] = lambda done: None) -> int:
    """Seal every row anew that an older key sealed, and return how many there were.

    Each batch is a transaction of its own: interrupted, it goes on where it was. Rows stay readable meanwhile, and
    are found by the index of either version.
    """
    done = 0
    for batch in _batches():
        done += batch
        tell(done)
    for account in _accounts():
        if version_of(bytes(account.totp_secret_sealed)) != keyring().versions[0]:
            done += _rotate_account(account.pk)
    return done


def _batches() -> Iterator[int]:
    newest = keyring().versions[0]
    while True:
        with transaction.atomic():
            older = Particulars.objects.filter(key_version__lt=newest).order_by("key_version", "person_id")
            rows = list(older.select_for_update(of=("self",))[:BATCH])
            for row in rows:
                _seal_anew(row, newest)
            _write(rows)
        if not rows:
            return
        yield len(rows)


_COLUMNS = [
    *(f"{name}_sealed" for name in SEALED),
    *("name_index", "phone_index", "id_number_index", "key_version"),
]


def _write(rows: list[Particulars]) -> None:
    """Write a batch; where a person was written down twice, each under another key, one by one.

    That happens when one machine had the new key and another not yet. Both stay, and both are found by the phone; by
    phone and name only the first is.
    """
    try:
        with transaction.atomic():
            Particulars.objects.bulk_update(rows, _COLUMNS)
    except IntegrityError:
        for row in rows:
            _write_one(row)


def _write_one(row: Particulars) -> None:
    try:
        with transaction.atomic():
            row.save(update_fields=_COLUMNS)
    except IntegrityError:
        row.name_index = None
        row.save(update_fields=_COLUMNS)


def _seal_anew(row: Particulars, newest: int) -> None:
    for name in SEALED:
        setattr(row, name, getattr(row, name))
    if row.phone_index is not None:
        row.phone_index = indexes(PHONE, row.phone)[0]
        row.name_index = indexes(NAME, name_at(row.phone, row.name))[0]
    if row.id_number_index is not None:
        row.id_number_index = indexes(ID_NUMBER, row.id_number)[0]
    row.key_version = newest


def _accounts() -> Iterator[Account]:
    return Account.objects.exclude(totp_secret_sealed=b"").order_by("pk").iterator(chunk_size=BATCH)


@transaction.atomic
def _rotate_account(account_id: int) -> int:
    account = Account.objects.select_for_update(of=("self",)).get(pk=account_id)
    account.totp_secret = account.totp_secret
    account.save(update_fields=["totp_secret_sealed"])
    return 1
