"""A day is played by the command to a really started server: each acknowledged matter is there once, also interrupted."""

import json
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from benchmarks.http_server import running_server
from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.organisations.loading import load_categories
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.project.settings import ROOT
from gongzhi.project.simulate.day import places_in

AREA = "410523100"


def command(port, *words):
    return [
        sys.executable,
        "-m",
        "gongzhi",
        "play",
        f"http://127.0.0.1:{port}",
        "--area",
        AREA,
        "--json",
        *words,
    ]


@pytest.mark.django_db(transaction=True)
def test_a_played_day_is_there_once_and_nobody_is_sent_a_message():
    load_categories(Path(str(files("gongzhi.project.demo"))) / "data" / "categories.yaml")
    for code in places_in(AREA).codes:
        a_region(code)

    with running_server() as port:
        quick = command(port, "--speed", "14400")
        first, again = (
            subprocess.run(quick, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
            for _ in range(2)
        )
        there = Case.objects.filter(channel="api").count()
        slow = subprocess.Popen(command(port, "--seed", "1"), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        until = time.monotonic() + 60
        while Case.objects.filter(channel="api").count() < there + 2 and time.monotonic() < until:
            time.sleep(0.2)
        slow.send_signal(signal.SIGINT)
        told = json.loads(slow.communicate(timeout=60)[0])

    once, twice = json.loads(first.stdout), json.loads(again.stdout)
    assert (once["accepted"], once["refused"], once["failed"]) == (once["planned"], {}, {})
    assert once["planned"] == there > 50
    assert (twice["known"], twice["accepted"]) == (there, 0)
    assert slow.returncode == 130 and told["interrupted"]
    assert Case.objects.count() == there + told["accepted"]
    assert told["accepted"] == told["sent"] < told["planned"]
    assert not Request.objects.exclude(text__startswith="【模拟】").exists()
    assert not Message.objects.filter(channel="sms").exists()
