"""What the regulation gives the person next, in a sentence for each stage: the same words on every page."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.declare.words import Words

PETITION: Final[dict[str, Words]] = {
    "registered": _(
        "信访部门在十五日内转送、交办；直接提给单位的，十五日内告知您是否受理（第二十二条、第二十三条）。"
    ),
    "sent": _("收到的单位在十五日内告知您接收情况以及处理途径和程序（第二十三条第三款）。"),
    "objected": _("承办单位认为不归它管，转送机关正在核实；核实同意才能退回（第二十三条第三款）。"),
    "handling": _(
        "自受理之日起六十日内书面答复；情况复杂的，负责人批准可以延长不超过三十日，要告知您理由（第三十四条）。"
    ),
    "approving": _("意见书由另一位负责人签发；六十日照常计算（第三十四条）。"),
    "issued": _("请确认收到意见书。自收到之日起三十日内，不服可以请求上一级机关复查（第三十五条）。"),
    "served": _("不服处理意见，可以在期限内请求上一级机关复查；不申请的，期满办结（第三十五条）。"),
    "performing": _(
        "这件事属于依法履行职责的范围，由承办单位依法履行或者答复，不适用六十日（第三十一条第五项）。"
    ),
    "studying": _("承办单位研究您的建议，采纳与否都会答复您（第二十九条）。"),
    "answered": _("您可以评价信访部门和承办单位。"),
    "investigating": _("检举控告由有权机关依规依纪依法处理，对您的情况保密（第三十条）。"),
    "diverted": _("请按告知的法定途径提出；那里另有时限，请尽早办理（第三十一条）。"),
    "not_accepted": _("理由写在上面；同一事项正在办理的，请看那一件的进度（第十九条第三款）。"),
    "no_longer_accepted": _(
        "复核已经终结，各级机关不再受理；生活困难的，仍可以依法申请救助帮扶（第三十六条、第三十七条）。"
    ),
    "ended": _("申请复查的期限已经届满（第三十五条）。"),
    "reviewed": _("您已申请复查，进度看复查那一件。"),
}
REVIEW: Final[dict[str, Words]] = {
    "requested": _("复查机关自收到请求之日起三十日内提出书面复查意见（第三十五条）。"),
    "issued": _("请确认收到复查意见书。自收到之日起三十日内，不服可以请求再上一级机关复核（第三十六条）。"),
    "served": _("不服复查意见，可以在期限内请求再上一级机关复核；不申请的，期满办结（第三十六条）。"),
    "ended": _("申请复核的期限已经届满（第三十六条）。"),
    "rereviewed": _("您已申请复核，进度看复核那一件。"),
}
REREVIEW: Final[dict[str, Words]] = {
    "requested": _(
        "复核机关自收到请求之日起三十日内提出复核意见；举行听证的，听证所需时间不计算在内（第三十六条）。"
    ),
    "issued": _("请确认收到复核意见书。复核意见是信访程序的终结意见（第三十六条）。"),
    "final": _(
        "复核意见已经终结信访程序。以同一事实和理由再提出的不再受理；生活困难的，仍可以依法申请救助帮扶（第三十六条、第三十七条）。"
    ),
}
GIVEN: Final = {"petitions.petition": PETITION, "petitions.review": REVIEW, "petitions.rereview": REREVIEW}


def next_by_law(case: Case) -> Words:
    """Return what the regulation gives the person next; empty where it says nothing of its own."""
    return GIVEN.get(case.procedure, {}).get(case.stage, "")
