"""领导信箱, as the kernel sees it."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox.notices import NOTICES
from gongzhi.domains.mailbox.policies import POLICIES, PURPOSES
from gongzhi.domains.mailbox.procedures.letter import LETTER
from gongzhi.kernel.declare.domain import Domain
from gongzhi.kernel.declare.keeping import Fate, Keeping, Source, years

DOMAIN = Domain(
    key="mailbox",
    label=_("领导信箱"),
    procedures=(LETTER,),
    policies=POLICIES,
    notices=NOTICES,
    purposes=PURPOSES,
    case_page="mailbox:case",
    person_page="mailbox:progress",
    retention=(
        Keeping(
            kind="mailbox.letter",
            label=_("来信内容、答复和评价"),
            model="mailbox.Letter",
            period=years(5),
            counted_from=_("办结"),
            fate=Fate.ANONYMISE,
            basis=_("个人信息保护法第十九条：保存期限应为实现处理目的所必要的最短时间；具体年限由本平台设定"),
            source=Source.CONFIGURATION,
            least=years(1),
            case="case_id",
            copied=(
                *("text", "place", "complained_of", "may_publish", "leave_changed_at"),
                *("reply", "replied_at", "grade", "grade_words", "rated_at"),
            ),
            once=(("reply", "replied_at"),),  # a draft is not the writer's yet
            blanks=("text", "place", "complained_of", "reply", "grade_words"),
        ),
        Keeping(
            kind="mailbox.publication",
            label=_("公开的来信和答复，以及核对人"),
            model="mailbox.Publication",
            period=years(5),
            counted_from=_("办结"),
            fate=Fate.ANONYMISE,
            basis=_("个人信息保护法第十九条：保存期限应为实现处理目的所必要的最短时间；具体年限由本平台设定"),
            source=Source.CONFIGURATION,
            least=years(1),
            case="case_id",
            copied=("title", "text", "reply", "checked_at", "taken_down_at"),
            blanks=("title", "text", "reply", "checked_by", "taken_down_why"),
        ),
    ),
)
