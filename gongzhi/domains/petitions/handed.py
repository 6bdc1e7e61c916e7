"""What is written with a case that another procedure hands over: the person's own words, which nobody types again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from gongzhi.domains.petitions.events import PetitionReceived, ReviewRequested
from gongzhi.domains.petitions.models import Kind, Petition, Review
from gongzhi.kernel.events.publish import told
from gongzhi.kernel.prepared import Part, added


def taken_over(procedure: str, region_code: str, now: datetime, words: Mapping[str, Any]) -> Iterable[Part]:
    """Return what is written with a case handed over: a review with its file, or what came by the hotline."""
    if procedure == "petitions.petition":
        petition = Petition(
            kind=words.get("kind") or Kind.APPEAL.value,
            demand=words.get("text", ""),
            place=words.get("place", ""),
            complained_of=words.get("complained_of", ""),
            by_post=words.get("by_post", False),
        )
        return (added(petition), told(PetitionReceived, region_code=region_code, now=now))
    review = Review(
        grounds=words.get("grounds", ""),
        demand=words.get("demand", ""),
        facts=words.get("facts", ""),
        earlier_opinion=words.get("earlier_opinion", ""),
    )
    return (added(review), told(ReviewRequested, region_code=region_code, now=now))
