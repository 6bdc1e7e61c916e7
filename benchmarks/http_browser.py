"""A browser without a screen: one kept connection, cookies, forms sent as they stand in the page, every status checked."""

import html
import http.client
import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
INPUT = re.compile(r"<input\b[^>]*\btype=\"hidden\"[^>]*>")
ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")
MOST_REDIRECTS = 5
IDLE = 10  # seconds, after which a server may have hung up


class Unexpected(Exception):
    """A page answered with another status, or lacks what should be on it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One request that was answered: how, and how long it took."""

    method: str
    path: str
    status: int
    seconds: float


@dataclass
class Page:
    """Where a browser has arrived."""

    path: str
    text: str

    def find(self, pattern: str) -> str:
        """Return the first group of a pattern that must be on the page."""
        found = re.search(pattern, self.text)
        if found is None:
            raise Unexpected(f"{self.path} lacks {pattern}")
        return found[1]


@dataclass
class Browser:
    """One person's browser; `address` is the line from which they come, as a proxy would tell it."""

    port: int
    address: str
    answered: list[Answered] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None
    last_asked: float = 0.0

    def get(self, path: str) -> Page:
        """Open an address."""
        return self._follow("GET", quote(path, safe="/?&=%"), b"", {})

    def send(self, page: Page, action: str = "", **answers: str) -> Page:
        """Fill in the form of a page (the one with this action) and send it."""
        return self._send(page, action, answers, b"")

    def send_only(self, page: Page, **answers: str) -> None:
        """Fill in the form of a page and send it, without following where it leads."""
        attributes, body = self._form(page, "")
        fields = dict(_value(tag) for tag in INPUT.findall(body)) | answers
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        target = attributes.get("action") or page.path
        status, _place, _text = self._ask("POST", target, urlencode(fields).encode(), headers)
        if status != 303:
            raise Unexpected(f"POST {target} answers {status}")

    def post_json(self, path: str, content: bytes, headers: Mapping[str, str]) -> str:
        """Send JSON to the interface for machines; return what it answers."""
        status, _place, text = self._ask(
            "POST", path, content, {"Content-Type": "application/json", **headers}
        )
        if status not in (200, 201):
            raise Unexpected(f"POST {path} answers {status}: {text[:200]}")
        return text

    def send_photo(self, page: Page, photo: bytes, **answers: str) -> Page:
        """Fill in the form of a page that takes photos and send it with one."""
        return self._send(page, "", answers, photo)

    def _send(self, page: Page, action: str, answers: Mapping[str, str], photo: bytes) -> Page:
        attributes, body = self._form(page, action)
        hidden = dict(_value(tag) for tag in INPUT.findall(body))
        target = attributes.get("action") or page.path
        fields = {**hidden, **answers}
        if attributes.get("enctype") == "multipart/form-data":
            boundary = uuid.uuid4().hex
            kind, content = f"multipart/form-data; boundary={boundary}", _multipart(fields, boundary, photo)
        else:
            kind, content = "application/x-www-form-urlencoded", urlencode(fields).encode()
        origin = f"http://127.0.0.1:{self.port}"
        return self._follow("POST", target, content, {"Content-Type": kind, "Origin": origin})

    def close(self) -> None:
        """Hang up."""
        if self.connection is not None:
            self.connection.close()

    def _form(self, page: Page, action: str) -> tuple[dict[str, str], str]:
        for attributes, body in FORM.findall(page.text):
            found = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
            wanted = (action,) if action else ("", page.path)
            if found.get("method") == "post" and found.get("action", "") in wanted:
                return found, body
        raise Unexpected(f"{page.path} has no form for {action or 'itself'}")

    def _follow(self, method: str, path: str, content: bytes, headers: dict[str, str]) -> Page:
        for _ in range(MOST_REDIRECTS):
            status, place, text = self._ask(method, path, content, headers)
            if status not in (302, 303):
                break
            split = urlsplit(place)
            path = split.path + (f"?{split.query}" if split.query else "")
            method, content, headers = "GET", b"", {}
        if status != 200:
            raise Unexpected(f"{method} {path} answers {status}")
        return Page(path, text)

    def _ask(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[int, str, str]:
        """Ask once, over a new connection where the old one stood idle too long; note how long the whole answer took."""
        if self.connection is None or time.perf_counter() - self.last_asked > IDLE:
            self.close()
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.last_asked = time.perf_counter()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        more = {"Cookie": cookies, "X-Forwarded-For": self.address, "Accept-Encoding": "identity"}
        begun = time.perf_counter()
        self.connection.request(method, path, body=content or None, headers={**headers, **more})
        response = self.connection.getresponse()
        text = response.read()
        self.answered.append(Answered(method, path, response.status, time.perf_counter() - begun))
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return response.status, response.getheader("Location", ""), text.decode()


def _value(tag: str) -> tuple[str, str]:
    found = dict(ATTRIBUTE.findall(tag))
    return found.get("name", ""), html.unescape(found.get("value", ""))


def _multipart(fields: Mapping[str, str], boundary: str, photo: bytes) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if photo:
        head = (
            'Content-Disposition: form-data; name="photos"; filename="photo.jpg"\r\nContent-Type: image/jpeg'
        )
        parts.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + photo + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode()


def sign_in(port: int, username: str, password: str) -> Browser:
    """Return the browser of an official who has just signed in, without an authenticator as in demonstrations."""
    browser = Browser(port, "10.0.0.1")
    page = browser.send(browser.get("/accounts/sign-in/"), username=username, password=password)
    skip = "/accounts/second-factor/skip/"
    return browser if skip not in page.text else _skipped(browser, page, skip)


def _skipped(browser: Browser, page: Page, skip: str) -> Browser:
    browser.send(page, action=skip)
    return browser
