"""The platform's encryption, against a message put together by hand as its description says, and against what is none."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from gongzhi.channels.wechat.crypto import Sealing, Unreadable, is_signed, signature_of

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"  # 43 signs, of a test alone
APP = "wxtest0000000001"
WORDS = "<xml><Content><![CDATA[村口的路灯坏了]]></Content></xml>"


def by_hand(words=WORDS, app=APP, key=KEY, begin=b"0123456789abcdef", pad=None):
    """Encrypt without our code: random, length, words, app id, padding to 32."""
    raw, body = base64.b64decode(key + "="), words.encode()
    plain = begin + len(body).to_bytes(4, "big") + body + app.encode()
    size = 32 - len(plain) % 32
    plain += bytes([size]) * size if pad is None else pad(size)
    writer = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    return base64.b64encode(writer.update(plain) + writer.finalize()).decode()


def test_what_was_put_together_by_hand_is_read():
    assert Sealing(KEY, APP).decrypt(by_hand()) == WORDS


@pytest.mark.parametrize("length", [0, 1, 11, 12, 31, 32, 33, 500])
def test_what_we_encrypt_we_read_whatever_its_length_and_never_twice_the_same(length):
    sealing, words = Sealing(KEY, APP), "灯" * length
    first, second = sealing.encrypt(words), sealing.encrypt(words)
    assert sealing.decrypt(first) == sealing.decrypt(second) == words
    assert first != second
    assert len(base64.b64decode(first)) % 32 == 0


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "nonsense",
        "AAAA",
        base64.b64encode(b"x" * 64).decode(),
        by_hand(app="wxother000000001"),
        by_hand(key=KEY[::-1]),
        by_hand(pad=lambda size: bytes(size)),
        by_hand(pad=lambda size: bytes([33]) * size),
        by_hand(pad=lambda size: b"x" * (size - 1) + bytes([size])),
        by_hand()[:-8],
    ],
)
def test_what_is_not_ours_is_unreadable_and_nothing_else(wrong):
    with pytest.raises(Unreadable):
        Sealing(KEY, APP).decrypt(wrong)


def test_a_length_beyond_the_message_is_unreadable():
    raw = base64.b64decode(KEY + "=")
    plain = b"0" * 16 + (10**9).to_bytes(4, "big") + b"x" * 28
    plain += bytes([16]) * 16
    writer = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    with pytest.raises(Unreadable):
        Sealing(KEY, APP).decrypt(base64.b64encode(writer.update(plain) + writer.finalize()).decode())


def test_a_key_that_is_none_is_said_to_be():
    with pytest.raises(ValueError, match="43"):
        _ = Sealing("c2hvcnR", APP).key


def test_a_signature_is_over_the_sorted_words():
    known = hashlib.sha1(b"17000000009token").hexdigest()  # noqa: S324 - the platform's choice
    assert signature_of("token", "1700000000", "9") == known
    assert is_signed(signature_of("b", "a"), "a", "b")
    assert not is_signed("", "a", "b")
    assert not is_signed("é", "a", "b")
