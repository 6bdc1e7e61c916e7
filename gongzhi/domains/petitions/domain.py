"""信访, as the kernel sees it."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.handed import taken_over
from gongzhi.domains.petitions.notices import NOTICES
from gongzhi.domains.petitions.policies import POLICIES, PURPOSES
from gongzhi.domains.petitions.procedures.cohandling import COHANDLING
from gongzhi.domains.petitions.procedures.petition import PETITION
from gongzhi.domains.petitions.procedures.review import REREVIEW, REVIEW
from gongzhi.kernel.declare.domain import Domain
from gongzhi.kernel.declare.keeping import Fate, Keeping, Source, years
from gongzhi.kernel.declare.words import Words

BASIS = _("个人信息保护法第十九条：保存期限应为实现处理目的所必要的最短时间；具体年限由本平台设定")


def _kept(kind: str, label: Words, model: str, **more: object) -> Keeping:
    """Write how long something of a petition is kept: no text that we have read gives the years."""
    return Keeping(
        kind=f"petitions.{kind}",
        label=label,
        model=f"petitions.{model}",
        period=years(10),
        counted_from=_("办结"),
        fate=Fate.ANONYMISE,
        basis=BASIS,
        source=Source.CONFIGURATION,
        least=years(1),
        case="case_id",
        **more,  # type: ignore[arg-type]
    )


DOMAIN = Domain(
    key="petitions",
    label=_("信访"),
    procedures=(PETITION, REVIEW, REREVIEW, COHANDLING),
    policies=POLICIES,
    notices=NOTICES,
    purposes=PURPOSES,
    case_page="petitions:case",
    person_page="petitions:progress",
    taken_over=taken_over,
    retention=(
        _kept(
            "petition",
            _("信访请求、事实和理由、答复和评价"),
            "Petition",
            copied=(
                *("kind", "demand", "facts", "place", "complained_of", "people", "reply", "replied_at"),
                *("grade_office", "grade_unit", "grade_words", "rated_at"),
            ),
            blanks=("demand", "facts", "place", "complained_of", "reply", "grade_words"),
        ),
        _kept(
            "review",
            _("复查、复核申请的理由和原意见"),
            "Review",
            copied=("grounds", "demand", "facts", "earlier_opinion"),
            blanks=("grounds", "demand", "facts", "earlier_opinion"),
        ),
        _kept(
            "opinion",
            _("处理、复查、复核意见书"),
            "Opinion",
            copied=("number", "outcome", "facts", "decision", "basis", "issued_at", "served_at"),
            once=tuple((name, "issued_at") for name in ("outcome", "facts", "decision", "basis")),
            blanks=("facts", "decision", "basis", "served_how"),
        ),
        _kept(
            "jointpetitioner",
            _("共同信访人姓名"),
            "JointPetitioner",
            blanks=("name_sealed",),
            withheld=_("是其他人的个人信息；本人可以向信访部门查询自己的登记"),
        ),
        _kept(
            "protection",
            _("受到打击报复的反映和答复"),
            "Protection",
            copied=("words", "contact", "asked_at", "answer", "answered_at"),
            blanks=("words", "contact", "answer"),
        ),
        _kept(
            "recommendation",
            _("督办建议和单位的答复"),
            "Recommendation",
            blanks=("text", "answer"),
            withheld=_("是机关之间的建议和答复，不含本人信息"),
        ),
    ),
)
