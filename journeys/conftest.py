"""What every journey needs: the demonstration running on a port of its own, and a browser to walk through it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from gongzhi.project.demo.loading import PASSWORD
from gongzhi.project.settings import ROOT
from gongzhi.project.supervise import DIES_WITH_US
from gongzhi.project.web import check_answers

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = Path(__file__).parent / "screenshots"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
WIDTHS = {"phone": 390, "desk": 1440}
STARTING = 300  # seconds a slow machine may need to load everything
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Site:
    """The running demonstration."""

    url: str
    home: Path

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run `gongzhi` beside the running demonstration, on the same database."""
        return subprocess.run(
            [sys.executable, "-m", "gongzhi", *words],
            cwd=ROOT,
            env=environment(self.home),
            capture_output=True,
            text=True,
            check=False,
        )


def environment(home: Path) -> dict[str, str]:
    """Return our environment without the database of the other tests, with a home of its own."""
    outside = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PORT", "HOST"}
    }
    return outside | {"GONGZHI_HOME": str(home), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run `gongzhi demo` in an empty home for the whole session."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with (home / "demo.log").open("wb") as log:
        demo = subprocess.Popen(
            [*DIES_WITH_US, sys.executable, "-m", "gongzhi", "demo"],
            cwd=ROOT,
            env=environment(home) | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_served(demo, port, home / "demo.log")
        yield Site(f"http://localhost:{port}", home)
    finally:
        demo.terminate()
        demo.wait(60)
        shutil.rmtree(home, ignore_errors=True)


def _wait_until_served(demo: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + STARTING
    while True:
        if demo.poll() is not None or time.monotonic() > until:
            pytest.fail(f"The demonstration did not start:\n{log.read_text(errors='replace')[-3000:]}")
        try:
            check_answers("127.0.0.1", port)
            return
        except TimeoutError:
            time.sleep(0.3)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    if not CHROMIUM.exists():
        pytest.skip("NO BROWSER, this journey was NOT walked: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield started
        started.close()


@pytest.fixture
def new_context(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Yield a function that opens a separate visitor: width in pixels, further options of Playwright."""
    opened: list[BrowserContext] = []

    def open_context(width: int = WIDTHS["phone"], **options: Any) -> BrowserContext:
        size = {"width": width, "height": 844 if width < 800 else 900}
        context = browser.new_context(
            base_url=site.url,
            viewport=size,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            bypass_csp=True,
            **options,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """A page on a telephone, 390 pixels wide: how most citizens come."""
    return new_context(WIDTHS["phone"]).new_page()


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext]) -> Page:
    """A page on an office screen, 1440 pixels wide."""
    return new_context(WIDTHS["desk"]).new_page()


@pytest.fixture
def sign_in(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Return a function that signs a demonstration account in, in a post when it holds several, and gives its page."""

    def signed_in(username: str, post: str = "", width: int = WIDTHS["desk"]) -> Page:
        page = new_context(width).new_page()
        page.goto("/accounts/sign-in/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        if "/second-factor/setup/" in page.url:
            page.click("form[action$='/second-factor/skip/'] button")
        if "/accounts/posts/" in page.url:
            page.locator("main form button[name=post]").filter(has_text=post).first.click()
        assert "/accounts/" not in page.url, page.inner_text("main")
        return page

    return signed_in


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """Return a function that keeps a picture of the whole page under a name and the page's width."""

    def save(page: Page, name: str) -> Path:
        width = page.viewport_size["width"] if page.viewport_size else 0
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}-{width}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return save


@pytest.fixture
def check_accessibility() -> Callable[[Page], None]:
    """Return a function that fails with every rule of WCAG 2.2 AA that a page breaks."""
    axe = Axe()

    def check(page: Page) -> None:
        results = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        broken = [
            f"{found['id']}: {found['help']} ({', '.join(str(node['target']) for node in found['nodes'][:5])})"
            for found in results.response["violations"]
        ]
        assert not broken, f"{page.url}\n" + "\n".join(broken)

    return check
