"""The keys, by version: from a file or the environment, or from a module that does the work itself (an HSM).

A version holds two keys: one encrypts (SM4, GB/T 32907-2016), one makes blind indexes (HMAC with SM3, GB/T 32905-2016).
The newest encrypts; older ones are kept as long as a row was written with them.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE: Final = 12
TAG: Final = 16
INDEX: Final = 16
ENCRYPTS, INDEXES = 16, 32  # bytes of each key
OTHERS: Final = (
    0o027  # a group may read, for containers mount secrets so; nobody else may, and none may write
)


class Unreadable(Exception):
    """A sealed value that was changed, moved to another row or column, or whose key is not there."""


class KeyRing(Protocol):
    """What seals and opens values. A hardware module implements these four and gives no key away."""

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions there are, the newest first: that one seals."""

    def seal(self, plain: bytes, bound: bytes) -> tuple[int, bytes]:
        """Return the version used and nonce, ciphertext and tag; *bound* is authenticated and not kept."""

    def open(self, version: int, sealed: bytes, bound: bytes) -> bytes:
        """Return the plain value; raise Unreadable."""

    def index(self, version: int, purpose: str, plain: bytes) -> bytes:
        """Return the blind index of a value: 16 bytes, the same for the same value, purpose and version."""


@dataclass(frozen=True)
class Keys:
    """A version as it is kept in the file."""

    encrypts: bytes
    indexes: bytes

    @classmethod
    def new(cls) -> "Keys":
        """Draw a version."""
        return cls(os.urandom(ENCRYPTS), os.urandom(INDEXES))

    @classmethod
    def read(cls, kept: dict[str, str]) -> "Keys":
        """Read a version, refusing keys of another length."""
        keys = cls(bytes.fromhex(kept["encrypts"]), bytes.fromhex(kept["indexes"]))
        if (len(keys.encrypts), len(keys.indexes)) != (ENCRYPTS, INDEXES):
            raise ValueError("a key has the wrong length")
        return keys

    def kept(self) -> dict[str, str]:
        """Return the version as it is written."""
        return {"encrypts": self.encrypts.hex(), "indexes": self.indexes.hex()}


class HeldKeys:
    """A key ring whose keys this process holds in memory."""

    def __init__(self, keys: dict[int, Keys]) -> None:
        if not keys:
            raise ValueError("there is no key")
        self._keys = keys
        self.versions = tuple(sorted(keys, reverse=True))

    def seal(self, plain: bytes, bound: bytes) -> tuple[int, bytes]:
        """Encrypt with the newest version under a nonce drawn for this value."""
        version, nonce = self.versions[0], os.urandom(NONCE)
        sealing = Cipher(algorithms.SM4(self._keys[version].encrypts), modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(bound)
        sealed = sealing.update(plain) + sealing.finalize()
        return version, nonce + sealed + sealing.tag

    def open(self, version: int, sealed: bytes, bound: bytes) -> bytes:
        """Decrypt, and check that nothing was changed or moved."""
        if version not in self._keys:
            raise Unreadable(f"key version {version} is missing")
        nonce, body, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
        opening = Cipher(algorithms.SM4(self._keys[version].encrypts), modes.GCM(nonce, tag)).decryptor()
        opening.authenticate_additional_data(bound)
        try:
            return opening.update(body) + opening.finalize()
        except InvalidTag as fault:
            raise Unreadable("the value was changed, or belongs to another row") from fault

    def index(self, version: int, purpose: str, plain: bytes) -> bytes:
        """Key an index with the purpose, so that two columns of the same value cannot be told to be."""
        keyed = HMAC(self._keys[version].indexes, SM3())
        keyed.update(purpose.encode() + b"\x00" + plain)
        return keyed.finalize()[:INDEX]


def keyring() -> KeyRing:
    """Return the keys of this installation; a file that was changed, as by a new version, is read again.

    Raises ImproperlyConfigured when there are none: new ones would leave everything before unreadable.
    """
    if settings.KEYRING:
        return _from_text(settings.KEYRING)
    path = settings.KEYS
    try:
        state = os.stat(path)
    except FileNotFoundError as fault:
        raise ImproperlyConfigured(
            f"The keys {path} are missing. A new installation makes them with `gongzhi keys new`; "
            "one that holds data needs its own keys back (docs/handbook/encryption.md)."
        ) from fault
    if state.st_mode & OTHERS:
        raise ImproperlyConfigured(
            f"Others than their owner may read or change the keys {path}. Next: chmod 600 {path}; and if somebody "
            "may have read them: gongzhi keys new, gongzhi keys rotate."
        )
    return _from_file(path, state.st_mtime_ns)


def add_version() -> int:
    """Draw a new version, keep it beside the others, and return its number; the first makes the file."""
    if settings.KEYRING:
        raise ImproperlyConfigured("The keys come from GONGZHI_KEYRING: add a version there.")
    path = Path(settings.KEYS)
    with _alone(path):
        kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        number = max(map(int, kept), default=0) + 1
        kept[str(number)] = Keys.new().kept()
        _write(path, kept)
    return number


def drop_version(number: int) -> None:
    """Forget a version; whether a row still needs it is for the caller to know."""
    path = Path(settings.KEYS)
    with _alone(path):
        kept: dict[str, Any] = json.loads(path.read_text())
        del kept[str(number)]
        _write(path, kept)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one at a time change the file: of two keys drawn at once for a version, one would be lost with its rows."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, kept: dict[str, Any]) -> None:
    """Replace the file at once, readable by its owner only: half a file would be a lost archive."""
    draft = path.with_name(f"{path.name}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(kept, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@lru_cache(maxsize=4)
def _from_file(path: str | Path, changed: int) -> KeyRing:
    del changed  # names the state of the file
    return _from_text(Path(path).read_text())


@lru_cache(maxsize=4)
def _from_text(text: str) -> KeyRing:
    try:
        return HeldKeys({int(number): Keys.read(kept) for number, kept in json.loads(text).items()})
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ImproperlyConfigured(
            'The keys cannot be read. They are kept as {"1": {"encrypts": …, "indexes": …}}, in hexadecimal.'
        ) from fault
