"""What a particular found in a text is: its kind, where it stands, and why it is taken for one."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of particulars that tell who or where somebody is."""

    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"
    PLATE = "plate"
    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Leak:
    """One particular: its kind, the signs of the text it covers (from, to), and why, in words for an official."""

    kind: Kind
    span: tuple[int, int]
    why: str
