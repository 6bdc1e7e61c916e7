"""Who may do what with petitions, beside the moves of the procedures."""

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.purpose import Purpose
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.people.actor import Role

OFFICE = (Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR)
UNIT = (Role.HANDLER, Role.HEAD)

POLICIES = (
    allow(
        "submit", Role.CITIZEN, Role.CALL_TAKER, Role.DISPATCHER, within=Within.ANYWHERE, opens_sealed=True
    ),
    allow("submit", *UNIT, within=Within.ANYWHERE, opens_sealed=True),  # put directly to the unit (art. 23)
    allow("read", Role.CITIZEN, within=Within.OWN),
    allow("read", *OFFICE, Role.AUDITOR, within=Within.REGION, opens_sealed=True),
    allow("read", *UNIT, within=Within.UNIT),
    allow("read", *UNIT, within=Within.INVOLVED),
    allow("read", Role.ARBITER, within=Within.ARBITER),
    # Who petitions: the unit that handles it may learn it to hear them, unless they asked for secrecy (art. 30).
    allow("see_requester", *UNIT, within=Within.UNIT),
    allow("see_requester", *OFFICE, within=Within.REGION, opens_sealed=True),
    allow("see_sealed_requester", Role.CALL_TAKER, Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    allow("answer", *UNIT, within=Within.UNIT),  # which of the three answers it is, the stage says
    allow("attach", Role.CITIZEN, within=Within.OWN),
    allow("attach", *UNIT, within=Within.UNIT),
    allow("attach", Role.CALL_TAKER, Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    # Who has the matter posts what was written in it; that of a confidential one, who may know the petitioner.
    allow("post", *UNIT, within=Within.UNIT),
    allow("post", Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    allow("ask_protection", Role.CITIZEN, within=Within.OWN),
    allow(
        "protect", Role.HEAD, Role.SUPERVISOR, within=Within.ANYWHERE
    ),  # of the protecting unit: see the use case
    allow("publish_openness", Role.HEAD, within=Within.UNIT),
    allow("publish_openness", Role.DISPATCHER, within=Within.REGION),
    allow("report", Role.DISPATCHER, Role.SUPERVISOR, within=Within.REGION, opens_sealed=True),
)

PURPOSES = (
    Purpose("hear", _("听取信访人陈述事实和理由")),
    Purpose("verify", _("核实事实")),
    Purpose("serve", _("送达意见书")),
    Purpose("post", _("邮寄答复")),
    Purpose("inquiry", _("督办核查")),
)
