"""Typesets sheets as PDF: a template of ours with the words and figures given to it as data, never as markup."""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst


def pdf_of(template: Path, said: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the PDF that a Typst template makes of *said*, which it reads as JSON from `sys.inputs.said`.

    The font comes with the platform, so that a sheet looks the same wherever it was made; nothing else is read. The file
    is tagged for screen readers and bears the moment *made_at*. Raises typst.TypstError for a template with a mistake.
    """
    with as_file(files("manimgx_fonts_cjk")) as fonts:
        return typst.compile(
            template,
            format="pdf",
            font_paths=[fonts],
            ignore_system_fonts=True,
            sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
            timestamp=int(made_at.timestamp()),
        )
