"""Who may do what with offices and letters, beside the moves of the procedure."""

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.purpose import Purpose
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.people.actor import Role

UNIT = (Role.HANDLER, Role.HEAD)
OFFICE = (Role.DISPATCHER, Role.SUPERVISOR)

POLICIES = (
    allow("write", Role.CITIZEN, within=Within.ANYWHERE, opens_sealed=True),
    # On paper: only for the mailbox of the own unit, which the use case asks.
    allow("register", *UNIT, within=Within.ANYWHERE, opens_sealed=True),
    allow("read", Role.CITIZEN, within=Within.OWN),
    # The office stays involved in its letter wherever it lies; the unit has it while it is responsible.
    allow("read", *UNIT, within=Within.INVOLVED),
    allow("read", *UNIT, within=Within.UNIT),
    allow("read", *OFFICE, Role.AUDITOR, within=Within.REGION, opens_sealed=True),
    allow("see_requester", *UNIT, within=Within.UNIT),
    allow("see_requester", *UNIT, within=Within.INVOLVED),
    allow("see_requester", Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    allow("see_sealed_requester", *UNIT, within=Within.INVOLVED),
    allow("see_sealed_requester", Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    allow("take_further", Role.CITIZEN, within=Within.OWN),
    allow("attach", Role.CITIZEN, within=Within.OWN),
    allow("attach", *UNIT, within=Within.UNIT),
    allow("attach", *UNIT, within=Within.INVOLVED),
    allow("attach", Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    # Publishing needs two: the writer's leave, and an official of the office who has checked what is shown.
    allow("consent", Role.CITIZEN, within=Within.OWN),
    allow("publish", *UNIT, within=Within.INVOLVED),
    allow("take_down", *UNIT, within=Within.INVOLVED),
    allow("take_down", Role.SUPERVISOR, within=Within.REGION),
    # The office posts its answers itself; whoever has a letter that goes around it posts that one.
    allow("post", *UNIT, within=Within.INVOLVED),
    allow("post", *UNIT, within=Within.UNIT),
    allow("post", Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    allow("keep_office", Role.ADMINISTRATOR, within=Within.REGION),
)

PURPOSES = (
    Purpose("hear", _("听取来信人陈述")),
    Purpose("verify", _("核实事实")),
    Purpose("answer", _("当面或电话答复")),
    Purpose("post", _("邮寄答复")),
)
