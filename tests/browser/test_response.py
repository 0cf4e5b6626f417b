"""The Response page: live answers, memory, runs, small plots, screens."""

import pytest
from playwright.sync_api import Page, expect

from fall_line.experiments.published_responses import find
from fall_line.experiments.signals import SIGNALS
from fall_line.trajectories.response import response
from optimizers import OPTIMIZERS
from tests.browser.answering import (
    ADAM,
    SLOW,
    lines,
    opened,
    point,
    settled,
    state,
    updates,
)
from tests.browser.conftest import Server
from tests.browser.reading import drag, slider


@pytest.fixture
def page(blank: Page) -> Page:
    """A page with nothing in it, on which nothing may be logged as an error or a warning."""
    return blank


def test_a_dragged_slider_changes_the_curve_the_table_and_the_address(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    before, drawn = updates(page, 0), lines(page)
    thumb = slider(page, "learning rate η, run 1: Adam")
    box = thumb.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 7, box["y"] + 7)
    page.mouse.down()
    page.mouse.move(box["x"] - 30, box["y"] + 7, steps=4)
    page.wait_for_function("(old) => client.response.state.answer.updates[0][0] !== old", arg=before[0])
    page.mouse.up()
    settled(page)
    run = state(page, "experiment")["runs"][0]
    assert run["hypers"]["learning_rate"] < 0.25
    expected = response(OPTIMIZERS["adam"], run["hypers"], SIGNALS["rectangles"].values).updates
    assert updates(page, 0) == pytest.approx(list(expected), rel=1e-6)
    assert lines(page) != drawn
    assert f"run=adam,learning_rate={run['hypers']['learning_rate']}," in page.url
    expect(page.get_by_label("learning rate η, run 1: Adam, as a number")).to_have_value(
        str(run["hypers"]["learning_rate"])
    )


def test_the_cursor_tells_values_and_memory_and_a_row_or_curve_chooses_whose(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.mouse.move(*point(page, 20, 0))
    expect(page.locator("#response-epoch-text")).to_have_text("Epoch 20   g = −1")
    adam, momentum = (page.locator("#response-readings tr").nth(k) for k in range(2))
    expect(adam.locator("td").first).to_have_text(f"{updates(page, 0)[20]:.4g}")
    expect(adam).to_contain_text("1 − β₁ᵗ = 0.89")
    expect(momentum.locator("td").last).to_contain_text(f"v = {updates(page, 1)[20]:.4g}")
    page.get_by_role("slider", name="Epoch").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#response-epoch-text")).to_have_text("Epoch 19   g = 1")
    a_row_and_a_curve_choose_the_run_whose_memory_is_shown(page)


def a_row_and_a_curve_choose_the_run_whose_memory_is_shown(page: Page) -> None:
    four = lines(page)
    page.get_by_role("button", name="Momentum", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Momentum", exact=True)).to_have_attribute("aria-pressed", "true")
    assert state(page, "chosen") == 1
    assert lines(page) != four
    height = page.evaluate(
        "(() => { const { answer } = client.response.state;"
        " const [low, high] = client.responseAxes.roundRange(answer.updates.flatMap((one) => [...one]));"
        " return (high - answer.updates[0][10]) / (high - low) })()"
    )
    page.mouse.click(*point(page, 10, 1, height))
    expect(page.get_by_role("button", name="Adam", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_named_experiment_and_its_lesson(page: Page, server: Server) -> None:
    opened(page, server)
    expect(page.locator("#response-lesson")).to_contain_text("velocity")
    page.get_by_label("Published experiments").click()
    page.get_by_role("option", name="RMSProp: uneven sawtooth").click()
    expect(page.locator("#response-lesson")).to_contain_text("forgets and recovers")
    expect(page.locator(".run")).to_have_count(3)
    settled(page)
    assert state(page, "experiment")["signal"] == "uneven_sawtooth"
    expect(page.get_by_label("Gradient signal", exact=True)).to_have_value("Uneven sawtooth")
    page.get_by_label("Gradient signal", exact=True).click()
    page.get_by_role("option", name="Spikes", exact=True).click()
    expect(page.get_by_label("Published experiments")).to_have_value("RMSProp: spikes")
    page.get_by_label("Gradient signal", exact=True).click()
    page.get_by_role("option", name="Chirp").click()
    expect(page.locator("#response-lesson")).to_be_hidden()


def test_methods_are_compared_with_each_other(page: Page, server: Server) -> None:
    opened(page, server)
    expect(page.locator(".introduction")).to_contain_text("gradient signal")
    page.get_by_label("Published experiments").click()
    page.get_by_role("option", name="Methods compared: very noisy sine").click()
    expect(page.locator("#response-lesson")).to_contain_text("average the noise away")
    expect(page.locator(".run")).to_have_count(3)
    settled(page)
    runs = state(page, "experiment")["runs"]
    assert [run["optimizer"] for run in runs] == ["momentum", "rmsprop", "adam"]


def test_runs_are_added_hidden_renamed_and_removed(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.get_by_label("Add a run").click()
    page.get_by_role("option", name="Gradient descent", exact=True).click()
    expect(page.locator("#response-readings tr")).to_have_count(3)
    expect(page.locator("#response-readings tr").nth(2)).to_contain_text("none")
    drawn = lines(page)
    page.get_by_role("button", name="Hide run 2: Momentum").click()
    expect(page.get_by_role("button", name="Show run 2: Momentum")).to_be_visible()
    assert lines(page) != drawn
    page.get_by_label("Name of run 1: Adam").fill("mine")
    page.keyboard.press("Enter")
    expect(page.locator("#response-readings tr").first).to_contain_text("mine")
    page.wait_for_function("() => location.search.includes('label=mine')")
    page.get_by_role("button", name="Duplicate, move or remove run 3:").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect(page.locator("#response-readings tr")).to_have_count(2)
    page.wait_for_function("() => !location.search.includes('gradient_descent')")
    page.go_back()
    expect(page.locator("#response-readings tr")).to_have_count(3)


def test_published_values_are_set_by_a_button_and_left_by_a_slider(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.get_by_role("button", name="Unfold run 1: Adam").click()
    row = page.get_by_role("group", name="Published values of Adam, run 1: Adam")
    pressed = row.locator("[aria-pressed=true]")
    expect(pressed).to_have_text("0.9")
    row.get_by_text("0.975").click()
    settled(page)
    run = find("response/adam/rectangles").experiment.runs[2]
    assert state(page, "experiment")["runs"][0]["hypers"] == run.hypers
    expected = response(OPTIMIZERS["adam"], run.hypers, SIGNALS["rectangles"].values).updates
    assert updates(page, 0) == pytest.approx(list(expected), rel=1e-6)
    expect(pressed).to_have_text("0.975")
    expect(page.get_by_label("first-moment decay β₁, run 1: Adam, as a number")).to_have_value("0.975")
    drag(page, slider(page, "learning rate η, run 1: Adam"), 25)
    expect(pressed).to_have_count(0)


def test_one_run_on_every_signal_opens_with_all_runs(page: Page, server: Server) -> None:
    opened(page, server, f"{ADAM}&view=run")
    cells = page.locator(".response-cell")
    expect(cells.last.locator(".response-peak")).not_to_have_text("…", timeout=SLOW)
    ranges = cells.locator(".response-peak").all_inner_texts()
    page.get_by_role("button", name="Momentum", exact=True).click()
    expect(cells.first.locator(".response-peak")).not_to_have_text(ranges[0], timeout=SLOW)
    page.get_by_role("button", name="Chirp").click()
    expect(page.locator("#response-plot")).to_be_visible()
    settled(page)
    experiment = state(page, "experiment")
    assert (experiment["signal"], len(experiment["runs"]), experiment["chosen"]) == ("chirp", 2, 2)


def test_a_number_not_allowed_is_told_and_not_taken_over_and_a_run_goes_to_explore(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    before = updates(page, 0)
    field = page.get_by_label("learning rate η, run 1: Adam, as a number")
    field.fill("20")
    field.press("Enter")
    expect(page.locator("#problem")).to_contain_text("learning rate η is 20; it must be a number from 0.0001 to 10.")
    assert updates(page, 0) == before
    field.fill("0.5")
    field.press("Enter")
    expect(page.locator("#problem")).to_be_hidden()
    settled(page)
    assert state(page, "experiment")["runs"][0]["hypers"]["learning_rate"] == 0.5


def test_small_plots_of_all_signals_and_all_methods(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.locator("#response-view").get_by_text("All signals", exact=True).click()
    cells = page.locator(".response-cell")
    expect(cells).to_have_count(len(SIGNALS))
    expect(page.locator("#response-plot-text")).to_contain_text("each plot has its own scale")
    expect(cells.last.locator(".response-peak")).not_to_have_text("…", timeout=60_000)
    expect(page.locator("#response-plot")).to_be_hidden()
    chirp = page.get_by_role("button", name="Chirp")
    assert chirp.locator("canvas").evaluate(
        "(canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
    )
    chirp.press("Enter")
    expect(page.locator("#response-plot")).to_be_visible()
    settled(page)
    assert state(page, "experiment")["signal"] == "chirp"
    assert len(state(page, "experiment")["runs"]) == 2
    page.locator("#response-view").get_by_text("All methods").click()
    page.get_by_role("button", name="Adagrad", exact=False).first.click()
    expect(page.locator(".run")).to_have_count(1)
    settled(page)
    assert [run["optimizer"] for run in state(page, "experiment")["runs"]] == ["adagrad"]
    assert state(page, "experiment")["signal"] == "chirp"


def test_on_every_screen_nothing_is_wider_and_every_control_has_a_name(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, server, ADAM)
    assert_named(page)
    wide = "document.documentElement.scrollWidth"
    sizes = ((390, 844), (820, 1180), (1440, 900))
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(wide) <= width
    page.locator("#response-view").get_by_text("All signals", exact=True).click()
    expect(page.locator(".response-cell")).to_have_count(len(SIGNALS))
    for width, height in reversed(sizes):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(wide) <= width


def assert_named(page: Page) -> None:
    nameless = page.evaluate(
        "Array.from(document.querySelectorAll('button, a, input:not([type=hidden]), [role=slider]'))"
        ".filter((one) => one.checkVisibility() && !one.getAttribute('aria-label') && !one.innerText.trim()"
        " && !one.labels?.length && !one.getAttribute('aria-labelledby')).map((one) => one.outerHTML)"
    )
    assert nameless == []
