"""The Response page's links, files and history: nothing is lost, and what is wrong is told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fall_line.experiments.signals import SIGNALS
from tests.browser.answering import (
    ADAM,
    exported,
    opened,
    point,
    ready,
    settled,
    state,
    updates,
)
from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, slider

THOROUGH = pytest.mark.thorough  # the sentences are proven in tests/experiments


@pytest.fixture
def page(blank: Page) -> Page:
    """A page with nothing in it, on which nothing may be logged as an error or a warning."""
    return blank


def test_a_copied_link_restores_everything_elsewhere(
    page: Page, elsewhere: Callable[..., Page], server: Server
) -> None:
    opened(page, server, ADAM)
    drag(page, slider(page, "learning rate η, run 2: Momentum"), 20)
    page.get_by_role("button", name="Hide run 1: Adam").click()
    settled(page)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#copied")).to_have_text("Link copied")
    other = elsewhere()
    other.goto(page.evaluate("navigator.clipboard.readText()"))
    ready(other)
    assert state(other, "experiment") == state(page, "experiment")
    assert updates(other, 1) == updates(page, 1)


def test_a_link_that_a_tracker_wrote_anew_opens_the_same_signal(page: Page, server: Server) -> None:
    opened(page, server, "signal=formula%3A2+k%2F300+-+1&run=adam%2Clabel%3Da+%2B+b&utm_source=a+chat")
    assert state(page, "experiment")["signal"] == "formula:2 k/300 - 1"
    expect(page.get_by_label("Name of run 1: a + b")).to_be_visible()
    expect(page.locator("#problem")).to_have_text("")


def zoom_along_the_epochs_by_wheel_button_and_double_click(page: Page) -> None:
    page.mouse.move(*point(page, 100, 1))
    page.mouse.wheel(0, -200)
    page.wait_for_function("() => client.response.state.window[0] > 0")
    low, high = state(page, "window")
    assert low < 100 < high < 299
    assert (100 - low) / (high - low) == pytest.approx(100 / 299, abs=0.01)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(
        "(width) => { const [a, b] = client.response.state.window; return b - a < 0.6 * width }", arg=high - low
    )
    page.mouse.dblclick(*point(page, 100, 1))
    page.wait_for_function("() => client.response.state.window[1] - client.response.state.window[0] === 299")


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def test_the_epochs_are_zoomed_and_chosen_run_zoom_and_view_are_kept_in_the_link(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    zoom_along_the_epochs_by_wheel_button_and_double_click(page)
    page.get_by_role("button", name="Momentum", exact=True).click()
    page.mouse.move(*point(page, 100, 1))
    page.mouse.wheel(0, -500)
    page.wait_for_function("() => location.search.includes('chosen=2') && location.search.includes('epochs=')")
    window = state(page, "window")
    opened(page, server, query(page))
    assert state(page, "window") == pytest.approx(window, abs=0.011)
    expect(page.get_by_role("button", name="Momentum", exact=True)).to_have_attribute("aria-pressed", "true")
    page.locator("#response-view").get_by_text("One run, all signals").click()
    page.wait_for_function("() => location.search.includes('view=run')")
    opened(page, server, query(page))
    expect(page.locator(".response-cell")).to_have_count(len(SIGNALS))
    expect(page.locator("#response-plot")).to_be_hidden()
    expect(page.locator("#response-view input:checked")).to_have_value("run")


def test_the_chosen_run_follows_its_run_and_back_chooses_the_one_before(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.get_by_role("button", name="Momentum", exact=True).click()
    page.wait_for_function("() => location.search.includes('chosen=2')")
    page.get_by_label("Name of run 2: Momentum").press("Alt+ArrowUp")
    expect(page.get_by_label("Name of run 1: Momentum")).to_be_visible()
    settled(page)
    assert state(page, "chosen") == 0
    expect(page.get_by_role("button", name="Momentum", exact=True)).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => !location.search.includes('chosen=') && location.search.includes('run=momentum')")
    page.go_back()
    page.wait_for_function("() => client.response.state.chosen === 1")
    page.go_back()
    page.wait_for_function("() => client.response.state.chosen === 0")
    expect(page.get_by_role("button", name="Adam", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_file_is_saved_and_opened(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server, ADAM)
    experiment = state(page, "experiment")
    file = exported(page, "JSON", tmp_path)
    assert json.loads(file.read_text()) == {name: value for name, value in experiment.items() if value is not None}
    opened(page, server)
    page.locator("#response-open-file input").set_input_files(file)
    expect(page.locator(".run")).to_have_count(2)
    settled(page)
    assert state(page, "experiment") == experiment
    file.write_text('{"signal": "moon", "runs": [{"optimizer": "adam"}]}')
    page.locator("#response-open-file input").set_input_files(file)
    expect(page.locator("#problem")).to_contain_text("Signal is ‘moon’; it must be one of")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("signal=mount_doom", "Signal is ‘mount_doom’; it must be one of"),
        pytest.param("signal=drawn&drawn=abc", "Drawn is ‘abc’; it must be 300 numbers", marks=THOROUGH),
        pytest.param("run=adam,learning_rate=fast", "Run 1 (Adam): learning rate η is ‘fast’; it", marks=THOROUGH),
        pytest.param("experiment=response/nothing", "There is no experiment ‘response/nothing’", marks=THOROUGH),
    ],
)
def test_a_wrong_link_is_told_beside_what_still_works(page: Page, server: Server, query: str, sentence: str) -> None:
    opened(page, server, query)
    expect(page.locator("#problem")).to_contain_text(sentence)
    assert len(updates(page, 0)) == 300


def test_there_and_back_again_between_the_pages(page: Page, server: Server) -> None:
    visit(page, server.address)
    pages = page.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name="Response").click()
    ready(page)
    drag(page, slider(page, "learning rate η, run 1: γ = 0.25"), 25)
    settled(page)
    rate = state(page, "experiment")["runs"][0]["hypers"]["learning_rate"]
    assert rate > 0.25
    expect(pages.locator("[aria-current=page]")).to_have_text("Response")
    pages.get_by_role("link", name="Explore").click()
    page.locator("#outcomes-body tr").first.wait_for()
    expect(page.locator("#outcomes-body tr")).to_have_count(5)
    expect(pages.locator("[aria-current=page]")).to_have_text("Explore")
    page.go_back()
    ready(page)
    assert state(page, "experiment")["runs"][0]["hypers"]["learning_rate"] == rate
    page.get_by_role("button", name="Switch between light and dark").click()
    page.get_by_role("button", name="Switch between light and dark").click()
    page.go_forward()
    page.locator("#outcomes-body tr").first.wait_for()
