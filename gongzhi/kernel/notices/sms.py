"""The gateways through which short messages leave: a file for trying out, or the HTTP addresses of one or two carriers."""

import fcntl
import json
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from django.conf import settings

TIME_OUT_SECONDS = 10.0
REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
NOT_TAKEN = frozenset(
    {
        *(HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND),
        *(HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE),
    }
)


class Refused(Exception):
    """The gateway will never send this message, whatever one does: a number that does not exist."""


class Unavailable(Exception):
    """The gateway gave no usable answer and may have the message or not: only it may be asked again, later."""


class NotTaken(Unavailable):
    """The gateway surely does not have the message: it was not reached, or said so. Another may be asked at once."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the gateway answered: our reference and its own number for the message."""

    reference: str
    number: str


class Gateway(Protocol):
    """Sends one short message. The same reference sent again reaches the person once."""

    def send(self, *, phone: str, text: str, reference: str) -> Receipt:
        """Hand the message over, or raise Refused or Unavailable."""


class OutgoingFile:
    """A file with a line of JSON for each message, for trying out and for demonstrations; nobody receives it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sent.jsonl"
        self._seen: dict[str, str] = {}
        self._read_to = 0

    def once(self, reference: str, message: Mapping[str, str]) -> Receipt:
        """Add a line, unless one with this reference is there; several processes may write at once."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._catch_up(file.fileno())
            if reference not in self._seen:
                number = str(len(self._seen) + 1)
                line = {"number": number, **message, "reference": reference}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                self._catch_up(file.fileno())
        return Receipt(reference, self._seen[reference])

    def _catch_up(self, handle: int) -> None:
        """Read the lines added since the last look; a smaller file was emptied and is read from its beginning."""
        size = os.fstat(handle).st_size
        if size < self._read_to:
            self._seen, self._read_to = {}, 0
        added = os.pread(handle, size - self._read_to, self._read_to)
        for line in added.splitlines():
            row = json.loads(line)
            self._seen[row["reference"]] = row["number"]
        self._read_to = size


class FileGateway(OutgoingFile):
    """Writes each short message into a file."""

    def send(self, *, phone: str, text: str, reference: str) -> Receipt:
        """Write it, if that could be a number."""
        if not phone.isdigit():
            raise Refused("not a telephone number")
        return self.once(reference, {"phone": phone, "text": text})


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follow no gateway elsewhere: phones and texts go to the address that was configured, and nowhere else."""

    def redirect_request(self, *given: object, **named: object) -> None:
        """Decline, so that the answer becomes an error."""


straight = urllib.request.build_opener(_NoRedirects)


class HttpGateway:
    """Posts each message to a provider: JSON with phone, text and reference, the reference also as Idempotency-Key."""

    def __init__(self, url: str, token: str = "", time_out: float = TIME_OUT_SECONDS) -> None:  # nosec B107
        if not url.startswith(("https://", "http://")):
            raise ValueError("SMS_URL must begin with https:// (or http:// within the own network).")
        self.url, self.token, self.time_out = url, token, time_out

    def send(self, *, phone: str, text: str, reference: str) -> Receipt:
        """Post once; trying again is the caller's business."""
        body = json.dumps({"phone": phone, "text": text, "reference": reference}).encode()
        request = urllib.request.Request(self.url, data=body, headers=self._headers(reference))  # noqa: S310
        try:
            with straight.open(request, timeout=self.time_out) as answer:  # nosec B310 # noqa: S310
                return Receipt(reference, str(json.load(answer)["id"]))
        except urllib.error.HTTPError as fault:
            fault.close()
            raise _kind_of(fault.code)(f"the gateway answered {fault.code}") from fault
        except urllib.error.URLError as fault:
            unreached = isinstance(fault.reason, ConnectionRefusedError | socket.gaierror)
            kind = NotTaken if unreached else Unavailable
            raise kind(f"no usable answer: {type(fault.reason).__name__}") from fault
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise Unavailable(f"no usable answer: {type(fault).__name__}") from fault

    def _headers(self, reference: str) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": reference}
        return headers | {"Authorization": f"Bearer {self.token}"} if self.token else headers


def _kind_of(status: int) -> type[Exception]:
    if status in REFUSALS:
        return Refused
    return NotTaken if status in NOT_TAKEN else Unavailable


@cache
def gateways_in_use() -> Mapping[str, Gateway]:
    """Return the gateways that the settings name: one, or two carriers of which either may carry everything."""
    if settings.SMS_GATEWAY != "http":
        return {"file": FileGateway(settings.HOME / "sms")}
    found = {"first": HttpGateway(settings.SMS_URL, settings.SMS_TOKEN)}
    if settings.SMS_URL_2:
        found["second"] = HttpGateway(settings.SMS_URL_2, settings.SMS_TOKEN_2)
    return found
