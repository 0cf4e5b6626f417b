"""What is told of a chaotic run: in the table, on resting there, to a screen reader."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import settled

MARK = "Chaotic: rounding or a change in the 12th digit of the start changes the path from step"


def test_a_chaotic_run_is_told_and_is_no_longer_once_it_is_not(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?surface=rastrigin&steps=125&start=3.3,-2.1&run=momentum&run=gradient_descent")
    settled(page)
    first, second = page.locator("#outcomes-body").get_by_role("button").all()
    expect(first).to_contain_text(", chaotic")
    expect(page.locator("#summary")).to_contain_text(MARK)
    first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text(MARK)
    told = page.evaluate("client.explore.state.answer.reports.map((one) => one.chaotic_from_step)")
    expect(page.get_by_role("tooltip")).to_contain_text(f"{MARK} {told[0]}.")
    assert (", chaotic" in second.inner_text()) == (told[1] is not None)
    visit(page, f"{server.address}/?surface=rastrigin&steps=5&start=3.3,-2.1&run=momentum")
    settled(page)
    expect(page.locator("#outcomes-body")).not_to_contain_text("chaotic")
    expect(page.locator("#summary")).not_to_contain_text("haotic")
