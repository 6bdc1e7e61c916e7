"""Small files of every kind, made here and holding nothing of anybody."""

import io
import zipfile

from PIL import Image

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
PLACE = {1: "N", 2: (34.0, 44.0, 46.0), 3: "E", 4: (113.0, 39.0, 29.0)}


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, place: bool = False, colour: str = "teal"
) -> bytes:
    """A picture of one colour, on demand with the place, camera and a comment as a phone writes them."""
    drawn = io.BytesIO()
    options: dict[str, object] = {}
    if place:
        exif = Image.Exif()
        exif[MAKE], exif[ORIENTATION], exif[GPS] = "FICTION PHONE", 6, PLACE
        options["exif"] = exif
        if kind == "JPEG":
            options |= {"comment": b"FICTION COMMENT", "xmp": b"<x:xmpmeta>FICTION XMP</x:xmpmeta>"}
    Image.new("RGB", size, colour).save(drawn, kind, **options)
    return drawn.getvalue()


def package(*names: str, mimetype: str = "", filler: int = 0) -> bytes:
    """A zip package that holds the named parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        if mimetype:
            opened.writestr("mimetype", mimetype)
        for name in names:
            opened.writestr(name, b"\0" * filler or b"<part/>")
    return made.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
ODT = package("content.xml", mimetype="application/vnd.oasis.opendocument.text")
ODS = package("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet")
OFD = package("OFD.xml", "Doc_0/Document.xml")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 20
TEXT = "示例：路灯不亮，已经三天。\r\n\t第二行".encode()
