"""Contents are whole or not there, and one that was changed is not given out."""

import resource
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from gongzhi.kernel.documents import store


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


@contextmanager
def disk_with_room_for(size):
    """Let the system refuse to write files beyond a size, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_content_lies_under_its_hash_in_two_levels(own_store):
    address = store.keep(b"example")

    assert address == "50d858e0985ecc7f60418aaf0cc5ab587f42c2570a884095a9e8ccacd0f6545c"
    assert files_in(own_store) == [own_store / "50" / "d8" / address]
    assert store.content_of(address) == b"example"


def test_the_same_content_lies_there_once(own_store):
    assert store.keep(b"example") == store.keep(b"example")
    assert len(files_in(own_store)) == 1


def test_a_full_disk_leaves_nothing_half_written(own_store):
    with disk_with_room_for(1000), pytest.raises(store.NotStored, match="没有保存") as refusal:
        store.keep(b"x" * 5000)

    assert refusal.value.status == 503
    assert files_in(own_store) == []
    assert store.content_of(store.keep(b"x" * 5000)) == b"x" * 5000


def test_content_that_was_changed_is_not_given_out():
    address = store.keep(b"what was agreed")
    store.path_of(address).write_bytes(b"what was changed")

    with pytest.raises(store.Damaged, match="与存入时不一致"):
        store.content_of(address)


def test_content_that_is_gone_is_said_to_be_gone():
    address = store.keep(b"example")
    store.path_of(address).unlink()

    with pytest.raises(store.Damaged, match="找不到"):
        store.content_of(address)


def test_keeping_the_right_content_again_mends_a_changed_file():
    address = store.keep(b"example")
    store.path_of(address).write_bytes(b"exam")

    store.keep(b"example")

    assert store.content_of(address) == b"example"


@pytest.mark.parametrize("address", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_an_address_is_a_hash_and_nothing_else(address):
    with pytest.raises(ValueError):
        store.path_of(address)


def test_what_a_killed_process_left_unfinished_is_removed_an_hour_later():
    address = store.keep(b"whole")
    left = store.path_of(address).parent / f"{store.UNFINISHED}killed"
    left.write_bytes(b"half")
    now = datetime.now(UTC)

    assert store.sweep_unfinished(now) == 0, "somebody may be writing it just now"
    assert store.sweep_unfinished(now + timedelta(hours=2)) == 1
    assert not left.exists()
    assert store.content_of(address) == b"whole"
