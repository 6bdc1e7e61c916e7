"""Sealed values open in their own row only; published vectors hold; keys come from a file that only its owner reads."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.kernel.encryption.keyring import HeldKeys, Keys, Unreadable, add_version, drop_version, keyring
from gongzhi.kernel.encryption.sealed import indexes, opened, sealed, version_of


def test_sm4_gcm_gives_the_published_vector():
    """RFC 8998, appendix A.1."""
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    kept = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    )
    tag = bytes.fromhex("83DE3541E4C2B58177E065A9BF7B62EC")
    sealing = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(bound)
    assert (sealing.update(plain) + sealing.finalize(), sealing.tag) == (kept, tag)
    ring = HeldKeys({1: Keys(key, bytes(32))})
    assert ring.open(1, nonce + kept + tag, bound) == plain


def test_sm3_gives_the_published_vector():
    """GB/T 32905-2016, appendix A.1."""
    hashing = Hash(SM3())
    hashing.update(b"abc")
    assert hashing.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(st.text(min_size=1), st.binary())
def test_what_was_sealed_opens_and_says_nothing_meanwhile(text, bound):
    kept = sealed(text, bound)
    assert opened(kept, bound) == text
    assert sealed(text, bound) != kept, "two of the same must not be told to be the same"


@pytest.mark.parametrize("place", range(0, 40, 3))
def test_a_changed_byte_is_noticed(place):
    kept = bytearray(sealed("13800001111", b"here"))
    kept[place % len(kept)] ^= 1
    with pytest.raises((Unreadable, ValueError)):
        opened(bytes(kept), b"here")


def test_a_value_moved_elsewhere_does_not_open():
    with pytest.raises(Unreadable, match="another row"):
        opened(sealed("13800001111", b"people_particulars.phone:1"), b"people_particulars.phone:2")


def test_an_empty_text_stays_empty():
    assert sealed("", b"here") == b"" and opened(b"", b"here") == "" and version_of(b"") == 0


def test_an_index_is_of_its_purpose_and_version():
    assert indexes("phone", "1") == indexes("phone", "1")
    assert not set(indexes("phone", "1")) & set(indexes("name", "1"))
    one, other = HeldKeys({1: Keys.new()}), HeldKeys({1: Keys.new()})
    assert one.index(1, "phone", b"1") != other.index(1, "phone", b"1")


def test_a_new_version_seals_and_the_older_ones_still_open(settings, tmp_path):
    settings.KEYS = tmp_path / "keys.json"
    with pytest.raises(ImproperlyConfigured, match="gongzhi keys new"):
        keyring()
    assert add_version() == 1
    first = sealed("甲", b"here")
    assert add_version() == 2
    second = sealed("乙", b"here")
    assert (version_of(first), version_of(second)) == (1, 2)
    assert (opened(first, b"here"), opened(second, b"here")) == ("甲", "乙")
    assert len(indexes("name", "甲")) == 2
    drop_version(1)
    with pytest.raises(Unreadable, match="version 1"):
        opened(first, b"here")
    assert stat.S_IMODE(settings.KEYS.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "wrong", ["", "[]", "{}", '{"1": {}}', '{"1": {"encrypts": "00", "indexes": "00"}}', "nonsense"]
)
def test_keys_that_cannot_be_read_are_refused_in_words(settings, tmp_path, wrong):
    settings.KEYS = tmp_path / "keys.json"
    settings.KEYS.write_text(wrong)
    settings.KEYS.chmod(0o600)
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        keyring()


def test_keys_may_come_from_the_environment(settings):
    settings.KEYRING = json.dumps({"7": Keys.new().kept()})
    assert keyring().versions == (7,)
    with pytest.raises(ImproperlyConfigured, match="GONGZHI_KEYRING"):
        add_version()


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604, 0o602])
def test_keys_that_others_may_read_or_change_are_refused(settings, tmp_path, mode):
    settings.KEYS = tmp_path / "keys.json"
    add_version()
    settings.KEYS.chmod(mode)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        keyring()


def test_versions_drawn_at_once_are_all_kept(settings, tmp_path):
    settings.KEYS = tmp_path / "keys.json"
    with ThreadPoolExecutor(8) as several:
        drawn = [each.result() for each in [several.submit(add_version) for _ in range(24)]]
    assert sorted(drawn) == list(range(1, 25))
    assert keyring().versions == tuple(range(24, 0, -1))
