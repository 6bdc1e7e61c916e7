"""A sealed text as an attribute of a model: kept as bytes, read and set as text, bound to its row and column."""

from typing import Any, Final, overload

from django.db.models import Model

from gongzhi.kernel.encryption.keyring import keyring

#: One byte for the way of sealing, two for the version of the key; then nonce, ciphertext and tag.
SM4_GCM: Final = 1
HEAD: Final = 3


class SealedText:
    """Declares that an attribute is kept sealed in the column `NAME_sealed` (a BinaryField).

    The value is bound to table, column and primary key: a ciphertext copied to another row or column does not open.
    Set it only on a row whose primary key is known.
    """

    def __set_name__(self, owner: type[Model], name: str) -> None:
        self.name, self.column = name, f"{name}_sealed"

    @overload
    def __get__(self, row: None, owner: type[Model]) -> "SealedText": ...
    @overload
    def __get__(self, row: Model, owner: type[Model]) -> str: ...
    def __get__(self, row: Model | None, owner: type[Model]) -> "SealedText | str":
        if row is None:
            return self
        return opened(bytes(getattr(row, self.column)), self.bound(row))

    def __set__(self, row: Model, text: str) -> None:
        setattr(row, self.column, sealed(text, self.bound(row)))

    def bound(self, row: Model) -> bytes:
        """Return what ties the value to its place."""
        if row.pk is None:
            raise ValueError(f"{self.name} can be sealed only in a row that has its number")
        return place(row._meta.db_table, self.name, row.pk)


def place(table: str, name: str, number: Any) -> bytes:
    """Return what is authenticated with a value: where it stands."""
    return f"{table}.{name}:{number}".encode()


def sealed(text: str, bound: bytes) -> bytes:
    """Return a text sealed with the newest key; an empty one stays empty, for it says nothing."""
    if not text:
        return b""
    version, body = keyring().seal(text.encode(), bound)
    return bytes([SM4_GCM]) + version.to_bytes(2, "big") + body


def opened(kept: bytes, bound: bytes) -> str:
    """Return the text of a sealed value; raise keyring.Unreadable."""
    return keyring().open(version_of(kept), kept[HEAD:], bound).decode() if kept else ""


def version_of(kept: bytes) -> int:
    """Return the version of the key with which a value was sealed; 0 of an empty one."""
    if not kept:
        return 0
    if kept[0] != SM4_GCM:
        raise ValueError(f"a value is sealed in a way that is not known: {kept[0]}")
    return int.from_bytes(kept[1:HEAD], "big")


def indexes(purpose: str, text: str) -> list[bytes]:
    """Return the blind indexes of a text under every version, the newest first: by any of them a row may be found."""
    ring = keyring()
    return [ring.index(version, purpose, text.encode()) for version in ring.versions]
