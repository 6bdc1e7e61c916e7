"""待寄告知书: the notices to petitioners without a phone, printed, put into an envelope, and noted as posted."""

from django.urls import reverse

from gongzhi.domains.petitions import services
from gongzhi.domains.petitions.queries.matters import looked_at
from gongzhi.domains.petitions.queries.posting import letter_to_post, petitions_to_post, unposted
from gongzhi.kernel.cases.models import Case
from gongzhi.web.accounts import posting
from gongzhi.web.accounts.posting import ToSend, ways_of
from gongzhi.web.forms import SureForm
from gongzhi.web.written import Written

SECTION = "petitions:to-post"


class ToPost(posting.ToPost):
    """Every petition with a notice that waits to be posted."""

    here = SECTION

    def waiting(self) -> list[ToSend]:
        """Find them, with each notice that was not posted yet."""
        return [
            ToSend(
                case=one.case,
                since=one.to_post_at,
                papers=[(notice.title, ways_of(_address(one.pk, notice.key))) for notice in unposted(one)],
            )
            for one in petitions_to_post(self.actor)
        ]


class LetterPdf(posting.PaperPdf):
    """One notice as PDF for whoever posts it."""

    def found(self) -> tuple[Case, Written | None]:
        """Read it, and write down the look."""
        matter = looked_at(actor=self.actor, case_id=self.kwargs["pk"], now=self.now)
        return matter.case, letter_to_post(self.actor, matter, self.kwargs["which"])


class Posted(posting.PostedPage):
    """Note that they are in the post."""

    form_class = SureForm
    here = SECTION
    note_posted = staticmethod(services.note_posted)


def _address(case_id: int, key: str) -> str:
    return reverse("petitions:letter-to-post", args=[case_id, key])
