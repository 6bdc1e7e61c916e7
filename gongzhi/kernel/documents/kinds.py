"""The closed list of file types a case may hold, told by content and never by name.

Accepted: JPEG, PNG and WebP pictures; PDF; docx, xlsx, odt, ods and OFD (GB/T 33190); plain text; MP3 recordings.
Left out: what can run (macros, web pages, programs), what cannot be freed of the place where it was taken without
re-encoding (HEIC, video, M4A), and old office formats. Each refusal says how to bring the content nevertheless.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible

#: A package of an office document may unfold to this much; ours are never unfolded, but a reader's would be.
MOST_UNFOLDED = 200 * 1024 * 1024
MOST_MEMBERS = 5_000
MOST_MIMETYPE = 100


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that is accepted, with the ending its name gets."""

    media_type: str
    ending: str
    is_image: bool = False


JPEG = FileType("image/jpeg", ".jpg", is_image=True)
PNG = FileType("image/png", ".png", is_image=True)
WEBP = FileType("image/webp", ".webp", is_image=True)
PDF = FileType("application/pdf", ".pdf")
DOCX = FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
ODT = FileType("application/vnd.oasis.opendocument.text", ".odt")
ODS = FileType("application/vnd.oasis.opendocument.spreadsheet", ".ods")
OFD = FileType("application/ofd", ".ofd")
TEXT = FileType("text/plain", ".txt")
MP3 = FileType("audio/mpeg", ".mp3")

ACCEPTED = (JPEG, PNG, WEBP, PDF, DOCX, XLSX, ODT, ODS, OFD, TEXT, MP3)

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MP3_FRAME = re.compile(rb"\xff[\xfb\xfa\xf3\xf2][\x10-\xef]")

HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")

NOT_ACCEPTED = _("这种文件不能上传。请上传照片（JPG、PNG）、PDF、Word、Excel、WPS、OFD、文本或 MP3 录音。")
HEIC = _(
    "这是 HEIC 或 AVIF 格式的照片，暂不支持。请在手机相机设置中选择“兼容性最佳”后重拍，或截屏后上传截图。"
)
FILM = _("视频和此类录音可能带有拍摄地点，暂不能上传。请截取关键画面作为照片上传，录音请转成 MP3。")
OLD = _("这是旧版 Office 文件，可能带有宏。请另存为 PDF、docx 或 xlsx 后上传。")
MACROS = _("文件中带有宏，不能上传。请另存为不带宏的 docx、xlsx 或 PDF 后上传。")
WEB_PAGE = _("网页文件不能上传。请在浏览器中打印为 PDF 后上传，或截屏上传。")
DAMAGED = _("文件不完整或已损坏，打不开。请在您的设备上打开确认后重新上传。")
UNFOLDS = _("文件展开后过大，不能上传。请删减内容或另存为 PDF 后上传。")


def sniff(content: bytes) -> FileType:
    """Return the type of some content by its first bytes and inner structure, or decline with the next step."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"%PDF-"):
        return _whole_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _in_package(content)
    if content.startswith(b"ID3") or MP3_FRAME.match(content):
        return MP3
    if told := _known_but_refused(content):
        raise NotPossible(told)
    if _is_text(content):
        return TEXT
    raise NotPossible(NOT_ACCEPTED)


def _known_but_refused(content: bytes) -> Promise | None:
    if content[4:8] == b"ftyp":
        return HEIC if content[8:12] in HEIC_BRANDS else FILM
    if content.startswith(OLD_OFFICE):
        return OLD
    if MARKUP.match(content.removeprefix(codecs.BOM_UTF8)):
        return WEB_PAGE
    return None


def _whole_pdf(content: bytes) -> FileType:
    """A PDF ends with its mark; one without was cut off on its way."""
    if b"%%EOF" not in content[-2048:]:
        raise NotPossible(DAMAGED)
    return PDF


def _in_package(content: bytes) -> FileType:
    """Tell office documents apart by the parts of their package, reading its directory only."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            names = {member.filename for member in members}
            declared = _declared_type(package) if "mimetype" in names else b""
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ) as fault:
        raise NotPossible(DAMAGED) from fault
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNFOLDED:
        raise NotPossible(UNFOLDS)
    if any(_holds_macros(name) for name in names):
        raise NotPossible(MACROS)
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return DOCX
        if "xl/workbook.xml" in names:
            return XLSX
    for kind in (ODT, ODS):
        if declared == kind.media_type.encode():
            return kind
    if "OFD.xml" in names:
        return OFD
    raise NotPossible(NOT_ACCEPTED)


def _declared_type(package: zipfile.ZipFile) -> bytes:
    with package.open("mimetype") as part:
        return part.read(MOST_MIMETYPE).strip()


def _holds_macros(name: str) -> bool:
    lowered = name.lower()
    return lowered.endswith("vbaproject.bin") or lowered.startswith(("basic/", "scripts/", "xl/macrosheets/"))


def _is_text(content: bytes) -> bool:
    """Text is UTF-8, UTF-16 with its mark, or GB 18030, without control characters."""
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not CONTROLS.search(text)
    return False
