"""People who send requests while things break: the same key again and again until somebody answers."""

import http.client
import io
import itertools
import json
import random
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from PIL import Image

from benchmarks.ground import Ground
from benchmarks.http import address_of_case
from benchmarks.http_browser import Browser, Page, Unexpected

PATIENCE = 60.0  # seconds after which a person gives up
PAUSES = (0.5, 1.0, 2.0, 4.0)
EACH_SECONDS = 1.0  # a person's request every so many seconds
PEOPLE = 4
API = "/api/v1/hotline/requests"
PLACES = {"region-county": 6, "region-township": 9, "region-village": 12}


class GaveUp(Exception):
    """Nobody answered for so long that the person went away, without knowing what has become of it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """One try that was not answered as it should be: when, and the status (0: no answer at all)."""

    at: float
    status: int
    path: str
    refused: bool  # with a page or sentence of ours, as when the disk is full


@dataclass
class Asked:
    """One request that somebody wants to make; `code` is there once it was acknowledged."""

    number: int
    by_form: bool
    photo: bytes = b""
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    code: str = ""
    waited: float = 0.0
    note: str = ""
    noted: bool = False

    @property
    def title(self) -> str:
        """Words that no other request has."""
        return f"路灯不亮 第{self.number:07d}号"

    @property
    def phone(self) -> str:
        """A telephone that no other request has."""
        return f"139{self.number:08d}"


@dataclass
class Crowd:
    """Everybody who asks, what they asked for, and every try that failed."""

    port: int
    ground: Ground
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    asked: list[Asked] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    tries: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Let everybody begin."""
        self.over.clear()
        self.threads = [threading.Thread(target=self._ask_on, daemon=True) for _ in range(PEOPLE)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Let everybody finish what they have in hand."""
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _ask_on(self) -> None:
        while not self.over.is_set():
            begun = time.monotonic()
            one = self.next_one()
            self.asked.append(one)
            try:
                send(self, one)
            except (GaveUp, Unexpected) as fault:
                self.given_up.append(f"{one.number}: {type(fault).__name__}: {fault}")
            one.waited = time.monotonic() - begun
            self.over.wait(max(0.0, begun + EACH_SECONDS - time.monotonic()))

    def next_one(self) -> Asked:
        """Think of the next request: two in three by the forms, every third of those with a photo."""
        number = next(self.numbers)
        by_form = number % 3 > 0
        return Asked(number, by_form, photo=photo_of(number) if by_form and number % 9 < 3 else b"")


class PatientBrowser(Browser):
    """A browser whose owner presses again when nothing comes back: the same form, so the same key."""

    crowd: Crowd

    def _ask(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[int, str, str]:
        until = time.monotonic() + PATIENCE
        for tried in itertools.count():
            status, text = 0, ""
            self.crowd.tries += 1
            try:
                status, place, text = super()._ask(method, path, content, headers)
            except (OSError, http.client.HTTPException):
                self.close()
                self.connection = None
            if 0 < status < 500:
                return status, place, text
            refused = status == 503 and "文件暂时存不下" in text
            self.crowd.failed.append(Failed(time.monotonic(), status, path, refused))
            if time.monotonic() > until:
                raise GaveUp(f"{method} {path} {status}")
            time.sleep(PAUSES[min(tried, len(PAUSES) - 1)])
        raise AssertionError("counting never ends")


def send(crowd: Crowd, one: Asked) -> None:
    """Send one request by its door until it is acknowledged; now and then add a note to it afterwards."""
    browser = PatientBrowser(crowd.port, address_of_case(one.number))
    browser.crowd = crowd
    try:
        if one.by_form:
            received = _by_form(browser, crowd.ground, one)
            one.code = received.find(r"\b(\d{4} [0-9A-Z]{4} [0-9A-Z]{4})\b").replace(" ", "")
            if one.number % 4 == 0:
                _add_note(browser, received, one)
        else:
            one.code = _by_interface(browser, crowd.ground, one)
    finally:
        browser.close()


def _by_form(browser: PatientBrowser, ground: Ground, one: Asked) -> Page:
    """Fill in the four steps; the key of the first is the key of the whole."""
    page = browser.get("/hotline/new/kind/?in=" + ground.category_key.partition(".")[0])
    page = browser.send(page, category=ground.category_key, kind="help", key=one.key)
    places = {name: ground.place[:length] for name, length in PLACES.items()}
    page = browser.send(
        page, text=f"{one.title}，坏了一个星期，晚上看不见路。", place="村口小桥北边", **places
    )
    page = browser.send(page, name="测试", phone=one.phone, privacy="ordinary")
    return browser.send_photo(page, one.photo, title=one.title)


def _by_interface(browser: PatientBrowser, ground: Ground, one: Asked) -> str:
    body = {
        "kind": "help",
        "category": ground.category_key,
        "title": one.title,
        "text": f"{one.title}，坏了一个星期，晚上看不见路。",
        "region": ground.place,
        "name": "测试",
        "phone": one.phone,
    }
    headers = {"Content-Type": "application/json", "Idempotency-Key": one.key}
    status, _, text = browser._ask("POST", API, json.dumps(body).encode(), headers)
    if status not in (200, 201):
        raise Unexpected(f"{API} answers {status}: {text[:200]}")
    return str(json.loads(text)["query_code"])


def _add_note(browser: PatientBrowser, received: Page, one: Asked) -> None:
    """Complete what was said; the words are looked for afterwards."""
    one.note = f"补充 {one.number}"
    case = received.find(r"/hotline/track/(\d+)/")
    browser.send(browser.get(f"/hotline/track/{case}/add/"), note=one.note)
    one.noted = True


def photo_of(number: int) -> bytes:
    """Return a picture that no other request has: noise, which does not compress."""
    noise = random.Random(number).randbytes(3 * 64 * 64)
    picture, content = Image.frombytes("RGB", (64, 64), noise), io.BytesIO()
    picture.save(content, "JPEG", quality=85)
    return content.getvalue()
