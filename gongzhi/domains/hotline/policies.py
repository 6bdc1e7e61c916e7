"""Who may do what with requests, beside the moves of the procedure."""

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.purpose import Purpose
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.people.actor import Role

CENTRE = (Role.CALL_TAKER, Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR)
UNIT = (Role.HANDLER, Role.HEAD)

POLICIES = (
    allow("submit", Role.CITIZEN, Role.CALL_TAKER, Role.SYSTEM, within=Within.ANYWHERE, opens_sealed=True),
    allow("import", Role.ADMINISTRATOR, Role.SYSTEM, within=Within.ANYWHERE),
    allow("gather", Role.SYSTEM, within=Within.ANYWHERE),
    allow("learn", Role.SYSTEM, within=Within.ANYWHERE),
    allow("read", Role.CITIZEN, within=Within.OWN),
    allow("read", *CENTRE, Role.AUDITOR, within=Within.REGION, opens_sealed=True),
    allow("read", *UNIT, Role.REVIEWER, within=Within.UNIT),
    allow("read", *UNIT, within=Within.INVOLVED),
    allow("read", Role.ARBITER, within=Within.ARBITER),
    # Who asked (HL-06): the responsible unit may learn it to call back, unless the request is confidential. The centre may
    # in its whole region, also while a unit has the matter: it supervises, calls back and hears objections (decision 12).
    allow("see_requester", Role.CITIZEN, within=Within.OWN),
    allow("see_requester", *UNIT, within=Within.UNIT),
    allow("see_requester", *CENTRE, within=Within.REGION, opens_sealed=True),
    allow("see_sealed_requester", Role.CALL_TAKER, Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    # A person's words are shown once who handles, heads or reviews in the unit has read them; what the centre answered itself, its reviewer.
    allow("clear", *UNIT, Role.REVIEWER, within=Within.UNIT),
    allow("clear", Role.REVIEWER, within=Within.REGION),
    allow("take_back_leave", Role.CITIZEN, within=Within.OWN),
    # What everybody reads is taken down by who answers for its answer: the head of the unit, the reviewer and supervisor of the centre.
    allow("take_down", Role.HEAD, within=Within.UNIT),
    allow("take_down", Role.REVIEWER, Role.SUPERVISOR, within=Within.REGION),
    # Who has the matter posts its answer to somebody without a phone.
    allow("post", *UNIT, within=Within.UNIT),
    allow("post", Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    # Not to be told yet who looked, and lists that leave the house: one asks, another decides (个人信息保护法 art. 35, 51).
    allow("order_delay", *UNIT, within=Within.UNIT),
    allow("order_delay", Role.SUPERVISOR, within=Within.REGION, opens_sealed=True),
    allow("approve_delay", Role.HEAD, within=Within.UNIT),
    allow("approve_delay", Role.SUPERVISOR, within=Within.REGION, opens_sealed=True),
    allow("export", *UNIT, within=Within.UNIT),
    allow("export", Role.DISPATCHER, Role.SUPERVISOR, within=Within.REGION),
    allow("approve_export", Role.HEAD, within=Within.UNIT),
    allow("approve_export", Role.SUPERVISOR, within=Within.REGION),
    allow("answer_text", Role.CALL_TAKER, within=Within.REGION, opens_sealed=True),
    allow("word_notice", Role.SUPERVISOR, within=Within.REGION),
    allow("attach", Role.CITIZEN, within=Within.OWN),
    allow("attach", *UNIT, within=Within.UNIT),
    allow("attach", Role.CALL_TAKER, Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    allow("link", Role.DISPATCHER, within=Within.REGION, opens_sealed=True),
    allow("draw", Role.DISPATCHER, Role.SUPERVISOR, within=Within.REGION),
    allow("search_caller", Role.CALL_TAKER, within=Within.REGION, opens_sealed=True),
    allow("see_scorecard", *UNIT, within=Within.UNIT),
    allow("see_scorecard", *CENTRE, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, within=Within.REGION),
    # How good the suggestions are: those who lead or supervise.
    allow("see_suggestions", Role.SUPERVISOR, Role.LEADER, Role.AUDITOR, within=Within.REGION),
    allow("see_suggestions", Role.HEAD, within=Within.UNIT),
    # What the checks found: those who supervise, and the unit concerned, which may answer.
    allow("see_findings", Role.SUPERVISOR, Role.AUDITOR, within=Within.REGION),
    allow("see_findings", *UNIT, within=Within.UNIT),
    allow("decide_finding", Role.SUPERVISOR, within=Within.REGION),
    allow("answer_finding", Role.HEAD, within=Within.UNIT),
)

PURPOSES = (
    Purpose("verify", _("核实时间、地点和经过")),
    Purpose("visit", _("预约上门或到现场")),
    Purpose("answer", _("告知办理情况、当面答复")),
    Purpose("call_back", _("回访满意度")),
    Purpose("post", _("邮寄答复")),
    Purpose("incoming_call", _("接听来电，查看此前诉求")),
    Purpose("inquiry", _("核查办理质量或违规线索")),
)
