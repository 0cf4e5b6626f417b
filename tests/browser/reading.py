"""Reads what the page shows and holds, and turns its controls as a reader does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Request, expect

# The modules that the page runs, as `client`: importing them again from the same address gives the same ones.
CLIENT = """addEventListener("DOMContentLoaded", async () => {
    const script = document.getElementById("fall-line");
    if (script) window.client = await import(script.src);
})"""


def experiment(page: Page) -> dict[str, Any]:
    """The experiment as the page's controls have it."""
    return page.evaluate("client.explore.state.experiment")


def points(page: Page) -> list[float]:
    """All path coordinates that are drawn, one flat list."""
    return page.evaluate("Array.from(client.explore.state.paths.points)")


def step(page: Page) -> float:
    """Where the player stands, with its fraction."""
    return page.evaluate("client.playing.time()")


def lines(page: Page, plot: str = "surface-plot") -> str:
    """The pixels of the lines over a plot, to see whether something was drawn anew."""
    return page.evaluate(
        f"[...document.querySelectorAll('#{plot} canvas:is(.overlay-lines, .overlay-apart)')]"
        ".map((one) => one.toDataURL()).join()"
    )


def slider(page: Page, name: str) -> Locator:
    """The thumb of the slider that a screen reader calls `name`."""
    return page.get_by_role("slider", name=name, exact=True)


def drag(page: Page, handle: Locator, dx: float, dy: float = 0, moves: int = 8) -> None:
    """Drag `handle` by (dx, dy) pixels in some moves, and let go."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, moves + 1):
        page.mouse.move(x + dx * k / moves, y + dy * k / moves)
    page.mouse.up()


def settled(page: Page) -> None:
    """Wait until nothing is under way and the address holds what the controls say."""
    page.wait_for_timeout(50)
    page.wait_for_function(
        "() => { if (!window.client) return false; const { state } = client.explore;"
        " return client.asking.idle() && state.answer !== null && state.good === state.experiment"
        " && state.query === state.answer.query"
        " && document.getElementById('summary').textContent === state.answer.summary }",
        polling=30,  # ms; at every frame, as is the default, the page would have to draw all of them
    )


@contextmanager
def requests(page: Page) -> Iterator[list[str]]:
    """The addresses that the page asks for meanwhile."""
    asked: list[str] = []

    def hear(request: Request) -> None:
        asked.append(request.url)

    page.on("request", hear)
    yield asked
    page.remove_listener("request", hear)


def rows(page: Page) -> list[list[str]]:
    """The cells of the table of outcomes."""
    return [row.locator("th, td").all_inner_texts() for row in page.locator("#outcomes-body tr").all()]


def menu(page: Page, run: int, item: str) -> None:
    """Choose `item` in the menu of the run with this number."""
    page.get_by_role("button", name=f"Duplicate, move or remove run {run}:").click()
    page.get_by_role("menuitem", name=item).click()


def runs(page: Page, count: int) -> None:
    """Wait until the list and the table have `count` runs."""
    expect(page.locator(".run")).to_have_count(count)
    expect(page.locator("#outcomes-body tr")).to_have_count(count)
