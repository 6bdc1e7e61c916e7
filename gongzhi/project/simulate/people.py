"""The persons of the simulated province: names put together from parts, phones of a prefix that nobody is given."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from gongzhi.base.masking import mask_name
from gongzhi.kernel.encryption.keyring import keyring
from gongzhi.kernel.encryption.sealed import indexes
from gongzhi.kernel.people.models import Particulars
from gongzhi.kernel.people.persons import NAME, PHONE, name_at
from gongzhi.project.simulate.world import World

FAMILY: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN: Final = (
    "春生",
    "秀英",
    "志强",
    "桂兰",
    "建国",
    "小满",
    "玉梅",
    "海涛",
    "文静",
    "大山",
    "凤霞",
    "守田",
)
#: Numbers of simulated persons begin here, so many for each seed: no real one comes so far.
PEOPLE: Final = 10**12
PERSON: Final = "id, masked_name, masked_phone, phone_tail, by_sms, region_code, created_at"
PARTICULARS: Final = "person_id, name_sealed, phone_sealed, id_number_sealed, address_sealed, name_index, phone_index, key_version"


def first_persons(world: World, persons: int, first: int) -> npt.NDArray[np.int64]:
    """Return for each region the number of its first person, and one number more as the end: at least one a region."""
    shares = np.diff(np.concatenate(([0.0], world.reach)))
    counts = np.maximum(1, np.round(shares * persons)).astype(np.int64)
    return first + np.concatenate(([0], np.cumsum(counts)))


def name_and_phone(number: int, first: int) -> tuple[str, str]:
    """Return the invented name and phone of a person; no phone of the country begins with 100 or is that long."""
    place = number - first
    name = FAMILY[place % len(FAMILY)] + GIVEN[place // len(FAMILY) % len(GIVEN)]
    return name, f"100{first // PEOPLE:04d}{place:08d}"


def person_rows(
    numbers: range, first: int, regions: npt.NDArray[np.bytes_], created: datetime
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of people_person; none of them is ever sent a short message."""
    for number, region in zip(numbers, regions, strict=True):
        name, phone = name_and_phone(number, first)
        yield (
            number,
            mask_name(name),
            f"{phone[:3]}****{phone[-4:]}",
            phone[-4:],
            False,
            region.decode(),
            created,
        )


def particulars_rows(numbers: range, first: int) -> Iterator[tuple[object, ...]]:
    """Yield the rows of people_particulars, sealed as those of anybody else."""
    version = keyring().versions[0]
    for number in numbers:
        name, phone = name_and_phone(number, first)
        kept = Particulars(person_id=number, key_version=version)
        kept.name, kept.phone = name, phone
        name_index, phone_index = indexes(NAME, name_at(phone, name))[0], indexes(PHONE, phone)[0]
        yield number, kept.name_sealed, kept.phone_sealed, b"", b"", name_index, phone_index, version
