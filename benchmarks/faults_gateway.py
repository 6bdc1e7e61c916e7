"""A gateway for short messages that misbehaves when asked to, and remembers all that was handed over to it."""

import contextlib
import enum
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SLOW_SECONDS = 2.0
HANG_SECONDS = 11.0  # longer than we wait for a gateway


class Mood(enum.StrEnum):
    """How the gateway answers just now."""

    WELL = "well"
    FAILING = "failing"  # 503, and nothing is taken
    SLOW = "slow"  # takes the message, answers after two seconds
    HANGING = "hanging"  # takes the message, answers when nobody waits any more
    ANSWER_LOST = "answer_lost"  # takes the message, then hangs up, answers 500 or nonsense, in turn


@dataclass(frozen=True, slots=True)
class Handed:
    """One message as it was taken from us, as often as that happened."""

    key: str
    phone: str
    text: str


@dataclass
class Gateway:
    """What the gateway was given, and its mood; `url` is where it listens."""

    url: str = ""
    mood: Mood = Mood.WELL
    taken: list[Handed] = field(default_factory=list)
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)

    def asked_now(self) -> int:
        """Count one more question and return its number."""
        with self.lock:
            self.asked += 1
            return self.asked

    def take(self, handed: Handed) -> None:
        """Write down a message."""
        with self.lock:
            self.taken.append(handed)


@contextlib.contextmanager
def open_gateway() -> Iterator[Gateway]:
    """Yield a gateway that listens on a free port; it ends with the block."""
    gateway = Gateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering_for(gateway))
    server.daemon_threads = True
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        gateway.over.set()
        server.shutdown()
        server.server_close()


def _answering_for(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        """Takes one message as a provider's address would."""

        def do_POST(self) -> None:
            """Take the message, or not, and answer, or not."""
            number, mood = gateway.asked_now(), gateway.mood
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if mood is Mood.FAILING:
                return self._say(503, {})
            gateway.take(Handed(self.headers["Idempotency-Key"], body["phone"], body["text"]))
            if mood is Mood.ANSWER_LOST and number % 3 < 2:
                return self._say(500, {}) if number % 3 else None
            if mood in (Mood.SLOW, Mood.HANGING):
                gateway.over.wait(SLOW_SECONDS if mood is Mood.SLOW else HANG_SECONDS)
            return self._say(200, {} if mood is Mood.ANSWER_LOST else {"id": str(number)})

        def _say(self, status: int, body: dict[str, str]) -> None:
            content = json.dumps(body).encode()
            with contextlib.suppress(OSError):  # whoever asked may have been killed meanwhile
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Answering
