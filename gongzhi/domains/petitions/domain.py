"""信访, as the kernel sees it."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.fitting import unfit
from gongzhi.domains.petitions.handed import taken_over
from gongzhi.domains.petitions.keeping import KEEPING
from gongzhi.domains.petitions.models import TO_POST
from gongzhi.domains.petitions.notices import NOTICES
from gongzhi.domains.petitions.policies import POLICIES, PURPOSES
from gongzhi.domains.petitions.procedures.cohandling import COHANDLING
from gongzhi.domains.petitions.procedures.petition import PETITION
from gongzhi.domains.petitions.procedures.review import REREVIEW, REVIEW
from gongzhi.kernel.declare.domain import Domain

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
    unfit=unfit,
    to_post=("petitions.Petition", TO_POST),
    retention=KEEPING,
)
