"""Pictures are drawn anew before they are kept: without EXIF, place or hidden passengers, and no larger than needed."""

from __future__ import annotations

import io
import struct
import zlib

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.documents.kinds import DAMAGED, JPEG, PNG, WEBP, FileType

LONGEST_SIDE = 1600

#: More pixels than any phone takes in its usual mode, and so many of what can only be unfolded whole: a hundred megabytes.
MOST_PIXELS, MOST_UNFOLDED = 60_000_000, 25_000_000

FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
OPTIONS: dict[FileType, dict[str, object]] = {
    JPEG: {"quality": 85, "optimize": True},
    PNG: {"optimize": True},
    WEBP: {"quality": 85},
}

TOO_MANY_PIXELS = _("照片像素过多，不能上传。请缩小后上传，或截屏后上传截图。")

#: What Pillow raises on content that only pretends to be a picture.
UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    zlib.error,
)


def redraw(content: bytes, kind: FileType) -> bytes:
    """Return the picture drawn anew in its own format, upright, at most 1600 px on its longer side.

    Only pixels pass: place, camera, time, thumbnails, comments and colour profiles stay behind
    (个人信息保护法 art. 6: no more than the purpose needs).
    """
    try:
        return _redrawn(content, kind)
    except Image.DecompressionBombError as fault:
        raise NotPossible(TOO_MANY_PIXELS) from fault
    except UNREADABLE as fault:
        raise NotPossible(DAMAGED) from fault


def _redrawn(content: bytes, kind: FileType) -> bytes:
    with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as picture:
        in_steps = kind is JPEG and "progressive" not in picture.info
        if picture.width * picture.height > (MOST_PIXELS if in_steps else MOST_UNFOLDED):
            raise Image.DecompressionBombError
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # lets a JPEG be decoded at a fraction of its size
        mode = "RGBA" if kind is not JPEG and picture.has_transparency_data else "RGB"
        small = picture if picture.mode == mode else picture.convert(mode)
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        pixels = ImageOps.exif_transpose(small)  # last, for it copies
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    drawn = io.BytesIO()
    clean.save(drawn, FORMATS[kind], **OPTIONS[kind])
    return drawn.getvalue()
