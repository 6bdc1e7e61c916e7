"""What `burst` tells is what was sent: nothing lost is called lost, and what is lost, late or refused shows."""

import pytest

from benchmarks import burst
from benchmarks.burst import Plan, Sent, _plan, _recovery, _report


def answered(plan, slow=lambda at: 0.02):
    return [Sent(at, slow(at), f"410523-{n:07d}") for n, at in enumerate(plan.due)]


def there(sent):
    return {one.number: 1 for one in sent if one.number}


def test_three_bursts_stand_between_quiet_times():
    plan = _plan(20.0, 10.0, 30.0)
    assert plan.bursts == [(20, 30), (60, 70), (100, 110)]
    assert len([at for at in plan.due if 20 <= at < 30]) == 450
    assert len([at for at in plan.due if 30 <= at < 60]) == 30
    assert plan.due == sorted(plan.due)


def test_when_all_goes_well_nothing_is_lost_and_all_is_as_before_at_once():
    plan = _plan(20.0, 10.0, 30.0)
    sent = answered(plan)
    figures = _report(plan, sent, there(sent), 0)["figures"]
    assert (figures["lost"], figures["error_rate"], figures["p95_s"], figures["recovery_s"]) == (
        0,
        0,
        0.02,
        0,
    )


def test_lost_doubled_and_refused_ones_show():
    plan = _plan(20.0, 10.0, 30.0)
    sent = answered(plan)
    kept = there(sent)
    del kept[sent[7].number]
    kept["410523-9999999"] = 1
    sent[9] = Sent(sent[9].due, 0.02, "")
    sent[11] = Sent(sent[11].due, 0.02, sent[12].number)
    figures = _report(plan, sent, kept, 0)["figures"]
    assert figures["lost"] == 2, "one is not there, one was given another's number"
    assert figures["written_unanswered"] == 3
    assert figures["error_rate"] == round(1 / len(sent), 4)


def test_a_server_that_stays_slow_has_not_recovered_and_one_that_needs_time_says_how_much():
    quiet = [Sent(30.0 + n, 0.5 if n < 8 else 0.02, "x") for n in range(30)]
    assert _recovery(quiet, 0.02) == 7, "one of ten may be slow"
    assert _recovery([Sent(one.due, 0.5, "x") for one in quiet], 0.02) is None
    plan = Plan([float(n) for n in range(60)], [(10, 20), (25, 30), (45, 46)])
    sent = [Sent(at, 0.5 if at >= 10 else 0.02, str(at)) for at in plan.due]
    assert _report(plan, sent, there(sent), 0)["figures"]["recovery_s"] is None


@pytest.mark.django_db(transaction=True)
def test_the_whole_of_it_runs(monkeypatch):
    monkeypatch.setattr(burst, "BEFORE", (11.0, 11.0))
    monkeypatch.setattr(burst, "DURING", (1.0, 1.0))
    monkeypatch.setattr(burst, "AFTER", (12.0, 12.0))
    monkeypatch.setattr(burst, "TIMES", 1)
    monkeypatch.setattr(burst, "CASES", (500, 500))
    figures = burst.run(quick=True)["figures"]
    assert figures["submissions"] == 11 + 45 + 12
    assert (figures["lost"], figures["written_unanswered"], figures["error_rate"]) == (0, 0, 0)
