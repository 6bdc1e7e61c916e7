"""What an export says of itself: its manifest, by which it is known again."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.insight.statistics.figures import Period

MANIFEST: Final = "gongzhi-export.json"
FORMAT: Final = "gongzhi-export-1"


def is_export(folder: Path) -> bool:
    """Say whether a folder is one that an export wrote."""
    try:
        found: bool = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return found


def period_of(folder: Path) -> Period:
    """Return the days that an export holds; raise NotPossible when the folder is none, or nothing happened then."""
    manifest = manifest_of(folder)
    if not any(one["table"] == "facts" for one in manifest["files"]):
        raise NotPossible(gettext_noop("导出的这段时间里没有事项。请导出更长的时间。"))
    return Period(date.fromisoformat(manifest["first"]), date.fromisoformat(manifest["last"]))


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return the manifest of an export; raise NotPossible when the folder is none."""
    if not is_export(folder):
        raise NotPossible(
            gettext_noop("「%(folder)s」不是导出的数据。请先运行 gongzhi export-parquet。"),
            folder=str(folder),
        )
    found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return found


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
