"""The store of contents: one file for each hash, whole or not there at all."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import Declined

logger = logging.getLogger(__name__)

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
UNFINISHED = ".unfinished-"
PARTS = 256  # folders of the first level
LEFT_BEHIND = timedelta(hours=1)  # nobody writes a file for so long


class NotStored(Declined):
    """The store is full: nothing was kept, and the person may come back (HTTP 503)."""

    status = 503


class Damaged(Declined):
    """What lies in the store is gone or not what was put there (HTTP 500)."""

    status = 500


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of some content, in hexadecimal: its address."""
    return hashlib.sha256(content).hexdigest()


def path_of(address: str) -> Path:
    """Return where the content of an address lies: two levels of folders keep each of them small."""
    if len(address) != 64 or set(address) - set("0123456789abcdef"):
        raise ValueError("an address in the store is a SHA-256 in hexadecimal")
    return Path(settings.DOCUMENTS_ROOT) / address[:2] / address[2:4] / address


def keep(content: bytes) -> str:
    """Put content into the store and return its address; content that is there already is left as it is.

    The file appears under its address only when all of it has reached the disk. A full disk leaves nothing behind.
    """
    address = hash_of(content)
    path = path_of(address)
    if _is_whole(path, address):
        return address
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        _write_whole(path, content)
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        logger.critical("the document store is full: %s", fault)
        raise NotStored(_("文件暂时存不下，没有保存。请稍后再传，或先提交文字说明。")) from fault
    return address


def content_of(address: str) -> bytes:
    """Return the content of an address after comparing it with its hash, or decline when it was tampered with."""
    try:
        content = path_of(address).read_bytes()
    except FileNotFoundError as fault:
        logger.critical("document %s is missing from the store", address)
        raise Damaged(_("文件在存储中找不到，现在无法打开。请联系管理员处理。")) from fault
    if hash_of(content) != address:
        logger.critical("document %s is not what was stored", address)
        raise Damaged(_("文件与存入时不一致，不再提供。请联系管理员处理。"))
    return content


def addresses_in(part: int, before: datetime) -> Iterator[str]:
    """Yield the addresses of one of the `PARTS` of the store that nobody has written to since a moment."""
    for path in (Path(settings.DOCUMENTS_ROOT) / f"{part:02x}").glob("*/*"):
        try:
            is_old = path.stat().st_mtime < before.timestamp()
        except FileNotFoundError:  # taken out meanwhile
            continue
        if is_old and not path.name.startswith("."):
            yield path.name


def sweep_unfinished(now: datetime) -> int:
    """Remove what a process that was killed while it wrote has left beside the contents; return how many files."""
    removed = 0
    for left in Path(settings.DOCUMENTS_ROOT).glob(f"*/*/{UNFINISHED}*"):
        try:
            if left.stat().st_mtime < (now - LEFT_BEHIND).timestamp():
                left.unlink()
                removed += 1
        except FileNotFoundError:  # another worker was faster
            continue
    return removed


def _is_whole(path: Path, address: str) -> bool:
    try:
        return hash_of(path.read_bytes()) == address
    except FileNotFoundError:
        return False


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the place, flush to the disk, then rename: a reader sees all of it or nothing."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
