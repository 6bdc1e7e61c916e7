"""The hotline, as the kernel sees it."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.fitting import unfit
from gongzhi.domains.hotline.handed import taken_over
from gongzhi.domains.hotline.keeping import KEEPING
from gongzhi.domains.hotline.models import TO_POST
from gongzhi.domains.hotline.notices import NOTICES
from gongzhi.domains.hotline.policies import POLICIES, PURPOSES
from gongzhi.domains.hotline.procedures.cohandling import COHANDLING
from gongzhi.domains.hotline.procedures.request import REQUEST
from gongzhi.kernel.declare.domain import Domain

DOMAIN = Domain(
    key="hotline",
    label=_("12345 热线"),
    procedures=(REQUEST, COHANDLING),
    policies=POLICIES,
    notices=NOTICES,
    purposes=PURPOSES,
    case_page="hotline:case",
    person_page="hotline:progress",
    taken_over=taken_over,
    unfit=unfit,
    to_post=("hotline.Request", TO_POST),
    retention=KEEPING,
)
