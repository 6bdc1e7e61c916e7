"""What every journey needs: the demonstration running on a port of its own, and a browser to walk through it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from gongzhi.project.demo.loading import PASSWORD
from journeys.site import Site, demonstration
from journeys.watching import Examiner, Watch, sideways

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = Path(__file__).parent / "screenshots"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
QUIET += ["--force-color-profile=srgb"]
WIDTHS = {"phone": 390, "desk": 1440}

OpenContext = Callable[..., BrowserContext]
SignIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Walk late where the clock is set back, as the log shows it and the doctor would say so; last what keeps the worker busy."""
    late = ("sets_clock_back", "keeps_the_worker_busy")
    items.sort(
        key=lambda item: max(
            (late.index(mark.name) + 1 for mark in item.iter_markers() if mark.name in late), default=0
        )
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run `gongzhi demo` in an empty home for the whole session."""
    with demonstration(tmp_path_factory.mktemp("home")) as running:
        yield running


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
def new_context(browser: Browser, site: Site) -> Iterator[OpenContext]:
    """Yield a function that opens a separate visitor: width in pixels, further options of Playwright.

    At the end nobody's browser may have complained, been stopped by the page's policy, or asked a foreign address.
    """
    opened: list[BrowserContext] = []
    watch = Watch(site.url)

    def open_context(width: int = WIDTHS["phone"], **options: Any) -> BrowserContext:
        size = {"width": width, "height": 844 if width < 800 else 900}
        context = browser.new_context(
            base_url=site.url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", **options
        )
        context.set_default_timeout(15_000)
        watch.over(context)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
    assert not watch.wrong, "\n".join(watch.wrong)


@pytest.fixture
def phone(new_context: OpenContext) -> Page:
    """A page on a telephone without JavaScript, 390 pixels wide: how the oldest phones come."""
    return new_context(WIDTHS["phone"], java_script_enabled=False).new_page()


@pytest.fixture
def desk(new_context: OpenContext) -> Page:
    """A page on an office screen, 1440 pixels wide."""
    return new_context(WIDTHS["desk"]).new_page()


@pytest.fixture(scope="session")
def signed_in_before() -> dict[tuple[str, str], Any]:
    """The cookies of those who have signed in, so that nobody has to twice."""
    return {}


@pytest.fixture
def sign_in(new_context: OpenContext, signed_in_before: dict[tuple[str, str], Any]) -> SignIn:
    """Return a function that signs a demonstration account in, in a post when it holds several, and gives its page.

    *anew* leaves earlier cookies aside and keeps none, as where the clock was set back.
    """

    def signed_in(username: str, post: str = "", width: int = WIDTHS["desk"], *, anew: bool = False) -> Page:
        kept = None if anew else signed_in_before.get((username, post))
        page = new_context(width, storage_state=kept).new_page()
        page.goto("/accounts/sign-in/")
        if kept is None:
            _give_password(page, username, post)
            if not anew:
                signed_in_before[username, post] = page.context.storage_state()
        assert "/accounts/" not in page.url, page.inner_text("main")
        return page

    return signed_in


def _give_password(page: Page, username: str, post: str) -> None:
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    if "/second-factor/setup/" in page.url:
        page.click("form[action$='/second-factor/skip/'] button")
    if "/accounts/posts/" in page.url:
        page.locator("main form button[name=post]").filter(has_text=post).first.click()


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


@pytest.fixture(scope="session")
def examiner(browser: Browser) -> Examiner:
    """Who looks at copies of the pages, for the whole session."""
    return Examiner(browser)


@pytest.fixture
def check_accessibility(examiner: Examiner) -> Callable[[Page], None]:
    """Return a function that fails with every rule of WCAG 2.2 AA that a page breaks, and with sideways scrolling."""

    def check(page: Page) -> None:
        assert sideways(page) <= 0, f"{page.url} is wider than the screen"
        broken = examiner.broken_rules(page)
        assert not broken, f"{page.url}\n" + "\n".join(broken)

    return check
