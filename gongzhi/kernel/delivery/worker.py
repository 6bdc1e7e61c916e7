"""The worker: hands on facts, sends messages, turns the clocks. Any number may run beside each other."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.kernel.cases.watch import lapse_due, recount_provisional, warn_due
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.delivery.models import Heartbeat
from gongzhi.kernel.documents.store import sweep_unfinished
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices.sending import send_due
from gongzhi.kernel.people.throttle import purge_attempts
from gongzhi.kernel.retention.contents import EVERY, note_unnamed
from gongzhi.kernel.retention.forgetting import forget_due

log = logging.getLogger(__name__)

SILENT = timedelta(days=1)
NAME = f"{socket.gethostname()}:{os.getpid()}"


@dataclass(frozen=True, slots=True)
class Duty:
    """Work that is done again and again, every so many seconds."""

    every: float
    work: Callable[[datetime], int]


def beat(now: datetime) -> int:
    """Leave a sign of life for `gongzhi doctor`; return how many of workers killed long ago were removed."""
    Heartbeat.objects.update_or_create(name=NAME, defaults={"at": now})
    return Heartbeat.objects.filter(at__lt=now - SILENT).delete()[0]


DUTIES = (
    Duty(every=10.0, work=beat),
    Duty(every=0.5, work=hand_on_due),
    Duty(every=1.0, work=send_due),
    Duty(every=1.0, work=seal_due),
    Duty(every=60.0, work=checkpoint_due),
    Duty(every=5.0, work=warn_due),
    Duty(every=5.0, work=lapse_due),
    Duty(every=3600.0, work=recount_provisional),
    Duty(every=3600.0, work=purge_attempts),
    Duty(every=3600.0, work=sweep_unfinished),
    Duty(every=20.0, work=forget_due),
    Duty(every=EVERY.total_seconds(), work=note_unnamed),
)


def run(stop: threading.Event, duties: tuple[Duty, ...] = DUTIES) -> None:
    """Do every duty in turn until *stop* is set; a duty that fails is logged and tried again."""
    next_at = dict.fromkeys(duties, 0.0)
    while not stop.is_set():
        for duty in duties:
            if time.monotonic() >= next_at[duty]:
                _do(duty)
                next_at[duty] = time.monotonic() + duty.every
        stop.wait(max(0.05, min(next_at.values()) - time.monotonic()))
    Heartbeat.objects.filter(name=NAME).delete()


def run_once(now: datetime) -> None:
    """Do every duty once, as tests and imports want it."""
    with acting(SYSTEM):
        for duty in DUTIES:
            duty.work(now)


def _do(duty: Duty) -> None:
    close_old_connections()
    try:
        with acting(SYSTEM):
            duty.work(timezone.now())
    except Exception:  # a database that is restarting must not end the worker
        log.exception("The duty %s failed and will be tried again", duty.work.__name__)
