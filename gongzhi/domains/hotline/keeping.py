"""How long each kind of row of the hotline is kept, and what of it a person gets who asks for a copy."""

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.keeping import Fate, Keeping, days, kept_with_case, years

KEEPING = (
    kept_with_case(
        "hotline.Request",
        _("诉求的内容、地点、答复和评价"),
        years(3),
        copied=(
            *("kind", "text", "place", "complained_of", "cleared_at", "taken_down_at", "taken_down_why"),
            *("reply", "replied_at", "grade", "grade_words", "rated_at", "by_post", "posted_at"),
        ),
        once=(("reply", "replied_at"),),  # a draft under review is not the person's yet
        blanks=("text", "place", "complained_of", "reply", "grade_words", "taken_down_why"),
    ),
    Keeping(
        kind="hotline.publishedwords",
        label=_("检索用的公开答复拆字"),
        model="hotline.PublishedWords",
        counted_from=_("随事项"),
        fate=Fate.DELETE,
        basis=_("诉求内容去掉时一并删除"),
        goes_with="hotline.request",
        withheld=_("与诉求的标题和内容相同，副本里已有"),
    ),
    Keeping(
        kind="triage.suggestion",
        label=_("辅助建议与人工选择的对照"),
        model="triage.Suggestion",
        counted_from=_("随事项"),
        fate=Fate.DELETE,
        basis=_("诉求内容去掉时一并删除"),
        goes_with="hotline.request",
        withheld=_("只记建议了什么、选了什么；其中没有群众的信息"),
    ),
    Keeping(
        kind="triage.hotissue",
        label=_("热点诉求的标题和所含事项"),
        model="triage.HotIssue",
        counted_from=_("汇集"),
        fate=Fate.DELETE,
        basis=_("每小时重新汇集近三十天的诉求，旧的随即删除"),
        goes_with="hotline.request",
        withheld=_("标题已隐去个人信息；说的是很多人共同反映的事"),
    ),
    Keeping(
        kind="triage.shelf",
        label=_("查找重复诉求的索引"),
        model="",
        period=days(90),
        counted_from=_("收到；办结的随即取下"),
        fate=Fate.DELETE,
        withheld=_("只有由文字算出的散列值，没有文字，也没有群众的信息"),
    ),
    Keeping(
        kind="integrity.finding",
        label=_("数据真实性核查的线索、说明和结论"),
        model="integrity.Finding",
        period=years(3),
        counted_from=_("所核查的季度结束"),
        fate=Fate.DELETE,
        withheld=_("说的是单位，不是群众；其中没有群众的信息"),
    ),
)
