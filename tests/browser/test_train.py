"""The Train page in a browser: curves of every run, values that retrain one, links, long trainings, bad input."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.answering import exported
from tests.browser.conftest import Server
from tests.browser.reading import menu, slider
from tests.browser.training import SLOW, TWO, curve, expected, experiment, lines, opened, state, trained

RATE = "learning rate η, run 1: Adam"
LONG = "task=digits&layers=32&batch=64&steps=10000&seeds=4&run=adam,learning_rate=0.001"
PROBLEM = "#problem"


@pytest.fixture
def page(blank: Page) -> Page:
    """An empty page; the test fails if anything was logged as an error or a warning."""
    return blank


def test_the_page_opens_on_a_named_training_with_a_curve_and_a_row_for_each_run(page: Page, server: Server) -> None:
    opened(page, server, "")
    runs = experiment(page).runs
    expect(page.locator("#train-outcomes tr")).to_have_count(len(runs))
    expect(page.locator("#train-lesson")).to_be_visible()
    expect(page.get_by_role("navigation", name="Pages").get_by_text("Train")).to_have_attribute("aria-current", "page")
    for run in range(len(runs)):
        assert curve(page, run) == pytest.approx(expected(page, run))
    assert page.url.endswith("/train")
    names = page.locator("#train-outcomes th").all_inner_texts()
    assert [name.strip() for name in names] == [run.name for run in runs]
    inked = page.evaluate(
        "() => { const one = document.querySelector('canvas.train-lines');"
        " return one.getContext('2d').getImageData(0, 0, one.width, one.height).data.some((value) => value > 0) }"
    )
    assert inked


def test_curves_follow_the_hand_and_the_other_runs_stay(page: Page, server: Server) -> None:
    opened(page, server)
    others, before, key = curve(page, 1), lines(page), page.evaluate("client.train.state.answer.trainings[1][0].key")
    thumb = slider(page, RATE)
    box = thumb.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x + 4 * k, y)
    # While the hand is still down.
    page.wait_for_function(
        "(before) => document.querySelector('canvas.train-lines').toDataURL() !== before", arg=before, timeout=SLOW
    )
    page.mouse.up()
    trained(page)
    assert experiment(page).runs[0].hypers["learning_rate"] > 0.01
    assert curve(page, 0) == pytest.approx(expected(page, 0))
    assert curve(page, 1) == others
    assert page.evaluate("client.train.state.answer.trainings[1][0].key") == key
    expect(page.locator("#train-outcomes tr").first.locator("td").nth(1)).to_have_text(f"{curve(page, 0)[-1]:.4g}")
    assert f"adam,learning_rate={experiment(page).runs[0].hypers['learning_rate']}" in page.url


def test_what_is_chosen_stands_in_the_link_and_back_takes_it_back(
    page: Page, server: Server, elsewhere: Callable[..., Page]
) -> None:
    opened(page, server)
    for name, text in (
        ("Hidden layers, the width of each", "5, 3"),
        ("Points in a minibatch", "32"),
        ("L2 penalty λ", "0.001"),
        ("Share of the points kept back", "0,4"),
        ("First seed", "3"),
    ):
        page.get_by_label(name).fill(text)
        page.keyboard.press("Enter")
        trained(page)
    page.get_by_role("combobox", name="Activation").click()
    page.get_by_role("option", name="ReLU").click()
    trained(page)
    shown = experiment(page)
    assert (shown.layers, shown.batch, shown.l2, shown.seed, shown.activation) == ((5, 3), 32, 0.001, 3, "relu")
    assert shown.validation == 0.4
    other = elsewhere()
    other.goto(page.url)
    trained(other)
    assert experiment(other) == shown
    assert curve(other, 0) == curve(page, 0)
    expect(other.get_by_label("Hidden layers, the width of each")).to_have_value("5, 3")
    page.go_back()
    page.wait_for_function("() => client.train.state.experiment.activation === 'tanh'")
    trained(page)
    assert experiment(page) == shown.model_copy(update={"activation": "tanh"})
    expect(page.get_by_role("combobox", name="Activation")).to_have_value("tanh")
    assert curve(page, 0) == pytest.approx(expected(page, 0))


def test_a_link_is_copied_rightly_while_the_first_answer_is_on_its_way(page: Page, server: Server) -> None:
    page.route("**/train/answers", lambda _: None)  # none comes
    page.goto(f"{server.address}/train?{TWO}")
    page.wait_for_function("() => window.client && client.train.state.opened")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#copied")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{server.address}/train?{TWO}"


def test_another_task_brings_its_network_and_values_have_no_accuracy(page: Page, server: Server) -> None:
    opened(page, server)
    page.get_by_role("combobox", name="Task").click()
    page.get_by_role("option", name="Noisy curve").click()
    trained(page)
    shown = experiment(page)
    assert (shown.task.key, shown.layers, shown.steps) == ("noisy_curve", (16, 16), 500)
    expect(page.get_by_label("Hidden layers, the width of each")).to_have_value("16, 16")
    expect(page.get_by_role("columnheader", name="Accuracy", exact=True)).to_be_hidden()
    assert curve(page, 1) == pytest.approx(expected(page, 1))


def test_runs_are_added_changed_and_removed(page: Page, server: Server) -> None:
    opened(page, server)
    page.get_by_role("combobox", name="Add a run").click()
    page.get_by_role("option", name="RMSProp").first.click()
    expect(page.locator("#train-outcomes tr")).to_have_count(3)
    trained(page)
    # A rate that is made for weights, not the one of a surface.
    assert experiment(page).runs[2].hypers["learning_rate"] == 0.005
    menu(page, 1, "Remove")
    expect(page.locator("#train-outcomes tr")).to_have_count(2)
    trained(page)
    assert [run.optimizer.key for run in experiment(page).runs] == ["momentum", "rmsprop"]
    page.get_by_role("button", name="Unfold run 1: Momentum").click()
    page.get_by_role("combobox", name="Method of run 1: Momentum").click()
    page.get_by_role("option", name="Gradient descent").first.click()
    page.wait_for_function("() => client.train.state.experiment.runs[0].optimizer === 'gradient_descent'")
    trained(page)
    assert experiment(page).runs[0].hypers == {"learning_rate": 0.5}
    assert curve(page, 0) == pytest.approx(expected(page, 0))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "Points in a minibatch",
            "500",
            "Batch is 500; it must be a whole number from 1 to 192, the points to train on",
        ),
        ("Hidden layers, the width of each", "4, 400", "The width of a layer is 400; it must be a whole number from 1"),
        ("Hidden layers, the width of each", "1 2 3 4 5", "it must be a list of up to 4 widths, such as 16, 16"),
        ("L2 penalty λ", "much", "L2 penalty λ is ‘much’; it must be a number from 0 to 10."),
    ],
)
def test_what_cannot_be_used_is_refused_and_the_curves_stay(
    page: Page, server: Server, name: str, text: str, sentence: str
) -> None:
    opened(page, server)
    before, shown = curve(page, 0), experiment(page)
    field = page.get_by_label(name)
    old = field.input_value()
    field.fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(PROBLEM)).to_contain_text(sentence)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(text)
    assert experiment(page) == shown
    assert curve(page, 0) == before
    field.fill(old)
    page.keyboard.press("Enter")
    expect(page.locator(PROBLEM)).to_be_hidden()


def test_what_was_refused_in_one_field_is_tried_again_once_another_allows_it(page: Page, server: Server) -> None:
    opened(page, server, "task=xor&layers=4&steps=20&validation=0&run=adam")
    patience, share = (page.get_by_label(name) for name in ("Patience in steps", "Share of the points kept back"))
    patience.fill("7")
    page.keyboard.press("Enter")
    expect(page.locator(PROBLEM)).to_contain_text("left out where no points are kept back", timeout=SLOW)
    expect(patience).to_have_attribute("aria-invalid", "true")
    share.fill("0.25")
    page.keyboard.press("Enter")
    page.wait_for_function("() => client.train.state.experiment.patience === 7", timeout=SLOW)
    trained(page)
    expect(page.locator(PROBLEM)).to_be_hidden()
    expect(patience).not_to_have_attribute("aria-invalid", "true")
    expect(patience).to_have_value("7")
    shown = experiment(page)
    assert (shown.validation, shown.patience) == (0.25, 7)


def test_what_would_take_too_long_is_refused_with_an_estimate(page: Page, server: Server) -> None:
    runs = "&".join(["run=adam"] * 16)
    page.goto(f"{server.address}/train?task=digits&layers=64,64,64,64&batch=all&steps=10000&seeds=8&{runs}")
    expect(page.locator(PROBLEM)).to_contain_text("10000 steps of this would train for about")
    page.wait_for_function("() => window.client && client.train.state.good !== null", timeout=SLOW)
    assert page.evaluate("client.train.state.experiment.steps") < 10_000
    before = page.evaluate("client.train.state.experiment.steps")
    page.get_by_label("steps, all runs, as a number").fill("10000")
    page.keyboard.press("Enter")
    expect(page.locator(PROBLEM)).to_contain_text("16 runs of 10000 steps would train for about", timeout=SLOW)
    assert page.evaluate("client.train.state.experiment.steps") == before


def test_a_net_that_flies_off_is_told_at_its_step(page: Page, server: Server) -> None:
    opened(
        page,
        server,
        "task=noisy_curve&layers=4&activation=relu&steps=400&run=gradient_descent,learning_rate=10&run=adam",
    )
    losses = np.array(curve(page, 0))
    step = int(np.argmin(np.isfinite(losses)))
    assert 0 < step < 400
    outcome = page.locator("#train-outcomes tr").first.locator("td").first
    expect(outcome).to_have_text(f"not finite from step {step}")
    expect(page.locator("#train-plot-text")).to_contain_text("what rises far above the first loss leaves the plot")
    assert np.isfinite(curve(page, 1)).all()


def slowly(page: Page) -> None:
    """Let each answer take its time, as a far server's does."""

    def wait(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.route("**/train/answers", wait)


def made(page: Page) -> int:
    return page.evaluate("client.train.state.answer.made")


def test_a_long_training_tells_how_far_it_is_rests_goes_on_and_is_found_again(page: Page, server: Server) -> None:
    slowly(page)
    page.goto(f"{server.address}/train?{LONG}")
    bar = page.get_by_role("progressbar", name="Training")
    expect(bar).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#train-progress-text")).to_contain_text("paused")
    page.wait_for_function("() => client.trainAsking.idle()")
    rested = made(page)
    page.wait_for_timeout(1000)
    assert made(page) == rested < 40_000
    page.reload()
    page.wait_for_function("() => window.client && client.train.state.answer !== null", timeout=SLOW)
    assert made(page) >= rested  # the server has kept what was trained
    page.wait_for_function("(rested) => client.train.state.answer.made > rested", arg=rested, timeout=SLOW)
    page.unroute_all(behavior="ignoreErrors")
    trained(page)
    expect(bar).to_be_hidden()
    assert len(curve(page, 0)) == 401


def test_a_training_that_is_cancelled_gives_way_to_the_one_before(page: Page, server: Server) -> None:
    opened(page, server)
    before = experiment(page)
    slowly(page)
    page.get_by_label("steps, all runs, as a number").fill("9999")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Cancel").click(timeout=SLOW)
    page.wait_for_function("() => client.train.state.experiment.steps === 150")
    trained(page)
    assert experiment(page) == before
    expect(page.get_by_label("steps, all runs, as a number")).to_have_value("150")


def test_the_player_stands_where_the_plot_is_pressed_and_keys_move_it(page: Page, server: Server) -> None:
    opened(page, server)
    counter = page.locator("#train-player-counter")
    expect(counter).to_have_text("150 / 150")
    page.locator("#train-plot").click(position={"x": 300, "y": 100})
    at = page.evaluate("client.trainPlaying.time()")
    assert 0 < at < 150
    expect(counter).to_have_text(f"{at} / 150")
    page.keyboard.press("ArrowRight")
    expect(counter).to_have_text(f"{at + 1} / 150")
    page.keyboard.press("Home")
    expect(counter).to_have_text("0 / 150")
    page.keyboard.press(" ")
    page.wait_for_function("() => client.trainPlaying.time() > 5")
    page.keyboard.press(" ")


def test_axes_are_chosen_and_a_run_stands_out_under_the_pointer(page: Page, server: Server) -> None:
    opened(page, server, f"{TWO}&batch=32")
    before = lines(page)
    page.get_by_text("Linear", exact=True).click()
    page.wait_for_function(
        "(before) => document.querySelector('canvas.train-lines').toDataURL() !== before", arg=before
    )
    before = lines(page)
    page.get_by_text("Epochs", exact=True).click()
    page.wait_for_function(
        "(before) => document.querySelector('canvas.train-lines').toDataURL() !== before", arg=before
    )
    page.locator("#train-outcomes tr").nth(1).hover()
    page.wait_for_function("() => client.train.state.highlight === 1")
    assert (state(page, "lossAxis"), state(page, "along")) == ("linear", "epochs")


def test_the_other_pages_lead_back_to_the_training_that_was_left(page: Page, server: Server) -> None:
    opened(page, server)
    page.get_by_role("link", name="Response").click()
    expect(page.locator("#response-plot")).to_be_visible()
    page.get_by_role("link", name="Train").click()
    trained(page)
    assert experiment(page).task.key == "xor"
    assert "task=xor" in page.url


def test_a_training_is_written_to_a_file_that_opens_again(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server, f"{TWO}&batch=32&seed=5")
    shown = experiment(page)
    file = exported(page, "JSON", tmp_path)
    opened(page, server)
    assert experiment(page) != shown
    page.locator("#train-open-file input").set_input_files(file)
    page.wait_for_function("() => client.train.state.experiment.seed === 5")
    trained(page)
    assert experiment(page) == shown
    expect(page.get_by_label("First seed")).to_have_value("5")
    assert curve(page, 0) == pytest.approx(expected(page, 0))


def test_a_file_of_another_page_is_told_where_it_belongs(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server)
    file = tmp_path / "bowl.json"
    file.write_text('{"surface": "booth", "runs": [{"optimizer": "adam"}]}')
    page.locator("#train-open-file input").set_input_files(file)
    expect(page.locator(PROBLEM)).to_contain_text("it has a surface, so open it on the page Explore")
    assert experiment(page).task.key == "xor"


def test_curves_are_smoothed_and_it_is_said_over_what(page: Page, server: Server) -> None:
    opened(page, server)
    before = lines(page)
    page.get_by_role("switch", name="Smooth").click()
    expect(page.locator("#train-plot-text")).to_contain_text("means of 3 steps to either side")
    assert lines(page) != before


def test_in_a_frame_the_page_tells_its_height(server: Server, elsewhere: Callable[..., Page]) -> None:
    page = elsewhere(viewport={"width": 800, "height": 700})
    page.goto(f"{server.address}/train?{TWO}&embed=1")
    trained(page)
    expect(page.locator(".header")).to_be_hidden()
    expect(page.locator("#open-whole")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 800
    box = page.locator("#train-plot").bounding_box()
    assert box is not None
    assert box["height"] > 300
    assert "embed=1" in page.url


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (820, 1180), (390, 844)])
def test_nothing_sticks_out_at_any_size(page: Page, server: Server, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    opened(page, server)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for part in ("#train-plot", ".player", "#train-outcomes"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["width"] > 0.5 * (width if width < 1100 else width - 344)
    plot = page.locator("#train-plot").bounding_box()
    assert plot is not None
    assert plot["height"] > 250
    assert plot["y"] + plot["height"] <= height
