"""Each fact reaches its receivers once; a failing one is tried again, set aside in the end, and can be revived."""

import threading
from datetime import timedelta

import pytest

from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.kernel.delivery import worker
from gongzhi.kernel.delivery.hand_on import ATTEMPTS, dead_letters, hand_on_due, revive, waiting
from gongzhi.kernel.delivery.models import Heartbeat
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.events.publish import Event, publish
from gongzhi.kernel.notices.models import Message

pytestmark = pytest.mark.django_db
NOW = at(3, 2)


def a_broken_fact():
    """A fact about a case that does not exist: no receiver can make a message of it."""
    publish(Event(case_id=1, region_code="410523"), now=NOW)
    return Outbox.objects.get(case_id=1)


def test_a_fact_becomes_its_messages_once():
    request = County().submit(NOW)
    assert hand_on_due(NOW) == 1
    texts = list(Message.objects.filter(case_id=request.pk).values_list("channel", "text"))
    assert {channel for channel, _ in texts} == {"in_app", "sms"}
    Outbox.objects.update(delivered_at=None)
    assert hand_on_due(NOW) == 1
    assert Message.objects.filter(case_id=request.pk).count() == len(texts)


def test_a_fact_is_not_handed_on_before_its_change_is_committed_with_it():
    request = County().submit(NOW)
    fact = Outbox.objects.get(case_id=request.pk)
    assert (fact.key, fact.region_code, fact.delivered_at) == (
        "hotline.request.received",
        request.case.region_code,
        None,
    )


def test_a_failing_fact_waits_longer_each_time_and_does_not_hold_up_the_others():
    broken = a_broken_fact()
    County().submit(NOW)
    assert hand_on_due(NOW) == 1
    broken.refresh_from_db()
    assert (broken.attempts, broken.delivered_at) == (1, None)
    assert "DoesNotExist" in broken.last_error
    assert broken.next_try_at == NOW + timedelta(seconds=10)
    assert not waiting(NOW + timedelta(seconds=9)).exists()
    assert waiting(NOW + timedelta(seconds=10)).get() == broken


def test_after_the_last_attempt_a_fact_is_set_aside_and_an_administrator_can_revive_it():
    broken, now = a_broken_fact(), NOW
    for _ in range(ATTEMPTS):
        hand_on_due(now)
        now += timedelta(hours=2)
    assert dead_letters().get() == broken
    assert not waiting(now).exists()
    assert revive(dead_letters()) == 1
    assert waiting(now).get() == broken


def test_the_worker_does_its_duties_survives_a_failing_one_and_stops_when_told(monkeypatch):
    stop, done = threading.Event(), []

    def fail(now):
        raise RuntimeError("the database is restarting")

    def finish(now):
        done.append(now)
        if len(done) == 2:
            stop.set()
        return 0

    monkeypatch.setattr(
        worker, "close_old_connections", lambda: None
    )  # the test's transaction must stay open
    worker.run(stop, (worker.Duty(0.0, worker.beat), worker.Duty(0.0, fail), worker.Duty(0.0, finish)))
    assert len(done) == 2
    assert not Heartbeat.objects.exists()


def test_the_sign_of_life_of_a_worker_killed_long_ago_is_removed_by_another():
    Heartbeat.objects.create(name="killed", at=NOW - timedelta(days=2))
    Heartbeat.objects.create(name="beside us", at=NOW - timedelta(seconds=20))

    worker.beat(NOW)

    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"beside us", worker.NAME}
