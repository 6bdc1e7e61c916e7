"""A notice in writing: what stands on the paper, the same in plain words, perhaps in English, and each typeset as PDF.

It is in Chinese, whatever the language of the page around it: it is the act of an organ of state. What is in plain words
or in English explains it, and says so.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localtime

from gongzhi.kernel.cases.models import Case, Deadline
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.documents.typeset import pdf_of
from gongzhi.web.navigation import Text
from gongzhi.web.qr import qr_svg

HELP: Final = "看不懂、不会用手机，可以打 12345，也可以到当地便民服务场所当面问。"
Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Written:
    """One notice: `parts` are headings with what stands below them, `plain` the same in plain words, line by line.

    `english` is the same for who reads English, with the words of the unit left as they were written. `number` and `code`
    verify it, where there is a code; `fill` is written by hand when the paper is handed over.
    """

    key: str
    title: str
    number: str
    unit: str
    to: str
    at: datetime
    parts: Parts
    plain: tuple[str, ...]
    english: Parts = ()
    code: str = ""
    fill: str = ""

    def parts_in(self, way: str) -> Parts:
        """Return what stands on the paper in one of the `WAYS`; plain lines have no headings."""
        if way == "plain":
            return tuple(("", line) for line in self.plain)
        return self.english if way == "english" else self.parts


#: How a matter ended, as a notice says it and in plain words.
OUTCOMES: Final = {
    "solved": ("已解决", "这件事办成了。"),
    "explained": (
        "已解释：没有依据，或者目前办不了",
        "这件事没有规定可以照办，或者现在办不了，单位说明了原因。",
    ),
    "rejected": ("不予支持", "您的要求没有得到支持。"),
    "transferred": ("不属于受理范围，告知正确途径", "这件事不归这里办，下面写了该找谁。"),
}


def answer_of(
    case: Case, *, title: str, reply: str, replied_at: datetime, remedy: str, plain_remedy: str
) -> Written:
    """Return the answer to a case as a notice: what was asked, how it ended, what the unit says, what one may do now."""
    official, plain = OUTCOMES.get(case.outcome, ("已答复", "单位答复您了。"))
    unit = case.unit.name if case.unit else ""
    return Written(
        key="answer",
        title=title,
        number=f"编号 {case.number}",
        unit=unit,
        to=case.opened_by.masked_name if case.opened_by else "",
        at=replied_at,
        parts=(
            ("您反映的事", case.title),
            ("办理结果", official),
            ("答复", reply),
            ("不满意怎么办", remedy),
        ),
        plain=(
            f"您反映的「{case.title}」，{unit or '办理单位'}答复了。",
            plain,
            f"单位是这样说的：{reply}",
            plain_remedy,
            way_back(case),
            HELP,
        ),
    )


def last_day(deadline: Deadline | None) -> str:
    """Return the day on which a period ends, as notices write it; empty where there is none."""
    return f"{localtime(deadline.due_at):%Y年%-m月%-d日}" if deadline else ""


def way_back(case: Case) -> str:
    """Return the line in plain words that says how to follow a case; who left no phone asks by its number."""
    if case.opened_by is not None and not case.opened_by.phone_tail:
        return f"想问进度，可以打 12345 报编号 {case.number}，也可以请村里、社区帮您问。"
    return f"随时可以凭查询码 {spaced(case.query_code)} 和手机号后四位查进度。"


def pdf_of_written(notice: Written, *, address: str, words: Text = "", way: str = "") -> bytes:
    """Typeset a notice as PDF in one of its ways.

    *address* is where the QR leads and *words* what is said beside it: verification where the notice has a code, else what
    `accounts.written.code_on_paper` says. Nothing that only explains is sealed.
    """
    query = urlencode({"number": notice.number, "code": notice.code})
    with translation.override(settings.LANGUAGE_CODE):
        said = str(words)
    words = f"扫码验证真伪，或在 {address} 填文号和验证码 {notice.code}。" if notice.code else said
    explains = EXPLAINS.get(way)
    shown = {
        "platform": "河南社会治理服务平台",
        "title": f"{notice.title}{explains[0]}" if explains else notice.title,
        "number": notice.number,
        "to": notice.to or "当事人",
        "parts": [list(part) for part in notice.parts_in(way)],
        "unit": notice.unit,
        "seal": "" if explains else "印章位置",
        "day": f"{localtime(notice.at):%Y年%-m月%-d日}",
        "fill": "" if explains else notice.fill,
        "qr": _svg(f"{address}?{query}" if notice.code else address, words),
        "qr_words": words,
        "foot": explains[1] if explains else notice.number,
        "large": way in ("large", "plain"),
    }
    with as_file(files("gongzhi.web") / "templates" / "web" / "written.typ") as template:
        return pdf_of(template, shown, made_at=notice.at)


#: The ways that only explain a notice: what follows its title, and what stands at the foot.
EXPLAINS: Final = {
    "plain": ("（简明版）", "简明版只帮助理解，以正式文书为准"),
    "english": (" (in English)", "An explanation in English; the Chinese text is the notice"),
}


def _svg(text: str, words: str) -> str:
    return str(qr_svg(text, words)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
