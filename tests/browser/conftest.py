"""A running server and a real browser for the tests of the page."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests.browser.reading import CLIENT
from tests.browser.tab import SIZE, Tab

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


class Server:
    """The app in a process of its own, on a free port of this machine; it can be stopped and started again.

    Its jobs are in a folder of its own, which is removed when the tests end.
    """

    def __init__(self, **variables: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        folder = tempfile.mkdtemp(prefix="fall-line-jobs-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self.jobs = Path(folder) / "jobs"
        own = {"PORT": str(self.port), "HOST": "127.0.0.1", "FALL_LINE_JOBS_FOLDER": str(self.jobs)}
        self.environment = os.environ | own | variables
        self.environment.pop("REDIS_URL", None)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL
        )
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.address}/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., Server]]:
    """Starts servers, which are stopped when the tests end."""
    started: list[Server] = []

    def start(**variables: str) -> Server:
        started.append(Server(**variables))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def server(serve: Callable[..., Server]) -> Server:
    return serve()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for readers of a test's own, who have seen nothing yet."""
    running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield running
    running.close()


@pytest.fixture(scope="session")
def reader(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One reader with one cache, for whom scripts come over the wire and are compiled once."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("reader"),
        executable_path=chromium(),
        args=FLAGS,
        viewport=SIZE,
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.add_init_script(CLIENT)
    yield context
    context.close()


@pytest.fixture(scope="session")
def shared_tab(reader: BrowserContext) -> Tab:
    return Tab(reader)


@pytest.fixture
def tab(shared_tab: Tab, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """The tab in which most tests look at the page, with nothing in it."""
    yield shared_tab.shown()
    hand_back(shared_tab, request)


@pytest.fixture(scope="session")
def shared_reading_tab(reader: BrowserContext) -> Tab:
    return Tab(reader)


@pytest.fixture
def untouched(shared_reading_tab: Tab, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The Explore page for tests that only read it, opened once for all of them; nothing may be logged."""
    tab = shared_reading_tab.shown()
    if not tab.page.url.startswith(server.address):
        visit(tab.page, server.address)
    yield tab.page
    logged = tab.logged()
    if logged or request.node.stash.get(FAILED, False):
        tab.close()
    assert logged == []


@pytest.fixture(scope="session")
def shared_file_tab(browser: Browser) -> Tab:
    return Tab(browser.new_context(viewport=SIZE, offline=True))


@pytest.fixture
def file_tab(shared_file_tab: Tab, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A tab without a network for files from the disk, with nothing in it."""
    yield shared_file_tab.shown()
    hand_back(shared_file_tab, request)


@pytest.fixture
def blank(tab: Tab) -> Iterator[Page]:
    """A page with nothing in it; the test fails if anything is logged as an error or a warning."""
    yield tab.page
    assert tab.logged() == []


@pytest.fixture
def page(server: Server, blank: Page) -> Page:
    """The Explore page, drawn; the test fails if anything was logged as an error or a warning."""
    visit(blank, server.address)
    return blank


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens empty pages for readers of this test's own; what they are given goes to their context."""
    contexts: list[BrowserContext] = []

    def empty(**options: Any) -> Page:
        contexts.append(browser.new_context(**{"viewport": SIZE} | options))
        contexts[-1].add_init_script(CLIENT)
        return contexts[-1].new_page()

    yield empty
    for context in contexts:
        context.close()


def hand_back(tab: Tab, request: pytest.FixtureRequest) -> None:
    """Make `tab` ready for the next test; what a failed test has left is not trusted."""
    if request.node.stash.get(FAILED, False):
        with suppress(Error):
            tab.leave()  # what is kept for the origin would outlive the tab
        tab.close()
        return
    try:
        tab.leave()
    except Error:
        tab.close()
        raise


def chromium() -> str | None:
    """Where the browser is, or None for Playwright's own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def visit(page: Page, address: str) -> None:
    """Open `address` and wait until paths, table and contour are there."""
    page.goto(address)
    page.locator("#outcomes-body tr").first.wait_for()
    page.locator(".contourlayer path").first.wait_for(state="attached")
    page.locator(".start-handle").wait_for()
    page.wait_for_function("() => window.client")
