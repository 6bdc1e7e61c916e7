"""Send a day to a running server as people would, each from a line of their own, and keep count of what was answered."""

import http.client
import ipaddress
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from gongzhi.project.simulate.day import Day, Matter
from gongzhi.project.supervise import Ended

REQUESTS: Final = "/api/v1/hotline/requests"
DESCRIPTION: Final = "/api/v1/openapi.json"
AT_ONCE: Final = 200
PATIENCE: Final = 30.0  # seconds for an answer
PAUSES: Final = (0.5, 2.0, 5.0)  # seconds before it is sent again
RECENT: Final = 100  # answers by which the moment is judged
TOLD_EVERY: Final = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """Where a day is played."""

    scheme: str
    host: str
    port: int

    @property
    def is_this_machine(self) -> bool:
        """Whether it is reached without any network."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def connection(self, line: int) -> http.client.HTTPConnection:
        """Return a new connection; on this machine each line has an address of its own, since attempts are counted by it."""
        if self.scheme == "https":
            return http.client.HTTPSConnection(self.host, self.port, timeout=PATIENCE)
        if not self.is_this_machine or ":" in self.host:
            return http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        own = (f"127.{1 + (line >> 16 & 127)}.{line >> 8 & 255}.{line & 255}", 0)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=own)


@dataclass
class Played:
    """What became of a day: how many were sent, registered, known already, refused by status, and given up by fault."""

    sent: int = 0
    accepted: int = 0
    known: int = 0
    again: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    quiet: list[float] = field(default_factory=list)
    storm: list[float] = field(default_factory=list)
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=RECENT))
    interrupted: bool = False

    @property
    def errors(self) -> int:
        """How many were neither registered nor known."""
        return sum(self.refused.values()) + sum(self.failed.values())

    def plain(self) -> dict[str, Any]:
        """Return it as a report; times are from the moment at which a matter was due to its answer."""
        return {
            "sent": self.sent,
            "accepted": self.accepted,
            "known": self.known,
            "sent_again": self.again,
            "refused": dict(self.refused),
            "failed": dict(self.failed),
            "p95_s": p95(self.quiet),
            "storm_p95_s": p95(self.storm),
            "interrupted": self.interrupted,
        }


def p95(seconds: Iterable[float]) -> float | None:
    """Return the 95th percentile, None of nothing."""
    waits = sorted(seconds)
    return round(waits[(len(waits) - 1) * 95 // 100], 3) if waits else None


def server_at(url: str) -> Server:
    """Return the server of an address; raise Ended when it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise Ended(f"{url} is no address of a server. Write it like http://127.0.0.1:8000")
    return Server(parts.scheme, parts.hostname, port)


def refuse_real(server: Server) -> None:
    """Raise Ended unless the server answers and says of itself that it is a demonstration."""
    link = server.connection(0)
    try:
        link.request("GET", DESCRIPTION)
        answer = link.getresponse()
        text = answer.read()
        told = json.loads(text)["info"].get("x-demonstration") if answer.status == http.client.OK else None
    except (OSError, http.client.HTTPException, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Ended(
            f"No platform answers at {server.host}, port {server.port}. Start one: gongzhi demo"
        ) from error
    finally:
        link.close()
    if told is not True:
        raise Ended(
            "This platform does not say that it is a demonstration, so nothing was sent. Use one of: gongzhi demo"
        )


def play(server: Server, day: Day, tell: Callable[[Matter, Played], None]) -> Played:
    """Send each matter when it is due, whether or not earlier ones were answered; return what became of them.

    Interrupted, it sends no more, waits for what is on its way, and returns what was done until then.
    """
    player, begun = _Player(server, day), time.perf_counter()
    waiting: list[Future[None]] = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        try:
            for matter in day.matters:
                while (left := begun + matter.due - time.perf_counter()) > 0:
                    time.sleep(min(left, TOLD_EVERY))
                    tell(matter, player.played)
                waiting.append(threads.submit(player.send, matter, begun + matter.due))
            while wait(waiting, TOLD_EVERY).not_done:
                tell(day.matters[-1], player.played)
        except KeyboardInterrupt:
            player.stop.set()
            player.played.interrupted = True
            threads.shutdown(cancel_futures=True)
    for one in waiting:
        if not one.cancelled():
            one.result()  # a fault of ours is no answer to be counted
    return player.played


class _Player:
    """What the senders share."""

    def __init__(self, server: Server, day: Day) -> None:
        self.server, self.day = server, day
        self.played = Played()
        self.stop = threading.Event()
        self.lock = threading.Lock()

    def send(self, matter: Matter, due: float) -> None:
        """Send a matter, again with the same key when no answer or a fault of the server comes, and count the answer."""
        with self.lock:
            self.played.sent += 1
        body = json.dumps(self.day.body(matter)).encode()
        again = 0
        for pause in (*PAUSES, None):
            status, fault = self._once(matter, body)
            if status and status < http.client.INTERNAL_SERVER_ERROR:
                break
            if pause is None or self.stop.wait(pause):
                break
            again += 1
        with self.lock:
            self._count(matter, status, fault, again, time.perf_counter() - due)

    def _once(self, matter: Matter, body: bytes) -> tuple[int, str]:
        """Return the status of the answer, or 0 and what went wrong."""
        line = self.day.writer(matter)
        link = self.server.connection(line)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": self.day.key(matter),
            # Believed only behind a proxy that the server was told of.
            "X-Forwarded-For": f"10.{line >> 16 & 255}.{line >> 8 & 255}.{line & 255}",
        }
        try:
            link.request("POST", REQUESTS, body=body, headers=headers)
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            return 0, type(error).__name__
        finally:
            link.close()
        return answer.status, ""

    def _count(self, matter: Matter, status: int, fault: str, again: int, seconds: float) -> None:
        played = self.played
        played.again += again
        if status == http.client.CREATED or (status == http.client.OK and again):
            played.accepted += 1
        elif status == http.client.OK:
            played.known += 1
        elif not status or status >= http.client.INTERNAL_SERVER_ERROR:
            played.failed[fault or str(status)] += 1
        else:
            played.refused[str(status)] += 1
        (played.storm if matter.in_storm else played.quiet).append(seconds)
        played.recent.append(seconds)
