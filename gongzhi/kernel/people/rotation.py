"""Seal everything anew with the newest key: in batches, resumable, while the platform runs."""

from collections import Counter
from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Count, Model

from gongzhi.kernel.encryption.keyring import keyring
from gongzhi.kernel.encryption.sealed import SealedText, indexes, version_of
from gongzhi.kernel.people.models import Particulars
from gongzhi.kernel.people.persons import ID_NUMBER, NAME, OPENID, PHONE, name_at

BATCH = 500
SEALED = ("name", "phone", "id_number", "address", "openid")


def rows_by_version() -> dict[int, int]:
    """Return how many rows hold values sealed with each version of the key; a row counts by its oldest."""
    counted = Counter(dict(Particulars.objects.values_list("key_version").annotate(Count("pk"))))
    for model in _beside():
        counted.update(_oldest(row) for row in _sealed_rows(model))
    return dict(counted)


def rotate(tell: Callable[[int], None] = lambda done: None) -> int:
    """Seal every row anew that an older key sealed, and return how many there were.

    Each batch is a transaction of its own: interrupted, it goes on where it was. Rows stay readable meanwhile, and
    are found by the index of either version.
    """
    done = 0
    for batch in _batches():
        done += batch
        tell(done)
    for model in _beside():
        for row in _sealed_rows(model):
            if _oldest(row) != keyring().versions[0]:
                done += _rotate_row(row)
                tell(done)
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
    *("name_index", "phone_index", "id_number_index", "openid_index", "key_version"),
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
    if row.openid_index is not None:
        row.openid_index = indexes(OPENID, row.openid)[0]
    row.key_version = newest


def _beside() -> list[type[Model]]:
    """Return the models beside the particulars that keep something sealed: few rows, without an index."""
    return [model for model in apps.get_models() if model is not Particulars and _names(model)]


def _names(model: type[Model]) -> list[str]:
    return [name for name, value in vars(model).items() if isinstance(value, SealedText)]


def _sealed_rows(model: type[Model]) -> Iterator[Model]:
    empty = {f"{name}_sealed": b"" for name in _names(model)}
    return model._default_manager.exclude(**empty).order_by("pk").iterator(chunk_size=BATCH)


def _oldest(row: Model) -> int:
    kept = [bytes(getattr(row, f"{name}_sealed")) for name in _names(type(row))]
    return min(version_of(one) for one in kept if one)


@transaction.atomic
def _rotate_row(seen: Model) -> int:
    model, names = type(seen), _names(type(seen))
    row = model._default_manager.select_for_update(of=("self",)).get(pk=seen.pk)
    for name in names:
        setattr(row, name, getattr(row, name))
    row.save(update_fields=[f"{name}_sealed" for name in names])
    return 1
