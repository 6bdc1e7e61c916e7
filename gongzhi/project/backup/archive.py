"""The file of a backup: a plain tar and one block more, which holds the SHA-256 of all bytes before it.

Any tool that reads tar opens it, since what follows the end of a tar is not looked at. One changed byte anywhere is
noticed before anything of the file is believed.
"""

import hashlib
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gongzhi.project.backup.refusal import Refused

PIECE = 1024 * 1024
BLOCK = tarfile.BLOCKSIZE


def seal_for(digest: str) -> bytes:
    """Return the last block of a backup."""
    return f"gongzhi-backup-v1 sha256 {digest}\n".encode().ljust(BLOCK, b"\0")


@contextmanager
def new_archive(path: Path) -> Iterator[tarfile.TarFile]:
    """Yield a tar to fill; the file gets its name only when all of it has reached the disk."""
    if path.exists():
        raise Refused(f"{path} exists already. Choose another name, or move the older backup away.")
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.unfinished-")
    except OSError as fault:
        raise Refused(f"{path.parent} cannot be written: {fault.strerror}.") from fault
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with tarfile.open(mode="w", fileobj=file) as tar:
                yield tar
            digest = _digest(file, file.seek(0, os.SEEK_END))
            file.write(seal_for(digest))
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)  # refuses to replace a file that appeared meanwhile
    except FileExistsError as fault:
        raise Refused(f"{path} appeared meanwhile. Choose another name.") from fault
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def sealed_archive(path: Path) -> Iterator[tarfile.TarFile]:
    """Yield the tar of a backup whose every byte is as it was written, or refuse."""
    try:
        file = path.open("rb")
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror}.") from fault
    with file:
        left = file.seek(0, os.SEEK_END) - BLOCK
        if left < BLOCK or _last_block(file, left) != seal_for(_digest(file, left)):
            raise Refused(
                f"{path} is not what a backup wrote: a byte was changed, or the end is missing. Nothing was restored."
                " Take another copy of the backup."
            )
        file.seek(0)
        with tarfile.open(mode="r:", fileobj=file) as tar:
            yield tar


def _last_block(file: IO[bytes], start: int) -> bytes:
    file.seek(start)
    return file.read(BLOCK)


def _digest(file: IO[bytes], size: int) -> str:
    """Return the SHA-256 of the first *size* bytes, and stand behind them."""
    file.seek(0)
    running = hashlib.sha256()
    while size:
        piece = file.read(min(PIECE, size))
        running.update(piece)
        size -= len(piece)
    return running.hexdigest()
