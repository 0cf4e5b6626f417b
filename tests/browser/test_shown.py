"""What `fl.show` puts into a notebook's cell: the page, in a frame, with a surface and a rule made in Python."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
import jax.numpy as jnp
import fall_line as fl

def sign_steps(problem, point, state, *, eta):
    return point - eta * jnp.sign(problem.gradient(point)), state

rule = (lambda point: (), sign_steps)
runs = fl.descend(lambda x, y: (x**2 + 7 * y**2) / 2, start=(2, 1), steps=20, runs=[fl.run(rule, eta=0.25)])
print(fl.show(runs).src, flush=True)
sys.stdin.read()
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page like a notebook's, of another origin, with a cell that shows runs."""
    words = [sys.executable, "-c", PROGRAM]
    kernel = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    folder = tmp_path_factory.mktemp("notebook")
    source = kernel.stdout.readline().strip()
    (folder / "index.html").write_text(f'<iframe id="cell" src="{source}" width="1300" height="860"></iframe>')
    notebook = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    Thread(target=notebook.serve_forever, daemon=True).start()
    yield f"http://localhost:{notebook.server_port}/"
    notebook.shutdown()
    notebook.server_close()
    with kernel:
        kernel.stdin.close()


@pytest.fixture
def frame(browser: Browser, cell: str) -> Iterator[FrameLocator]:
    context = browser.new_context(viewport={"width": 1340, "height": 900})
    page = context.new_page()
    page.goto(cell)
    shown = page.frame_locator("#cell")
    shown.locator(".contourlayer path").first.wait_for(state="attached")
    yield shown
    context.close()


def page_of(frame: FrameLocator) -> Page:
    return frame.owner.page


def test_an_own_rule_has_its_slider_and_its_outcome(frame: FrameLocator) -> None:
    row = frame.locator("#outcomes-body tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Sign steps")
    expect(row).to_contain_text("minimum (0, 0)")
    slider = frame.get_by_role("slider", name="eta eta, run 1: Sign steps")
    slider.focus()
    for _ in range(8):
        page_of(frame).keyboard.press("ArrowRight")
    # Steps that are longer than the way can't come to rest.
    expect(row).to_contain_text("circling")


def test_a_step_of_it_is_inspected(frame: FrameLocator) -> None:
    frame.get_by_role("button", name="Inspect").click()
    expect(frame.get_by_text("Hyperparameters at this step")).to_be_visible()
    expect(frame.get_by_role("row", name="eta 0.25")).to_be_visible()
