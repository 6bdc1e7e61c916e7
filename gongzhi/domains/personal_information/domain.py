"""个人信息申请, as the kernel sees it."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.personal_information.keeping import KEEPING
from gongzhi.domains.personal_information.notices import NOTICES
from gongzhi.domains.personal_information.policies import POLICIES, PURPOSES
from gongzhi.domains.personal_information.procedure import RIGHTS_REQUEST
from gongzhi.kernel.declare.domain import Domain

DOMAIN = Domain(
    key="personal_information",
    label=_("个人信息申请"),
    procedures=(RIGHTS_REQUEST,),
    policies=POLICIES,
    notices=NOTICES,
    purposes=PURPOSES,
    case_page="personal_information:case",
    person_page="personal_information:progress",
    retention=KEEPING,
)
