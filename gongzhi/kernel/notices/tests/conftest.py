"""The test domain with a table of notices, its texts, and a server that plays the provider of short messages."""

import copy
import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gongzhi.kernel.cases.tests.permits import PERMITS
from gongzhi.kernel.declare.notice import Channel, Notice, To
from gongzhi.kernel.registry import api as registry

NOTICES = (
    Notice(
        on="permits.received", template="received.txt", to=To.OPENER, channels=(Channel.SMS, Channel.IN_APP)
    ),
    Notice(on="permits.received", template="office.txt", to=To.UNIT),
    Notice(on="permits.received", template="office.txt", to=To.CENTRE),
    Notice(on="permits.late", template="office.txt", to=To.HEAD),
    Notice(on="permits.disputed", template="office.txt", to=To.ARBITER),
    Notice(on="permits.danger", template="received.txt", to=To.OPENER, channels=(Channel.SMS,), urgent=True),
)


@pytest.fixture(autouse=True)
def permits(settings):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "texts"]
    settings.TEMPLATES = templates
    registry.register(replace(PERMITS, notices=NOTICES))
    yield
    del registry.DOMAINS["permits"]
    registry.forget_answers()


class Provider(ThreadingHTTPServer):
    """A provider that keeps each reference once, refuses numbers beginning with 0, and can be told to fail."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.received = {}
        self.headers_seen = []
        self.fails_with = 0
        self.answers_with = b""
        self.hangs = threading.Event()
        self.released = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/sms"


class Answer(BaseHTTPRequestHandler):
    """Answers one request."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.headers_seen.append(dict(self.headers))
        if self.server.hangs.is_set():
            self.server.released.wait(5)
            return
        status = self.server.fails_with or (422 if body["phone"].startswith("x") else 200)
        if status == 200:
            reference = self.headers["Idempotency-Key"]
            self.server.received.setdefault(reference, body)
            number = list(self.server.received).index(reference) + 1
        answer = self.server.answers_with or json.dumps({"id": number if status == 200 else None}).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{self.server.url}/elsewhere")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def provider():
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()
    thread.join()
