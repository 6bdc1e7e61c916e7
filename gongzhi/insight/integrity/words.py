"""Says in plain words why a finding was made, what may explain it, and by which rule it was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from gongzhi.insight.integrity.closings import CLOSED_JUST_BEFORE_DUE
from gongzhi.insight.integrity.excess import FALSE_DISCOVERIES
from gongzhi.insight.integrity.models import Finding
from gongzhi.insight.integrity.photos import ONE_PHOTO_FOR_MANY
from gongzhi.insight.integrity.ratings import RATINGS_FROM_OFFICE
from gongzhi.insight.integrity.replies import COPIED_REPLIES
from gongzhi.kernel.declare.words import Words


@dataclass(frozen=True, slots=True)
class Explained:
    """The words about one kind of finding: why (with the figures put in), what may explain it, how it is found."""

    why: Words
    innocent: Words
    rule: Words


WORDS: Final[Mapping[str, Explained]] = {
    CLOSED_JUST_BEFORE_DUE: Explained(
        why=_(
            "按期答复 %(number)s 件，其中 %(hits)s 件在期限最后一天的下午；按同类单位和本单位平时的节奏，大约应有 %(usual)s 件。"
        ),
        innocent=_("可能的正当原因：人手集中在某几天、等待其他单位材料、当天统一审核。"),
        rule=_("与其他单位相比，也与本单位此前三天同一时段相比，两项都明显偏多才列出。"),
    ),
    COPIED_REPLIES: Explained(
        why=_("有 %(hits)s 件用了几乎相同的答复，涉及 %(different)s 件不同的事。"),
        innocent=_("可能的正当原因：同一原因引起的多处问题一次解决，没有写明各处情况。"),
        rule=_("去掉日期、编号、称呼和多数单位通用的套话后比较；同一件事、一并答复、同类政策解释不算。"),
    ),
    ONE_PHOTO_FOR_MANY: Explained(
        why=_("同一张照片用在 %(hits)s 件里，涉及 %(different)s 件不同的事。"),
        innocent=_("可能的正当原因：固定位置拍摄的照片、公示牌或通知的照片。"),
        rule=_("只比较整张照片是否相同（重新保存、缩小也能认出），不识别照片里的人和物。"),
    ),
    RATINGS_FROM_OFFICE: Explained(
        why=_(
            "群众自己提交的 %(number)s 个评价中，%(hits)s 个来自办公设备或办公网络；按其他单位的情况大约应有 %(usual)s 个。"
        ),
        innocent=_("可能的正当原因：群众在大厅窗口、借用工作人员设备当场评价。"),
        rule=_("评价时只记“是否来自办公设备或办公网络”，不记地址和设备；话务员电话回访的评价不算。"),
    ),
}
#: How often units are named by chance alone, in percent.
BY_CHANCE: Final = round(FALSE_DISCOVERIES * 100)


def why(finding: Finding) -> str:
    """Return why a finding was made, with its figures."""
    figures: dict[str, float] = finding.figures
    return str(WORDS[finding.kind].why) % figures
