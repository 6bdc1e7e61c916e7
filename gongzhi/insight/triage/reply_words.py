"""What each point of the checklist of replies says to the official: what is missing, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from gongzhi.insight.triage.reply_points import Found, Point

WORDS: Final[Mapping[Point, tuple[Any, Any]]] = {
    Point.EMPTY: (
        _("只写了收到、转办或正在办"),
        _("请写明这件事查到了什么、做了什么，或者什么时候有结果"),
    ),
    Point.FITS_ANOTHER: (_("更像是答复本单位的另一件"), _("请核对是不是答错了件")),
    Point.OTHER_MATTER: (_("与这件诉求几乎没有相同的内容"), _("请核对是不是答错了件")),
    Point.COPIED: (_("与本单位另一件的答复几乎相同"), _("请写明这一件的情况")),
    Point.ASKS_AGAIN: (_("向群众要已经提供过的内容"), _("请在诉求里查找，去掉这一句")),
    Point.UNANSWERED: (_("群众的这一句没有回应"), _("请补上回答；答不了的，说明为什么")),
    Point.NO_BASIS: (_("没有写依据或核实情况"), _("可以写上查到的情况、文件或规定")),
    Point.NO_DATE: (_("没有写日期或期限"), _("可以写上什么时候办的，或什么时候办好")),
    Point.NO_OPENING: (_("开头没有称呼或问候"), _("可以先称呼对方")),
    Point.NO_CLOSING: (_("结尾没有致谢或联系方式"), _("可以写上联系电话，并致谢")),
}


@dataclass(frozen=True)
class Shown:
    """A point in words: what is missing, the passage it is about, what to do next, and whether it is only advice."""

    what: Any
    passage: str
    next_step: Any
    is_advice: bool


def shown(found: Sequence[Found]) -> list[Shown]:
    """Return points in words, those that stop a reply first."""
    return [
        Shown(*_in_words(one), is_advice=not one.stops)
        for one in sorted(found, key=lambda one: not one.stops)
    ]


def _in_words(one: Found) -> tuple[Any, str, Any]:
    what, next_step = WORDS[one.point]
    return what, one.passage, next_step
