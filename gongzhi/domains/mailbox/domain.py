"""领导信箱, as the kernel sees it."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox.keeping import KEEPING
from gongzhi.domains.mailbox.models import TO_POST
from gongzhi.domains.mailbox.notices import NOTICES
from gongzhi.domains.mailbox.policies import POLICIES, PURPOSES
from gongzhi.domains.mailbox.procedures.letter import LETTER
from gongzhi.kernel.declare.domain import Domain

DOMAIN = Domain(
    key="mailbox",
    label=_("领导信箱"),
    procedures=(LETTER,),
    policies=POLICIES,
    notices=NOTICES,
    purposes=PURPOSES,
    case_page="mailbox:case",
    person_page="mailbox:progress",
    to_post=("mailbox.Letter", TO_POST),
    retention=KEEPING,
)
