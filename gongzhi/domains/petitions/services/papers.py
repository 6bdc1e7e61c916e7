"""Papers of a petition: a notice typeset as PDF, and the opinion kept as a document of the case."""

from datetime import datetime
from importlib.resources import as_file, files
from typing import Final
from urllib.parse import urlencode

from django.utils.timezone import localtime

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.queries.letters import Letter, letter_of
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.typeset import pdf_of
from gongzhi.kernel.documents.uploads import documents_of, store_generated
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.qr import qr_svg

NOT_ISSUED: Final = "意见书还没有出具。出具以后这里可以下载。"
#: What is written by hand when the paper is handed over in person.
RECEIVED_BY_HAND: Final = (
    "收到日期：　　　　年　　月　　日　　　　收件人签名：\n申请期限最后一日：　　　　年　　月　　日"
)


def file_opinion(*, actor: Actor, case_id: int, verify_url: str, now: datetime) -> Document:
    """Return the opinion as PDF, kept with the case from the first time that somebody asks for it (art. 32).

    It is set once and never again: whoever downloads it later gets the same bytes, with the hash in the record.
    """
    authorise(actor, "petitions.read")
    found = matter_for(actor, case_id)
    letter = letter_of(found, "opinion")
    if letter is None:
        raise NotPossible(NOT_ISSUED)
    name = f"{letter.title}{letter.number}"
    kept = documents_of(case_id).filter(kind=Document.Kind.GENERATED, name=f"{name}.pdf").first()
    if kept is not None:
        return kept
    content = letter_pdf(letter, address=verify_url)
    return store_generated(actor=actor, case_id=case_id, name=f"{name}.pdf", content=content, now=now)


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
