"""个人信息申请, as the kernel sees it."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.personal_information.notices import NOTICES
from gongzhi.domains.personal_information.policies import POLICIES, PURPOSES
from gongzhi.domains.personal_information.procedure import RIGHTS_REQUEST
from gongzhi.kernel.declare.domain import Domain
from gongzhi.kernel.declare.keeping import kept_with_case, years

DOMAIN = Domain(
    key="personal_information",
    label=_("个人信息申请"),
    procedures=(RIGHTS_REQUEST,),
    policies=POLICIES,
    notices=NOTICES,
    purposes=PURPOSES,
    case_page="personal_information:case",
    person_page="personal_information:progress",
    retention=(
        kept_with_case(
            "personal_information.RightsRequest",
            _("关于个人信息的申请和答复"),
            years(3),
            kind="personal_information.rights_request",
            basis=_("个人信息保护法第十九条、第五十四条：最短必要时间，并供核查；具体年限由本平台设定"),
            copied=("right", "text", "reply"),
            blanks=("text", "reply", "new_name_sealed", "new_phone_sealed", "new_address_sealed"),
        ),
    ),
)
