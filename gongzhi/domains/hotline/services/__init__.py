"""Use cases of the hotline: the only code that changes requests."""

from gongzhi.domains.hotline.services.alike import tell_apart
from gongzhi.domains.hotline.services.complained import name_complained_of
from gongzhi.domains.hotline.services.dispatching import (
    answer_directly,
    dispatch_request,
    divert_request,
    hand_to_petitions,
    link_duplicate,
    move_request,
    settle_dispute,
    supervise_request,
)
from gongzhi.domains.hotline.services.feedback import (
    contest_reply,
    rate_request,
    record_call_back,
    reopen_request,
    revisit_request,
    rework_request,
    uphold_reply,
)
from gongzhi.domains.hotline.services.files import attach_file
from gongzhi.domains.hotline.services.handling import (
    approve_reply,
    extend_request,
    invite_units,
    reply_to_request,
    report_progress,
    respond_at_once,
    return_request,
)
from gongzhi.domains.hotline.services.intake import (
    Submission,
    add_to_request,
    register_and_answer,
    split_request,
    submit_request,
    urge_request,
    withdraw_request,
)
from gongzhi.domains.hotline.services.integrity import answer_finding, decide_finding
from gongzhi.domains.hotline.services.posting import note_posted
from gongzhi.domains.hotline.services.publishing import clear_request, take_back_leave, take_down_request
from gongzhi.domains.hotline.services.sampling import announce_draw, draw_sample
from gongzhi.domains.hotline.services.texts import answer_text, register_text

__all__ = [
    "Submission",
    "add_to_request",
    "announce_draw",
    "answer_directly",
    "answer_finding",
    "answer_text",
    "approve_reply",
    "attach_file",
    "clear_request",
    "contest_reply",
    "decide_finding",
    "dispatch_request",
    "divert_request",
    "draw_sample",
    "extend_request",
    "hand_to_petitions",
    "invite_units",
    "link_duplicate",
    "move_request",
    "note_posted",
    "name_complained_of",
    "rate_request",
    "record_call_back",
    "register_and_answer",
    "register_text",
    "reopen_request",
    "reply_to_request",
    "report_progress",
    "respond_at_once",
    "return_request",
    "revisit_request",
    "rework_request",
    "settle_dispute",
    "split_request",
    "submit_request",
    "supervise_request",
    "take_back_leave",
    "take_down_request",
    "tell_apart",
    "uphold_reply",
    "urge_request",
    "withdraw_request",
]
