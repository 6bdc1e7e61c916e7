"""What is sent is counted as it was answered, again with the same key when it was not, and only to a demonstration."""

import json
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongzhi.project.simulate import playing
from gongzhi.project.simulate.day import Day, Matter, places_in
from gongzhi.project.simulate.playing import play, refuse_real, server_at
from gongzhi.project.supervise import Ended


@contextmanager
def answering(answer, info=None):
    """A server that answers what `answer` says of the key, and how often it came; no status hangs up."""
    came = Counter()
    lines = set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.reply(200, json.dumps({"info": info or {}}).encode())

        def do_POST(self):
            key = self.headers["Idempotency-Key"]
            self.rfile.read(int(self.headers["Content-Length"]))
            came[key] += 1
            lines.add(self.client_address[0])
            if status := answer(key, came[key]):
                self.reply(status, b"{}")

        def reply(self, status, body):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 100  # else it hangs up on those who come at once

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server_at(f"http://127.0.0.1:{server.server_port}"), came, lines
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(playing, "PAUSES", (0.01, 0.01, 0.01))


@pytest.fixture(scope="module")
def day():
    matters = [Matter(number, number / 1000, 12 + number / 100, number >= 30) for number in range(40)]
    return Day(0, 60, 12, "4105", places_in("410523100"), matters)


def silent(*_):
    pass


def test_each_answer_counts_once_and_each_writer_has_a_line_of_their_own(day):
    with answering(lambda key, times: 201) as (server, came, lines):
        played = play(server, day, silent)
    assert (played.sent, played.accepted, played.errors, played.again) == (40, 40, 0, 0)
    assert set(came.values()) == {1}
    assert len(lines) == len({day.writer(matter) for matter in day.matters}) > 10
    assert (len(played.quiet), len(played.storm)) == (30, 10)


@pytest.mark.parametrize("trouble", [503, None], ids=["fault of the server", "no answer"])
def test_what_was_not_answered_is_sent_again_with_the_same_key(day, trouble):
    with answering(lambda key, times: trouble if times == 1 else 200) as (server, came, _lines):
        played = play(server, day, silent)
    assert (played.accepted, played.known, played.again, played.errors) == (40, 0, 40, 0)
    assert (len(came), set(came.values())) == (40, {2})


def test_what_is_never_answered_is_given_up_and_what_is_refused_is_not_sent_again(day):
    first = day.key(day.matters[0])
    with answering(lambda key, times: 503 if key == first else 429) as (server, came, _lines):
        played = play(server, day, silent)
    assert (played.failed, played.refused) == ({"503": 1}, {"429": 39})
    assert came[first] == 4
    assert played.errors == played.sent == 40


def test_the_same_day_again_is_known(day):
    with answering(lambda key, times: 200) as (server, _came, _lines):
        played = play(server, day, silent)
    assert (played.known, played.accepted) == (40, 0)


def test_interrupted_it_sends_no_more_and_tells_what_was_done(day):
    late = [Matter(number, number * 0.2, 12, False) for number in range(100)]
    slow = Day(0, 60, 12, "4105", day.places, late)

    def interrupt(matter, played):
        if played.sent >= 3:
            raise KeyboardInterrupt

    with answering(lambda key, times: 201) as (server, came, _lines):
        played = play(server, slow, interrupt)
    assert played.interrupted
    assert played.accepted == played.sent == len(came) < 10


@pytest.mark.parametrize("info", [{}, {"x-demonstration": False}, {"x-demonstration": "true"}])
def test_a_server_that_does_not_say_it_is_a_demonstration_gets_nothing(info):
    with answering(lambda key, times: 201, info) as (server, came, _lines), pytest.raises(Ended):
        refuse_real(server)
    assert not came


def test_a_demonstration_is_asked_and_says_so():
    with answering(lambda key, times: 201, {"x-demonstration": True}) as (server, _came, _lines):
        refuse_real(server)
    with pytest.raises(Ended):
        refuse_real(server)  # nobody answers any more
