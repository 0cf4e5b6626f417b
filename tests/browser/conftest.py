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
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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
SIZE = {"width": 1440, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


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
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """One reader with one cache, for whom scripts come over the wire once."""
    context = browser.new_context(viewport=SIZE, permissions=["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(server: Server, reader: BrowserContext) -> Iterator[Page]:
    """The Explore page, drawn; the test fails if anything was logged as an error or a warning."""
    fresh = reader.new_page()
    logged: list[str] = []
    fresh.on("console", lambda message: logged.append(message.text) if message.type in ("error", "warning") else None)
    fresh.on("pageerror", lambda error: logged.append(str(error)))
    visit(fresh, server.address)
    yield fresh
    fresh.close()
    assert logged == []


def visit(page: Page, address: str) -> None:
    """Open `address` and wait until paths, table and contour are there."""
    page.goto(address)
    page.locator("#outcomes-body tr").first.wait_for()
    page.locator(".contourlayer path").first.wait_for(state="attached")
    page.locator(".start-handle").wait_for()
