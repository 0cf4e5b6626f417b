"""What axe-core says of the pages in every state that a reader brings them to: nothing.

Each walk goes through all states, one in the light on a wide screen, one in the dark on a phone.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Server, visit
from tests.browser.reading import settled
from tests.browser.training import SLOW, opened

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
VIOLATIONS = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
}"""
SCREENS: dict[str, dict[str, Any]] = {
    "wide, light": {"color_scheme": "light"},
    "phone, dark": {
        "color_scheme": "dark",
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
    },
}


def is_right(page: Page) -> None:
    """Nothing in the page as it stands breaks a rule."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE};0")
    assert page.evaluate(VIOLATIONS) == []


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest, elsewhere: Callable[..., Page]) -> Page:
    return elsewhere(reduced_motion="reduce", **SCREENS[request.param])


def test_explore_breaks_no_rule_in_any_state(screen: Page, server: Server) -> None:
    visit(screen, server.address)
    settled(screen)
    is_right(screen)
    lists_and_menus(screen)
    dialogs(screen)
    panels(screen)
    a_refusal(screen)


def lists_and_menus(page: Page) -> None:
    page.get_by_role("button", name="Duplicate, move or remove run 1:").click()
    expect(page.get_by_role("menuitem", name="Duplicate")).to_be_visible()
    is_right(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_role("combobox", name="Surface").click()
    expect(page.get_by_role("listbox", name="Choices")).to_be_visible()
    expect(page.get_by_role("combobox", name="Surface")).to_have_attribute("aria-expanded", "true")
    is_right(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Surface")).to_have_attribute("aria-expanded", "false")


def dialogs(page: Page) -> None:
    page.locator("#about").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    is_right(page)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#export").click()
    expect(page.locator(".export-card").first).to_be_visible()
    # Each group of formats has choices of its own.
    for card in page.locator(".export-card").all():
        card.click()
        is_right(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def panels(page: Page) -> None:
    page.get_by_role("button", name="Unfold run 5:").click()
    expect(page.get_by_role("combobox", name="Method of run 5:")).to_be_visible()
    page.locator("#noise-panel summary").click()
    page.locator("#noise-panel").get_by_text("Minibatch").click()
    page.locator("#tune-switch").click()
    page.locator("#player-back").click()  # the last step has no update to explain
    page.locator("#inspect").click()
    page.locator("#explain").click()
    expect(page.locator("#captions li").first).to_be_visible()
    settled(page)
    is_right(page)
    page.locator("#inspector-close").click()


def a_refusal(page: Page) -> None:
    page.get_by_label("Start x").fill("abc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="abc")).to_be_visible()
    is_right(page)


def test_response_breaks_no_rule_in_any_state(screen: Page, server: Server) -> None:
    screen.goto(f"{server.address}/response")
    expect(screen.locator("#response-readings tr")).to_have_count(3)
    is_right(screen)
    screen.get_by_role("button", name="Unfold run 1:").click()
    expect(screen.get_by_role("combobox", name="Method of run 1:")).to_be_visible()
    for view in ("All methods", "One run, all signals"):
        screen.get_by_text(view, exact=True).click()
        expect(screen.locator("#response-grid > *").first).to_be_visible()
        is_right(screen)
    screen.locator("#export").click()
    expect(screen.locator(".export-card").first).to_be_visible()
    is_right(screen)


def test_train_breaks_no_rule_in_any_state(screen: Page, server: Server) -> None:
    opened(screen, server)
    expect(screen.locator(".view-figure")).to_have_count(2, timeout=SLOW)
    is_right(screen)
    screen.get_by_label("View", exact=True).select_option("plane")
    screen.get_by_label("Plane", exact=True).select_option("ends")
    expect(screen.locator(".plane-table tbody tr")).to_have_count(2, timeout=SLOW)
    is_right(screen)
    screen.get_by_label("View", exact=True).select_option("sharpness")
    expect(screen.locator(".sharpness-plot[data-done='true']")).to_be_visible(timeout=SLOW)
    is_right(screen)
    screen.get_by_role("button", name="Unfold run 1:").click()
    expect(screen.get_by_role("combobox", name="Method of run 1:")).to_be_visible()
    is_right(screen)
    screen.get_by_label("Points in a minibatch").fill("many")
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("alert").filter(has_text="many")).to_be_visible()
    is_right(screen)
