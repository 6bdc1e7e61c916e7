"""待寄答复: the answers to whoever left no phone, printed, put into an envelope, and noted as posted."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.queries.letters import looked_at
from gongzhi.domains.mailbox.queries.offices import has_mailbox
from gongzhi.domains.mailbox.queries.posting import is_to_post, letters_to_post
from gongzhi.domains.mailbox.queries.written import written_answer
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.posting import unit_posts
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web.accounts import posting
from gongzhi.web.accounts.posting import ToSend, ways_of
from gongzhi.web.forms import SureForm
from gongzhi.web.written import Written

SECTION = "mailbox:to-post"


class ToPost(posting.ToPost):
    """Every answer that waits to be posted, to print in three ways and to note as posted."""

    here = SECTION

    @classmethod
    def concerns(cls, actor: Actor, today: date) -> bool:
        """Beside the office of the county, who posts is a unit with a mailbox, or one with a matter of any domain that waits for it."""
        unit = actor.unit_id
        return actor.role is Role.DISPATCHER or has_mailbox(unit, today) or unit_posts(unit)

    def waiting(self) -> list[ToSend]:
        """Find them."""
        return [
            ToSend(
                case=one.case,
                since=one.replied_at,
                papers=[(_("答复"), ways_of(reverse("mailbox:answer-to-post", args=[one.pk])))],
            )
            for one in letters_to_post(self.actor)
        ]


class AnswerPdf(posting.PaperPdf):
    """The answer as PDF for whoever posts it: as it was given, in large type, or in plain words."""

    def found(self) -> tuple[Case, Written | None]:
        """Read it, and write down the look."""
        letter = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        return letter.case, written_answer(letter) if is_to_post(self.actor, letter) else None


class Posted(posting.PostedPage):
    """Note that an answer is in the post."""

    form_class = SureForm
    here = SECTION
    note_posted = staticmethod(services.note_posted)
