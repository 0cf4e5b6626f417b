"""From page to page: each is found as it was left, runs go from one to the other, and Back still works."""

from playwright.sync_api import Page, expect

from tests.browser import answering
from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, menu, runs, settled, slider


def to_page(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()
    page.wait_for_function(
        "(name) => document.querySelector('.pages [aria-current=page]')?.textContent === name"
        " && client[name.toLowerCase()].state.good !== null && document.getElementById('shell') === null",
        arg=name,
    )


def test_the_tabs_lead_to_the_pages_as_they_were_left(page: Page) -> None:
    page.get_by_label("Surface", exact=True).click()
    page.get_by_role("option", name="Booth", exact=True).click()
    settled(page)
    menu(page, 5, "Remove")
    runs(page, 4)
    settled(page)
    explored = experiment(page)
    to_page(page, "Response")
    drag(page, slider(page, "learning rate η, run 1: γ = 0.25"), 25)
    answering.settled(page)
    answers = answering.state(page, "experiment")
    to_page(page, "Explore")
    settled(page)
    assert experiment(page) == explored
    to_page(page, "Response")
    answering.settled(page)
    assert answering.state(page, "experiment") == answers
    expect(page.locator("#response-lesson")).to_contain_text("As published")
    page.go_back()
    page.wait_for_function("() => client.plots.mounted() && client.explore.state.good !== null")
    settled(page)
    assert experiment(page) == explored
    # Also by a link that loads a document anew.
    page.goto(page.url.partition("?")[0] + "response")
    answering.settled(page)
    to_page(page, "Explore")
    settled(page)
    assert experiment(page) == explored


def test_a_run_leads_to_its_response_and_back(page: Page) -> None:
    drag(page, slider(page, "learning rate η, run 2: RMSProp"), 25)
    settled(page)
    explored = experiment(page)
    menu(page, 2, "Response to a gradient")
    page.wait_for_function("() => document.getElementById('response-plot') && client.response.state.good !== null")
    answering.settled(page)
    (run,) = answering.state(page, "experiment")["runs"]
    assert (run["optimizer"], run["hypers"]) == ("rmsprop", explored["runs"][1]["hypers"])
    page.go_back()
    page.wait_for_function("() => document.getElementById('outcomes-body') && client.plots.mounted()")
    settled(page)
    assert experiment(page) == explored


def test_a_method_that_needs_the_loss_leads_to_no_response(blank: Page, server: Server) -> None:
    visit(blank, f"{server.address}/?surface=booth&run=newton")
    blank.get_by_role("button", name="Duplicate, move or remove run 1:").click()
    expect(blank.get_by_role("menuitem", name="Response to a gradient")).to_have_attribute("data-disabled", "true")


def test_all_runs_of_the_response_descend_the_surface_that_was_left(page: Page) -> None:
    page.get_by_label("Surface", exact=True).click()
    page.get_by_role("option", name="Booth", exact=True).click()
    settled(page)
    to_page(page, "Response")
    answering.settled(page)
    answers = answering.state(page, "experiment")
    page.get_by_role("link", name="Explore these runs").click()
    page.wait_for_function("() => window.client && client.plots.mounted() && client.explore.state.good !== null")
    settled(page)
    shown = experiment(page)
    assert shown["surface"] == "booth"
    names = ["Momentum, γ = 0.25", "Momentum, γ = 0.9", "Momentum, γ = 0.975"]
    expect(page.locator("#outcomes-body th")).to_have_text(names)
    assert [run["hypers"] for run in shown["runs"]] == [run["hypers"] for run in answers["runs"]]
    page.go_back()
    page.wait_for_function("() => window.client && client.response.state.good !== null")
    answering.settled(page)
    assert answering.state(page, "experiment") == answers
