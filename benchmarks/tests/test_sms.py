"""What `sms` measures: its carriers keep the contract of the real ones, its figures are bounded, and faults would show."""

import pytest

from benchmarks import sms
from benchmarks.sms import Carrier, Wire, _found
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.sms import NotTaken, Unavailable

WORDS = {"phone": "13800001234", "text": "【12345热线】已答复。"}


def test_the_carriers_keep_the_contract():
    wire = Wire()
    carrier = Carrier("first", wire)
    first, other = (carrier.send(**WORDS, reference=each) for each in "ab")
    assert carrier.send(**WORDS, reference="a") == first != other
    assert [one[1] for one in wire.taken] == ["a", "b"]
    carrier.silent, carrier.dead = 1, True
    with pytest.raises(Unavailable, match="answer"):
        carrier.send(**WORDS, reference="c")
    with pytest.raises(NotTaken):
        carrier.send(**WORDS, reference="d")
    assert [one[1] for one in wire.taken] == ["a", "b", "c"]


def told(*events):
    """Messages about some facts; return their references."""
    rows = [
        Message(
            event_id=event,
            recipient=str(place),
            channel="sms",
            region_code="41",
            text="x",
            written_at=sms.NOON,
        )
        for place, event in enumerate(events)
    ]
    return [f"gongzhi-0-{row.pk}" for row in Message.objects.bulk_create(rows)]


@pytest.mark.django_db
def test_what_is_lost_doubled_or_late_shows():
    a, b, c, again = told(1, 2, 3, 3)
    taken = [("first", b, "1", ""), ("first", a, "1", ""), ("second", a, "1", "")]
    assert _found(Wire(taken), 4) == {"lost": 0.5, "doubled": 1, "out_of_order": 2}
    taken = [("first", c, "1", ""), ("first", again, "1", "")]
    assert _found(Wire(taken), 1) == {"lost": 0.0, "doubled": 1, "out_of_order": 0}


@pytest.mark.django_db
def test_the_figures_are_within_their_bounds_at_a_small_size(monkeypatch):
    monkeypatch.setattr(sms, "EVENTS", (120, 120))
    monkeypatch.setattr(sms, "PEOPLE", (10, 10))
    monkeypatch.setattr(sms, "TURNS", (5, 5))
    measured = sms.run(quick=True)
    figures, baseline = measured["figures"], measured["baseline"]
    assert figures["lost"] < 0.01
    assert (figures["doubled"], figures["out_of_order"]) == (0, 0)
    assert figures["others_p95_ratio"] < 1.2
    assert baseline["one_queue_p95_ratio"] > figures["others_p95_ratio"]
    assert baseline["one_carrier_lost"] > 0.1
