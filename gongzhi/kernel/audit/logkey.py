"""The key that signs checkpoints: the file in GONGZHI_LOG_KEY, or one drawn in the home folder when a log begins."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NEXT_STEP = (
    "A log has one key from beginning to end. Next: put the file back, or correct"
    " GONGZHI_LOG_KEY (docs/handbook/log.md)."
)


def signing_key(of_log: bytes | None = None) -> Ed25519PrivateKey:
    """Return the private key; only the worker signs with it. *of_log*: the public key that signed the log so far.

    Raise ImproperlyConfigured when the log was signed and the key is missing or another one: a log has one key from
    beginning to end, and a fresh one in place of a lost one would make every checkpoint after it look forged.
    """
    path = Path(settings.LOG_KEY)
    if not path.exists():
        if of_log is not None:
            raise ImproperlyConfigured(f"The key of the log {path} is missing. {NEXT_STEP}")
        _make(path)
    key = _read(path)
    if of_log is not None and raw(key.public_key()) != of_log:
        raise ImproperlyConfigured(f"{path} is not the key that signed the log before. {NEXT_STEP}")
    return key


def public_key_here() -> Ed25519PublicKey | None:
    """Return the public half of the key where this process may read its file; None where it is not, or is no key."""
    try:
        return _read(Path(settings.LOG_KEY)).public_key()
    except (OSError, TypeError, ValueError, ImproperlyConfigured):
        return None


def key_of(public: bytes) -> Ed25519PublicKey | None:
    """Return a public key from its 32 bytes; None when they are none."""
    try:
        return Ed25519PublicKey.from_public_bytes(public)
    except ValueError:
        return None


def raw(key: Ed25519PublicKey) -> bytes:
    """Return a public key as checkpoints name it."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _read(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured("GONGZHI_LOG_KEY must name the PEM file of an Ed25519 private key")
    return key


def _make(path: Path) -> None:
    """Write a fresh key that only its owner may read; of two that try, the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another worker was first: its key counts
    finally:
        draft.unlink()
