"""Opens the Response page and reads what it shows and holds."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server

SLOW = 60_000  # ms for a drawing on a busy machine
ADAM = "signal=rectangles&run=adam,learning_rate=0.25,beta1=0.9,beta2=0.999,epsilon=1e-7&run=momentum,gamma=0.975"


def opened(page: Page, server: Server, query: str = "") -> Page:
    page.goto(f"{server.address}/response{'?' if query else ''}{query}")
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until the page is drawn and the address follows."""
    page.locator("#response-readings tr").first.wait_for()
    settled(page)


def settled(page: Page) -> None:
    """Wait until nothing is under way and the page has settled on it."""
    page.wait_for_function(
        "() => { if (!window.client) return false; const { state } = client.response;"
        " return state.answer !== null && client.responseAsking.idle() && state.good === state.experiment"
        " && state.query === state.answer.query }",
        polling=30,
    )


def state(page: Page, name: str) -> Any:
    return page.evaluate("(name) => client.response.state[name]", name)


def updates(page: Page, run: int) -> list[float]:
    return page.evaluate("(run) => Array.from(client.response.state.answer.updates[run])", run)


def lines(page: Page) -> str:
    """The pixels of axes and curves, to see whether something was drawn anew."""
    return page.evaluate("document.querySelector('canvas.response-lines').toDataURL()")


def point(page: Page, epoch: float, panel: int, share: float = 0.5) -> tuple[float, float]:
    """The pixel over an epoch in a panel of the plot, `share` of its height down."""
    box = page.locator("#response-plot").bounding_box()
    assert box is not None
    memory = page.evaluate("client.response.state.answer.memory[client.response.state.chosen].symbols.length")
    place = page.evaluate(
        "([height, memory, panel]) => client.responseAxes.panels(height, memory)[panel]",
        [box["height"], memory, panel],
    )
    low, high = state(page, "window")
    x = 52 + (epoch - low) / (high - low) * (box["width"] - 52 - 14)
    return box["x"] + x, box["y"] + place["top"] + share * place["height"]


def dialog(page: Page, form: str) -> None:
    """Open the export dialog, choose a format and wait for its preview."""
    page.get_by_role("button", name="Export", exact=True).click()
    page.locator(".export-card").filter(has=page.get_by_text(form, exact=True)).click()
    expect(page.locator(".export-facts")).not_to_be_empty(timeout=SLOW)


def downloaded(page: Page, folder: Path) -> Path:
    """Press Export, close the dialog, and return the file that comes by itself."""
    with page.expect_download(timeout=2 * SLOW) as coming:
        page.locator(".export-start").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    return path


def exported(page: Page, form: str, folder: Path) -> Path:
    dialog(page, form)
    return downloaded(page, folder)


def size(page: Page, width: int, height: int) -> None:
    page.locator("select[data-choice=size]").select_option("own")
    page.get_by_label("Width in pixels").fill(str(width))
    page.get_by_label("Height in pixels").fill(str(height))
