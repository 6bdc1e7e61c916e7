"""What a browser says while somebody walks: console errors, policy violations, foreign requests, weight, axe's findings."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, Route

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
BUDGET = 20 * 1024  # bytes, compressed, of a citizen's page with everything it loads
REFUSED = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Watch:
    """Collects what must not happen in a visitor's browser."""

    site: str
    wrong: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch a visitor."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        """Note errors and warnings; a page that answers 422 or 404 on purpose is no error of the page."""
        place = str(message.location.get("url", ""))
        if message.text.startswith(REFUSED) and urldefrag(place).url in self.pages:
            return
        if message.type in {"error", "warning"}:
            self.wrong.append(f"{message.type}: {message.text} ({place})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.wrong.append(f"asks a foreign address: {request.url}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.pages.add(urldefrag(response.url).url)
            if response.status >= 500:
                self.wrong.append(f"{response.status} from {response.url}")


class Examiner:
    """Lets axe look at copies of pages; a copy lets axe's script in, which the page's own policy refuses."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.desks: dict[int, Page] = {}

    def broken_rules(self, page: Page) -> list[str]:
        """Return the rules of WCAG 2.2 AA, and of good practice, that a page breaks."""
        address, seen = urldefrag(page.url).url, page.content()
        desk = self._desk(page)

        def give(route: Route) -> None:
            route.fulfill(body=seen, content_type="text/html; charset=utf-8")

        desk.route(lambda url: urldefrag(url).url == address, give, times=1)
        desk.goto(address)
        found = Axe().run(desk, options=AXE)
        return [
            f"{rule['id']}: {rule['help']} ({'; '.join(str(node['html'])[:160] for node in rule['nodes'][:3])})"
            for rule in found.response["violations"]
        ]

    def _desk(self, page: Page) -> Page:
        """One page for each width, kept for the next copy."""
        size = page.viewport_size
        assert size is not None
        if size["width"] not in self.desks:
            context = self.browser.new_context(viewport=size, locale="zh-CN", bypass_csp=True)
            self.desks[size["width"]] = context.new_page()
        return self.desks[size["width"]]


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


@contextmanager
def weighed(page: Page) -> Iterator[list[tuple[str, int]]]:
    """Yield a list that then holds each address a first visit loads, with its compressed size in bytes."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    loaded: list[tuple[str, int]] = []
    page.on("response", note)
    yield loaded
    page.remove_listener("response", note)
    for answer in answers:
        if answer.status == 200:
            loaded.append((answer.url, len(gzip.compress(answer.body(), 6))))
