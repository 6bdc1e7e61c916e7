"""Read a backup to its end before believing any of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from typing import IO, Any

from gongzhi.project.backup.archive import MANIFEST, check_seal, members_of, read_json
from gongzhi.project.backup.backing_up import FORMAT, Manifest
from gongzhi.project.backup.refusal import Refused
from gongzhi.project.cli.progress import Tell

TABLES, DOCUMENTS = "tables/", "documents/"


def verified(file: IO[bytes], tell: Tell) -> tuple[Manifest, str]:
    """Return the manifest and the file's SHA-256 when every member is what the manifest says; else refuse."""
    digest = check_seal(file)
    seen: dict[str, str] = {}
    names, documents = hashlib.sha256(), 0
    manifest = None
    for done, (name, content) in enumerate(members_of(file), start=1):
        if name == MANIFEST:
            manifest = _manifest(content)
        elif name.startswith(DOCUMENTS):
            check_document(name, content)
            names.update(name.removeprefix(DOCUMENTS).encode())
            documents += 1
        else:
            seen[name] = hashlib.sha256(content).hexdigest()
        tell(done, 0, "checking the file")
    if manifest is None:
        raise Refused("The backup lacks its list of contents. Take another copy.")
    listed = {part["name"]: part["sha256"] for table in manifest.tables.values() for part in table["parts"]}
    if listed != seen:
        wrong = sorted({name for name, _ in listed.items() ^ seen.items()})
        raise Refused(f"The backup does not hold what its list says, first {wrong[0]}. Take another copy.")
    if (documents, names.hexdigest()) != (manifest.documents, manifest.documents_digest):
        raise Refused("The backup lacks a document that its list names. Take another copy.")
    return manifest, digest


def parts_of(file: IO[bytes], manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Yield the members once more, each compared again, so that nothing unverified is ever written."""
    listed = {part["name"]: part["sha256"] for table in manifest.tables.values() for part in table["parts"]}
    for name, content in members_of(file):
        if name.startswith(DOCUMENTS):
            check_document(name, content)
        elif name != MANIFEST and hashlib.sha256(content).hexdigest() != listed.get(name):
            raise Refused(f"The file changed while it was read ({name}). Nothing was restored.")
        yield name, content


def check_document(name: str, content: bytes) -> None:
    """Refuse a document whose name is not its SHA-256."""
    if hashlib.sha256(content).hexdigest() != name.removeprefix(DOCUMENTS):
        raise Refused(f"{name} is not what was stored. Take another copy.")


def _manifest(content: bytes) -> Manifest:
    found: dict[str, Any] = read_json(content)
    if found.get("format") != FORMAT:
        raise Refused(
            f"The backup has the format {found.get('format')}, this version reads {FORMAT}. Restore it with the "
            f"version that wrote it: {found.get('app_version', 'unknown')}."
        )
    return Manifest(**{each.name: found[each.name] for each in fields(Manifest)})
