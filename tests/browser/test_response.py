"""The Response page: signals, live answers, memory, drawing, small plots, links."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fall_line.drawing.choices import Choices
from fall_line.experiments.published_responses import find
from fall_line.experiments.response_link import from_query
from fall_line.experiments.signals import SIGNALS
from fall_line.exports import FORMATS
from fall_line.trajectories.response import response
from optimizers import OPTIMIZERS
from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, slider
from tests.browser.test_export import frame_count, frame_size

SLOW = 60_000  # ms for a drawing on a busy machine
ADAM = "signal=rectangles&run=adam,learning_rate=0.25,beta1=0.9,beta2=0.999,epsilon=1e-7&run=momentum,gamma=0.975"


@pytest.fixture
def page(blank: Page) -> Page:
    """A page with nothing in it, on which nothing may be logged as an error or a warning."""
    return blank


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
        "() => { const { parts, page, mounted } = fallLine.response;"
        " return mounted() && parts.gate.idle() && page.good === page.experiment && page.query === page.answer.query }"
    )


def state(page: Page, name: str) -> Any:
    return page.evaluate("(name) => fallLine.response.page[name]", name)


def updates(page: Page, run: int) -> list[float]:
    return page.evaluate("(run) => Array.from(fallLine.response.page.answer.updates[run])", run)


def lines(page: Page) -> str:
    """The pixels of axes and curves, to see whether something was drawn anew."""
    return page.evaluate("document.querySelector('canvas.response-lines').toDataURL()")


def point(page: Page, epoch: float, panel: int, share: float = 0.5) -> tuple[float, float]:
    """The pixel over an epoch in a panel of the plot, `share` of its height down."""
    box = page.locator("#response-plot").bounding_box()
    assert box is not None
    memory = page.evaluate("fallLine.response.page.answer.memory[fallLine.response.page.chosen].symbols.length")
    place = page.evaluate(
        "([height, memory, panel]) => fallLine.responseAxes.panels(height, memory)[panel]",
        [box["height"], memory, panel],
    )
    low, high = state(page, "window")
    x = 52 + (epoch - low) / (high - low) * (box["width"] - 52 - 14)
    return box["x"] + x, box["y"] + place["top"] + share * place["height"]


def test_a_dragged_slider_changes_the_curve_the_table_and_the_address(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    before, drawn = updates(page, 0), lines(page)
    thumb = slider(page, "learning rate η, run 1: Adam")
    box = thumb.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 7, box["y"] + 7)
    page.mouse.down()
    page.mouse.move(box["x"] - 30, box["y"] + 7, steps=4)
    page.wait_for_function("(old) => fallLine.response.page.answer.updates[0][0] !== old", arg=before[0])
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


def test_the_cursor_tells_epoch_and_every_runs_value_and_memory(page: Page, server: Server) -> None:
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


def test_a_row_and_a_curve_choose_the_run_whose_memory_is_shown(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    four = lines(page)
    page.get_by_role("button", name="Momentum", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Momentum", exact=True)).to_have_attribute("aria-pressed", "true")
    assert state(page, "chosen") == 1
    assert lines(page) != four
    height = page.evaluate(
        "(() => { const { answer } = fallLine.response.page;"
        " const [low, high] = fallLine.responseAxes.roundRange(answer.updates.flatMap((one) => [...one]));"
        " return (high - answer.updates[0][10]) / (high - low) })()"
    )
    page.mouse.click(*point(page, 10, 1, height))
    expect(page.get_by_role("button", name="Adam", exact=True)).to_have_attribute("aria-pressed", "true")


def test_zoom_along_the_epochs_by_wheel_button_and_double_click(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.mouse.move(*point(page, 100, 1))
    page.mouse.wheel(0, -200)
    page.wait_for_function("() => fallLine.response.page.window[0] > 0")
    low, high = state(page, "window")
    assert low < 100 < high < 299
    assert (100 - low) / (high - low) == pytest.approx(100 / 299, abs=0.01)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(
        "(width) => { const [a, b] = fallLine.response.page.window; return b - a < 0.6 * width }", arg=high - low
    )
    page.mouse.dblclick(*point(page, 100, 1))
    page.wait_for_function("() => fallLine.response.page.window[1] - fallLine.response.page.window[0] === 299")


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


def test_a_drawn_signal_is_answered_and_kept(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.get_by_label("Gradient signal", exact=True).click()
    page.get_by_role("option", name="Drawn by hand").click()
    expect(page.locator(".drawing-pad")).to_be_visible()
    page.get_by_role("button", name="Start from 0").click()
    page.wait_for_function("() => fallLine.response.page.good.drawn?.every((value) => value === 0)")
    page.mouse.move(*point(page, 50, 0, 0.5))
    page.mouse.down()
    page.mouse.move(*point(page, 100, 0, 0.0), steps=5)
    page.mouse.move(*point(page, 150, 0, 1.0), steps=5)
    page.mouse.up()
    settled(page)
    drawn = state(page, "experiment")["drawn"]
    assert drawn[:50] == [0] * 50
    assert drawn[75] == pytest.approx(1, abs=0.15)
    assert drawn[100] == pytest.approx(2, abs=0.15)
    assert drawn[150] == pytest.approx(-2, abs=0.15)
    assert drawn[152:] == [0] * 148
    hypers = state(page, "experiment")["runs"][1]["hypers"]
    assert updates(page, 1) == pytest.approx(
        list(response(OPTIMIZERS["momentum"], hypers, drawn).updates), rel=1e-5, abs=1e-6
    )
    experiment, problems = from_query(page.url.partition("?")[2])
    assert (list(experiment.values), problems) == (drawn, [])
    page.reload()
    ready(page)
    assert state(page, "experiment")["drawn"] == drawn


def test_a_signal_is_drawn_by_finger(elsewhere: Callable[..., Page], server: Server) -> None:
    page = elsewhere(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    opened(page, server, "signal=drawn&run=adam")
    session = page.context.new_cdp_session(page)
    for kind, epoch in (("touchStart", 100), ("touchMove", 150), ("touchMove", 200), ("touchEnd", None)):
        points = [] if epoch is None else [dict(zip("xy", point(page, epoch, 0, 0.25), strict=True))]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function("() => fallLine.response.page.good.drawn[150] > 0.8")
    assert state(page, "experiment")["drawn"][120:180] == pytest.approx([1] * 60, abs=0.15)


def test_a_signal_is_drawn_with_the_arrow_keys(page: Page, server: Server) -> None:
    opened(page, server, "signal=drawn&run=adam")
    page.locator(".drawing-pad").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".drawing-pad")).to_have_attribute("aria-valuetext", "epoch 298, gradient 0.2")
    settled(page)
    assert state(page, "experiment")["drawn"][298] == 0.2


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


def test_the_dialog_writes_the_picture_of_what_is_seen(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server, f"{ADAM}&epochs=40,120.5")
    dialog(page, "PNG")
    expect(page.get_by_role("group", name="Show").get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_label("First epoch")).to_have_value("40")
    expect(page.get_by_label("Last epoch")).to_have_value("120")
    expect(page.locator(".export-frame img")).to_have_attribute("alt", "The last frame: rectangles")
    size(page, 600, 400)
    file = downloaded(page, tmp_path)
    assert file.name == "response-rectangles-2-runs.png"
    experiment, _ = from_query(f"{ADAM}&epochs=40,120.5")
    choices = Choices(width=600, height=400, first_step=40, last_step=120)
    FORMATS["png"].export(experiment, tmp_path / "same.png", choices)
    assert file.read_bytes() == (tmp_path / "same.png").read_bytes()


def test_the_dialog_writes_a_video_and_tells_what_is_wrong(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server, ADAM)
    dialog(page, "MP4")
    page.get_by_label("Last epoch").fill("300")
    expect(page.locator(".export-problem")).to_contain_text("Last epoch is 300; it must be at most 299")
    page.get_by_label("Last epoch").fill("100")
    expect(page.locator(".export-problem")).to_be_hidden()
    size(page, 320, 240)
    page.get_by_label("Length in seconds").fill("0.5")
    page.get_by_label("Hold the end", exact=True).fill("0")
    file = downloaded(page, tmp_path)
    assert file.name == "response-rectangles-2-runs.mp4"
    assert (frame_size(file), frame_count(file)) == ((320, 240), 15)


def test_each_page_exports_its_own_experiment(page: Page, server: Server, tmp_path: Path) -> None:
    visit(page, server.address)
    pages = page.get_by_role("navigation", name="Pages")
    assert exported(page, "CSV", tmp_path).read_text().startswith("run,optimizer,step,x,y,loss")
    pages.get_by_role("link", name="Response").click()
    ready(page)
    dialog(page, "CSV")
    expect(page.locator(".export-lines")).to_contain_text("run,optimizer,epoch,gradient,response")
    assert downloaded(page, tmp_path).read_text().startswith("run,optimizer,epoch,gradient,response")
    pages.get_by_role("link", name="Explore").click()
    page.locator("#outcomes-body tr").first.wait_for()
    dialog(page, "PNG")
    expect(page.get_by_label("Last step")).to_have_value("125")
    expect(page.get_by_role("group", name="Show").get_by_role("checkbox")).to_have_count(3)


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def test_chosen_run_zoom_and_view_are_kept_in_the_link(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
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
    page.wait_for_function("() => fallLine.response.page.chosen === 1")
    page.go_back()
    page.wait_for_function("() => fallLine.response.page.chosen === 0")
    expect(page.get_by_role("button", name="Adam", exact=True)).to_have_attribute("aria-pressed", "true")


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
        ("run=adam,learning_rate=fast", "Run 1 (Adam): learning rate η is ‘fast’; it must be a number from"),
        ("signal=drawn&drawn=abc", "Drawn is ‘abc’; it must be 300 numbers"),
        ("experiment=response/nothing", "There is no experiment ‘response/nothing’"),
    ],
)
def test_a_wrong_link_is_told_beside_what_still_works(page: Page, server: Server, query: str, sentence: str) -> None:
    opened(page, server, query)
    expect(page.locator("#problem")).to_contain_text(sentence)
    assert len(updates(page, 0)) == 300


def test_a_number_that_is_not_allowed_is_told_and_not_taken_over(page: Page, server: Server) -> None:
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


def test_a_run_goes_to_explore_with_its_values(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.get_by_role("link", name="Explore Momentum on a surface").click()
    page.locator("#outcomes-body tr").first.wait_for()
    runs = page.evaluate("fallLine.explore.page.experiment.runs")
    assert [(run["optimizer"], run["hypers"]["gamma"]) for run in runs] == [("momentum", 0.975)]


@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (390, 844)])
def test_nothing_is_wider_than_the_screen(page: Page, server: Server, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, server, ADAM)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.locator("#response-view").get_by_text("All signals", exact=True).click()
    expect(page.locator(".response-cell")).to_have_count(len(SIGNALS))
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_every_control_has_a_name(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, server, ADAM)
    nameless = page.evaluate(
        "Array.from(document.querySelectorAll('button, a, input:not([type=hidden]), [role=slider]'))"
        ".filter((one) => one.checkVisibility() && !one.getAttribute('aria-label') && !one.innerText.trim()"
        " && !one.labels?.length && !one.getAttribute('aria-labelledby')).map((one) => one.outerHTML)"
    )
    assert nameless == []
