"""A notice typeset as PDF: as the law words it, in large print, or in plain words."""

from importlib.resources import as_file, files
from typing import Final
from urllib.parse import urlencode

from django.utils.timezone import localtime

from gongzhi.domains.petitions.queries.letters import Letter
from gongzhi.kernel.documents.typeset import pdf_of
from gongzhi.web.qr import qr_svg

#: What is written by hand when the paper is handed over in person.
RECEIVED_BY_HAND: Final = (
    "收到日期：　　　　年　　月　　日　　　　收件人签名：\n申请期限最后一日：　　　　年　　月　　日"
)


def letter_pdf(letter: Letter, *, address: str, plain: bool = False, large: bool = False) -> bytes:
    """Typeset a notice. *address* is where the QR leads: verification for an opinion, else the matter's progress.

    In *plain* words nothing is sealed: it explains the notice and says so.
    """
    query = urlencode({"number": letter.number, "code": letter.code})
    words = (
        f"扫码验证真伪，或在 {address} 填文号和验证码 {letter.code}。" if letter.code else "扫码看办理进度。"
    )
    said = {
        "platform": "河南社会治理服务平台",
        "title": f"{letter.title}（简明版）" if plain else letter.title,
        "number": letter.number,
        "to": letter.to or "信访人",
        "parts": [["", line] for line in letter.plain] if plain else [list(part) for part in letter.parts],
        "unit": letter.unit,
        "seal": "" if plain else "印章位置",
        "day": f"{localtime(letter.at):%Y年%-m月%-d日}",
        "fill": RECEIVED_BY_HAND if letter.code and not plain else "",
        "qr": _svg(f"{address}?{query}" if letter.code else address, words),
        "qr_words": words,
        "foot": "简明版只帮助理解，以正式文书为准" if plain else letter.number,
        "large": large or plain,
    }
    with as_file(files("gongzhi.domains.petitions") / "templates" / "petitions" / "letter.typ") as template:
        return pdf_of(template, said, made_at=letter.at)


def _svg(text: str, words: str) -> str:
    return str(qr_svg(text, words)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
