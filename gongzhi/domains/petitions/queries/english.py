"""An issued opinion explained to who reads English: headings, outcome and remedy; the unit's own words stay as written."""

from typing import Final

from django.utils.timezone import localtime

from gongzhi.domains.petitions.models import Opinion
from gongzhi.domains.petitions.queries.matters import Matter
from gongzhi.kernel.cases.models import Deadline
from gongzhi.web.written import Parts

ACT: Final = "Regulations on Petition Work"
KINDS: Final = {
    "petitions.petition": "Opinion on a petition (信访事项处理意见书)",
    "petitions.review": "Opinion on the review of a petition (信访事项复查意见书)",
    "petitions.rereview": "Opinion on the re-review of a petition (信访事项复核意见书)",
}
OUTCOMES: Final = {
    "solved": "The facts are clear and the request accords with law, regulations and policy: it is supported.",
    "explained": "The request is reasonable but has no basis in law: the unit explains why.",
    "rejected": "The request has no basis in fact, or does not accord with law, regulations and policy: it is not supported.",
}


def opinion_in_english(found: Matter, opinion: Opinion, last: Deadline | None) -> Parts:
    """Return the parts of the explanation; *last* is the period in which the person may ask for a review."""
    about = found.review or found.petition
    grounds = (("Why a review was asked for", found.review.grounds),) if found.review else ()
    return (
        ("What this is", f"{KINDS[found.case.procedure]}, number {opinion.number}, by {opinion.unit.name}."),
        ("The request", about.demand if about else ""),
        *grounds,
        ("Facts that were found, and reasons", opinion.facts),
        ("Decision", f"{OUTCOMES[opinion.outcome]}\n{opinion.decision}"),
        ("Legal basis", opinion.basis),
        ("What you can do", _remedy(found.case.procedure, last)),
    )


def _remedy(procedure: str, last: Deadline | None) -> str:
    if procedure == "petitions.rereview":
        return (
            "This opinion ends the petition procedure: the same facts and reasons are not accepted again at any level"
            f" ({ACT}, article 36). Who is in need may apply for relief (article 37)."
        )
    name, article = ("review", 35) if procedure == "petitions.petition" else ("re-review", 36)
    day = f" The last day is {localtime(last.due_at):%-d %B %Y}." if last else ""
    return (
        f"If you do not agree, you may ask the organ one level up for a {name} within thirty days of receiving this"
        f" opinion ({ACT}, article {article}).{day} Ask on the page of your matter, or in writing."
    )
