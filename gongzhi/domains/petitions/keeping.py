"""How long each kind of row of a petition is kept, and what of it a person gets who asks for a copy."""

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.keeping import kept_with_case, years

TEN = years(10)  # no text that we have read gives the years

KEEPING = (
    kept_with_case(
        "petitions.Petition",
        _("信访请求、事实和理由、答复和评价"),
        TEN,
        copied=(
            *("kind", "demand", "facts", "place", "complained_of", "people", "reply", "replied_at"),
            *("grade_office", "grade_unit", "grade_words", "rated_at", "by_post", "posted_at"),
        ),
        blanks=("demand", "facts", "place", "complained_of", "reply", "grade_words"),
    ),
    kept_with_case(
        "petitions.Review",
        _("复查、复核申请的理由和原意见"),
        TEN,
        copied=("grounds", "demand", "facts", "earlier_opinion"),
        blanks=("grounds", "demand", "facts", "earlier_opinion"),
    ),
    kept_with_case(
        "petitions.Opinion",
        _("处理、复查、复核意见书"),
        TEN,
        copied=("number", "outcome", "facts", "decision", "basis", "issued_at", "served_at"),
        once=tuple((name, "issued_at") for name in ("outcome", "facts", "decision", "basis")),
        blanks=("facts", "decision", "basis", "served_how"),
    ),
    kept_with_case(
        "petitions.JointPetitioner",
        _("共同信访人姓名"),
        TEN,
        blanks=("name_sealed",),
        withheld=_("是其他人的个人信息；本人可以向信访部门查询自己的登记"),
    ),
    kept_with_case(
        "petitions.Protection",
        _("受到打击报复的反映和答复"),
        TEN,
        copied=("words", "contact", "asked_at", "answer", "answered_at"),
        blanks=("words", "contact", "answer"),
    ),
    kept_with_case(
        "petitions.Recommendation",
        _("督办建议和单位的答复"),
        TEN,
        blanks=("text", "answer"),
        withheld=_("是机关之间的建议和答复，不含本人信息"),
    ),
)
