"""How the WeChat platform signs and encrypts what it hands over: SHA-1 over sorted words, AES-256-CBC with our app id inside.

Form as in the platform's description of message encryption (消息加解密): plain text is 16 random bytes, four bytes of length,
the message and the app id, padded to 32 bytes; key and first vector come from the 43 signs of the EncodingAESKey.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK: Final = 32
RANDOM: Final = 16
LENGTH: Final = 4


class Unreadable(ValueError):
    """What came was not encrypted with our key, or for another account."""


def signature_of(*words: str) -> str:
    """Return how the platform signs: SHA-1, in hex, over the words sorted and joined.

    SHA-1 is the platform's choice. Whoever does not know the token cannot sign; no collision of their own making helps.
    """
    return hashlib.sha1("".join(sorted(words)).encode(), usedforsecurity=False).hexdigest()


def is_signed(given: str, *words: str) -> bool:
    """Say whether *given* is the signature of the words, in a time that tells nothing."""
    return hmac.compare_digest(signature_of(*words).encode(), given.encode())


@dataclass(frozen=True, slots=True)
class Sealing:
    """Encrypts and decrypts messages of one account, by the EncodingAESKey of its settings (43 signs)."""

    aes_key: str
    app_id: str

    @property
    def key(self) -> bytes:
        """The 32 bytes of the key. Raises ValueError when the setting is none."""
        key = base64.b64decode(f"{self.aes_key}=", validate=True)
        if len(key) != BLOCK:
            raise ValueError("WECHAT_AES_KEY has 43 signs, as the platform shows them.")
        return key

    def encrypt(self, text: str) -> str:
        """Return a message as the platform reads it."""
        body = text.encode()
        plain = secrets.token_bytes(RANDOM) + len(body).to_bytes(LENGTH, "big") + body + self.app_id.encode()
        pad = BLOCK - len(plain) % BLOCK
        writer = self._cipher().encryptor()
        return base64.b64encode(writer.update(plain + bytes([pad]) * pad) + writer.finalize()).decode()

    def decrypt(self, text: str) -> str:
        """Return the message; raise Unreadable for whatever is not one of ours, and say no more than that."""
        try:
            sealed = base64.b64decode(text, validate=True)
            reader = self._cipher().decryptor()
            plain = reader.update(sealed) + reader.finalize()
            return self._message(plain)
        except (binascii.Error, ValueError, IndexError) as fault:
            raise Unreadable("not a message of ours") from fault

    def _message(self, plain: bytes) -> str:
        pad = plain[-1]
        if not 1 <= pad <= BLOCK or plain[-pad:] != bytes([pad]) * pad:
            raise Unreadable("padding")
        begin = RANDOM + LENGTH
        end = begin + int.from_bytes(plain[RANDOM:begin], "big")
        if end > len(plain) - pad or not hmac.compare_digest(plain[end:-pad], self.app_id.encode()):
            raise Unreadable("another account")
        return plain[begin:end].decode()

    def _cipher(self) -> "Cipher[modes.CBC]":
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16]))
