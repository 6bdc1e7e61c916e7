"""How long each kind of row of a letter is kept, and what of it a person gets who asks for a copy."""

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.keeping import kept_with_case, years

KEEPING = (
    kept_with_case(
        "mailbox.Letter",
        _("来信内容、答复和评价"),
        years(5),
        copied=(
            *("text", "place", "complained_of", "may_publish", "leave_changed_at"),
            *("by_post", "posted_at", "reply", "replied_at", "grade", "grade_words", "rated_at"),
        ),
        once=(("reply", "replied_at"),),  # a draft is not the writer's yet
        blanks=("text", "place", "complained_of", "reply", "grade_words"),
    ),
    kept_with_case(
        "mailbox.Publication",
        _("公开的来信和答复，以及核对人"),
        years(5),
        copied=("title", "text", "reply", "checked_at", "taken_down_at"),
        blanks=("title", "text", "reply", "checked_by", "taken_down_why"),
    ),
)
