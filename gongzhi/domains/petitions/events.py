"""What can happen to a petition, a review or a re-review."""

from dataclasses import dataclass

from gongzhi.kernel.events.publish import Event


@dataclass(frozen=True, kw_only=True)
class PetitionReceived(Event):
    """A petition was registered, whichever way it came (art. 21)."""

    key = "petitions.petition.received"


@dataclass(frozen=True, kw_only=True)
class PetitionUrgent(Event):
    """A major or urgent matter was reported; `units` are told in the platform (art. 25)."""

    key = "petitions.petition.urgent"
    units: list[int]


@dataclass(frozen=True, kw_only=True)
class PetitionForwarded(Event):
    """It was forwarded or assigned to a unit (art. 22), or the common superior named one (art. 24)."""

    key = "petitions.petition.forwarded"
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class AccusationPassed(Event):
    """An accusation was passed to the body that has authority over whom it names (art. 22, 30)."""

    key = "petitions.petition.accusation_passed"


@dataclass(frozen=True, kw_only=True)
class PetitionAccepted(Event):
    """The competent unit accepted it and says by which path it goes (art. 23, 31)."""

    key = "petitions.petition.accepted"
    path: int


@dataclass(frozen=True, kw_only=True)
class PetitionDiverted(Event):
    """The person was told the lawful route of a matter that is no petition (art. 22, 31)."""

    key = "petitions.petition.diverted"
    route: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceRefused(Event):
    """It is not accepted, or no longer (art. 19, 20, 36)."""

    key = "petitions.petition.not_accepted"
    reason: str


@dataclass(frozen=True, kw_only=True)
class PetitionObjected(Event):
    """The unit says that it is not competent, and why (art. 23)."""

    key = "petitions.petition.objected"


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(Event):
    """The sender has verified the objection and agreed to it or not (art. 23)."""

    key = "petitions.petition.objection_decided"
    agreed: bool


@dataclass(frozen=True, kw_only=True)
class PetitionExtended(Event):
    """The head of the unit extended the period, for a reason that the person is told (art. 34)."""

    key = "petitions.petition.extended"


@dataclass(frozen=True, kw_only=True)
class PetitionAnswered(Event):
    """A suggestion, a duty or an accusation has its answer."""

    key = "petitions.petition.answered"


@dataclass(frozen=True, kw_only=True)
class OpinionDrafted(Event):
    """An opinion waits for the head of the unit."""

    key = "petitions.opinion.drafted"


@dataclass(frozen=True, kw_only=True)
class OpinionIssued(Event):
    """An opinion in writing was issued; the person can read it (art. 32, 34-36)."""

    key = "petitions.opinion.issued"


@dataclass(frozen=True, kw_only=True)
class OpinionServed(Event):
    """The person has the opinion; from that day the right to the next step runs (art. 35, 36)."""

    key = "petitions.opinion.served"


@dataclass(frozen=True, kw_only=True)
class ReviewRequested(Event):
    """A review or re-review was asked for, one level up (art. 35, 36)."""

    key = "petitions.review.requested"


@dataclass(frozen=True, kw_only=True)
class PetitionSupervised(Event):
    """It was put under supervision (art. 40)."""

    key = "petitions.petition.supervised"


@dataclass(frozen=True, kw_only=True)
class RecommendationMade(Event):
    """Something was recommended to the unit, which has to answer in writing (art. 40)."""

    key = "petitions.recommendation.made"


@dataclass(frozen=True, kw_only=True)
class PetitionTakenBack(Event):
    """A petition lay with whom it complains of and went back to the office (art. 30)."""

    key = "petitions.petition.taken_back"
