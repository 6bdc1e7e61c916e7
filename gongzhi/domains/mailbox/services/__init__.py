"""Use cases of the mailbox: the only code that changes letters and offices."""

from gongzhi.domains.mailbox.services.complained import name_complained_of
from gongzhi.domains.mailbox.services.feedback import rate_letter
from gongzhi.domains.mailbox.services.handling import (
    approve_answer,
    draft_answer,
    extend_letter,
    report_progress,
    return_letter,
    send_back_answer,
)
from gongzhi.domains.mailbox.services.office import (
    answer_letter,
    assign_letter,
    hand_to_hotline,
    hand_to_petitions,
    mark_letter,
    supervise_letter,
    take_in_letter,
)
from gongzhi.domains.mailbox.services.offices import close_office, open_office
from gongzhi.domains.mailbox.services.onward import petition_from_letter, request_from_letter
from gongzhi.domains.mailbox.services.papers import attach_file
from gongzhi.domains.mailbox.services.posting import note_posted
from gongzhi.domains.mailbox.services.publishing import (
    decide_leave,
    publish_letter,
    take_down_letter,
)
from gongzhi.domains.mailbox.services.writing import (
    Submission,
    add_to_letter,
    register_letter,
    withdraw_letter,
    write_letter,
)

__all__ = [
    "Submission",
    "add_to_letter",
    "answer_letter",
    "approve_answer",
    "assign_letter",
    "attach_file",
    "close_office",
    "decide_leave",
    "draft_answer",
    "extend_letter",
    "hand_to_hotline",
    "hand_to_petitions",
    "mark_letter",
    "name_complained_of",
    "note_posted",
    "open_office",
    "petition_from_letter",
    "publish_letter",
    "register_letter",
    "rate_letter",
    "report_progress",
    "request_from_letter",
    "return_letter",
    "send_back_answer",
    "supervise_letter",
    "take_down_letter",
    "take_in_letter",
    "withdraw_letter",
    "write_letter",
]
