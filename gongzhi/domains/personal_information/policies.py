"""Who may do what, beside the moves of the procedure."""

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.purpose import Purpose
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.people.actor import Role

UNIT = (Role.HANDLER, Role.HEAD)

POLICIES = (
    allow("submit", Role.CITIZEN, within=Within.ANYWHERE),
    allow("bind", Role.CITIZEN, within=Within.ANYWHERE),
    allow("copy", Role.CITIZEN, within=Within.OWN),
    allow("stay_known", Role.CITIZEN, within=Within.OWN),
    allow("read", Role.CITIZEN, within=Within.OWN),
    allow("read", *UNIT, within=Within.UNIT),
    allow("read", Role.DISPATCHER, Role.SUPERVISOR, Role.AUDITOR, within=Within.REGION),
    # To prove that it is the person: their phone is called back, their papers are compared.
    allow("see_requester", *UNIT, within=Within.UNIT),
)

PURPOSES = (Purpose("prove", _("核实申请人是本人")),)
