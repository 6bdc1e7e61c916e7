"""The file of a backup: a tar in gzip whose last bytes are the SHA-256 of all bytes before them.

Any tool that reads .tar.gz opens it: the digest travels in an empty second gzip member, as RFC 1952 allows. One
changed byte anywhere is noticed before anything of the file is believed.
"""

import gzip
import hashlib
import io
import json
import os
import struct
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from gongzhi.project.backup.refusal import Refused

DIGEST = hashlib.sha256().digest_size
MANIFEST = "manifest.json"
LARGEST_MEMBER = 512 * 1024 * 1024
PIECE = 1024 * 1024


def seal_for(digest: bytes) -> bytes:
    """Return an empty gzip member that carries *digest* in its extra field (RFC 1952, 2.3.1.1)."""
    extra = b"Gz" + struct.pack("<H", len(digest)) + digest
    header = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff" + struct.pack("<H", len(extra)) + extra
    return header + b"\x03\x00" + b"\x00" * 8


SEAL = len(seal_for(bytes(DIGEST)))


class Writer:
    """Writes members one after the other; the file gets its name only when all of it has reached the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digest = ""
        if path.exists():
            raise Refused(f"{path} exists already. Choose another name, or move the older backup away.")
        try:
            descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.unfinished-")
        except OSError as fault:
            raise Refused(f"{path.parent} cannot be written: {fault.strerror}.") from fault
        self.beside = Path(beside)
        self.file = _Hashing(os.fdopen(descriptor, "wb"))
        self.packed = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=self.file, mtime=0)
        self.tar = tarfile.open(mode="w|", fileobj=self.packed, bufsize=PIECE)

    def add(self, name: str, content: bytes) -> str:
        """Append one member and return its SHA-256."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self.tar.addfile(member, io.BytesIO(content))
        return hashlib.sha256(content).hexdigest()

    def finish(self) -> None:
        """Close the tar, append the digest, flush to the disk and give the file its name."""
        self.tar.close()
        self.packed.close()
        self.file.write(seal_for(self.file.hash.digest()))
        self.file.sync()
        self.digest = self.file.hash.hexdigest()
        if self.path.exists():
            raise Refused(f"{self.path} appeared meanwhile. Choose another name.")
        self.beside.rename(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
        self.file.close()
        self.beside.unlink(missing_ok=True)


class _Hashing(io.RawIOBase):
    """A file that knows the SHA-256 of what was written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.hash = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.hash.update(piece)
        return self.file.write(piece)

    def sync(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())

    def close(self) -> None:
        self.file.close()
        super().close()


def check_seal(file: IO[bytes]) -> str:
    """Compare the digest at the end with all bytes before it; return the SHA-256 of the whole file, or refuse."""
    size = file.seek(0, os.SEEK_END)
    left = size - SEAL
    if left <= 0:
        raise Refused("This is no backup, or only its beginning. Take another copy.")
    file.seek(0)
    running = hashlib.sha256()
    while left:
        piece = file.read(min(PIECE, left))
        running.update(piece)
        left -= len(piece)
    seal = file.read(SEAL)
    if seal != seal_for(running.digest()):
        raise Refused(
            "The file is not what was written: a byte was changed, or the end is missing. Nothing was restored. "
            "Take another copy of the backup."
        )
    running.update(seal)
    return running.hexdigest()


def members_of(file: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each member, one at a time."""
    file.seek(0)
    try:
        with (
            gzip.GzipFile(fileobj=file, mode="rb") as packed,
            tarfile.open(mode="r|", fileobj=packed, bufsize=PIECE) as tar,
        ):
            for member in tar:
                opened = tar.extractfile(member) if member.isreg() else None
                if opened is None or member.size > LARGEST_MEMBER:
                    raise Refused(f"The backup holds {member.name}, which no backup of ours does.")
                yield member.name, opened.read()
    except (tarfile.TarError, EOFError, gzip.BadGzipFile) as fault:
        raise Refused(f"The backup cannot be unpacked: {fault}. Take another copy.") from fault


def read_json(content: bytes) -> dict[str, Any]:
    """Return the object a member holds, or refuse."""
    try:
        found = json.loads(content)
    except ValueError as fault:
        raise Refused(f"The backup's list of contents cannot be read: {fault}") from fault
    if not isinstance(found, dict):
        raise Refused("The backup's list of contents is not one object.")
    return found
