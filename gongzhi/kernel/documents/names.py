"""File names as people give them, made safe to keep, to show and to download."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 80

#: Format characters reverse or hide parts of a name (exe.gpj); the rest means something to a file system or header.
UNSAFE = re.compile(r'[<>:"|?*%;&$`\'\\/]')

RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)

UNNAMED = "附件"


def safe_name(given: str, ending: str) -> str:
    """Return a name without path, control or reversing characters, ending as the content does."""
    base = unicodedata.normalize("NFC", re.split(r"[\\/]", given)[-1])
    printable = "".join(" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in base)
    visible = "".join(one for one in printable if unicodedata.category(one) not in {"Cf", "Cs", "Co", "Cn"})
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", UNSAFE.sub("_", visible).strip(" ."))
    stem = re.sub(r"\s+", " ", stem)[:LONGEST_NAME].strip(" .")
    if not stem.strip("_"):
        stem = UNNAMED
    elif RESERVED.fullmatch(stem):
        stem = f"{UNNAMED} {stem}"
    return stem + ending
