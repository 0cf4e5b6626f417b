"""The page of a training in a file of its own, opened from the disk by a browser that has no network."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from fall_line.drawing.choices import Choices
from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.explanations.learned_view import learned_view
from fall_line.exports import FORMATS
from fall_line.training.history import History
from fall_line.training.train import train
from tests.browser.tab import Tab

Open = Callable[..., Page]
LINES = "document.querySelector('canvas.train-lines').toDataURL()"
PATHS = "document.querySelector('canvas.plane-paths').toDataURL()"
MAP = "document.querySelector('canvas.view-canvas').toDataURL()"


@pytest.fixture
def opened(file_tab: Tab, tmp_path: Path) -> Iterator[Open]:
    """Opens a training's file offline; the test fails if anything was logged, asked for or put into a dialog."""
    asked: list[str] = []
    file = tmp_path / "training.html"

    def ask(request: Request) -> None:
        asked.append(request.url)

    def open_(experiment: TrainingExperiment, size: tuple[int, int] = (1440, 900), **choices: Any) -> Page:
        FORMATS["html"].export(experiment, file, Choices(**choices))
        page = file_tab.page
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.on("request", ask)
        page.goto(file.as_uri())
        page.locator("html[data-ready]").wait_for()
        return page

    yield open_
    file_tab.page.remove_listener("request", ask)
    assert file_tab.heard() == []
    assert set(asked) == {file.as_uri()}


@pytest.fixture
def experiment() -> TrainingExperiment:
    runs = [{"optimizer": "adam"}, {"optimizer": "momentum", "label": "<b>Mine</b>"}]
    return check({"task": "xor", "layers": (4,), "steps": 150, "runs": runs})


def changed(page: Page, picture: str, before: str) -> None:
    page.wait_for_function(f"(before) => {picture} !== before", arg=before)


def words(experiment: TrainingExperiment, history: History, step: int) -> str:
    """What stands under a map, of the points kept back."""
    found = learned_view(experiment, [history], step, places=2)["runs"][0]["validation"]
    return f"{100 * found['accuracy']:.1f} % right, loss {found['loss']:.3g}"


def test_the_player_moves_curves_table_maps_and_paths(opened: Open, experiment: TrainingExperiment) -> None:
    page = opened(experiment)
    expect(page.locator("#counter")).to_have_text("150 / 150")
    expect(page.locator("#table-step")).to_have_text("at the end")
    adam, mine = page.locator("#train-outcomes tr").all()
    histories = [train(experiment, run, 0) for run in experiment.runs]
    for row, history in zip((adam, mine), histories, strict=True):
        expect(row.locator("td").nth(1)).to_have_text(f"{history.loss[150]:.4g}")
    expect(mine.locator("th")).to_have_text("<b>Mine</b>")
    lines, learned = page.evaluate(LINES), page.evaluate(MAP)
    page.locator("#scrub").fill("40")
    expect(page.locator("#table-step")).to_have_text("at step 40")
    for row, history in zip((adam, mine), histories, strict=True):
        expect(row.locator("td").nth(1)).to_have_text(f"{history.loss[40]:.4g}")
        expect(row.locator("td").nth(4)).to_have_text(f"{100 * history.validation_accuracy[40]:.1f} %")
    changed(page, LINES, lines)
    changed(page, MAP, learned)
    # Maps are kept at every 12.5th step; the last that the player has passed is shown, and says so.
    expect(page.locator(".view-looks")).to_have_text("step 38, one of 13 that are kept")
    expect(page.locator(".view-note").first).to_have_text(words(experiment, histories[0], 38))
    page.get_by_label("View", exact=True).select_option("plane")
    # The plane is compared with the networks at 100 of the steps.
    expect(page.locator(".plane-table tbody tr").first.locator("td").first).to_have_text("39")
    paths = page.evaluate(PATHS)
    page.locator("#table-step").click()
    page.keyboard.press("End")
    expect(page.locator(".plane-table tbody tr").first.locator("td").first).to_have_text("150")
    changed(page, PATHS, paths)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.wait_for_function("() => Number(document.getElementById('scrub').value) > 5")
    page.get_by_role("button", name="Pause (space)").click()
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible()


def test_runs_are_hidden_axes_chosen_and_numbers_pointed_at(opened: Open, experiment: TrainingExperiment) -> None:
    page = opened(experiment, formula=True)
    expect(page.locator(".formula")).to_contain_text("2–4–1 neurons, tanh")
    for choose in (
        lambda: page.get_by_label("Loss axis").select_option("linear"),
        lambda: page.get_by_label("Axis of time").select_option("epochs"),
        lambda: page.get_by_label("Smooth").check(),
        lambda: page.get_by_role("button", name="Switch between light and dark").click(),
        page.locator(".run-toggle").first.click,
    ):
        before = page.evaluate(LINES)
        choose()
        changed(page, LINES, before)
    expect(page.locator("#plot-text")).to_contain_text("means of 3 steps to either side")
    expect(page.locator("#train-outcomes tr").first).to_have_class("run-hidden")
    expect(page.locator(".view-figure")).to_have_count(1)
    page.locator(".run-toggle").first.click()
    expect(page.locator(".view-figure")).to_have_count(2)
    page.get_by_label("Axis of time").select_option("steps")
    box = page.locator("#train-plot").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 56 + (box["width"] - 72) / 2, box["y"] + 60)
    expect(page.locator("#counter")).to_have_text("75 / 150")
    expect(page.locator("#table-step")).to_have_text("at step 75")


@pytest.mark.parametrize("size", [(390, 844), (820, 1180), (1440, 900)])
@pytest.mark.parametrize("view", ["learned", "plane"])
def test_it_fits_every_screen(opened: Open, experiment: TrainingExperiment, size: tuple[int, int], view: str) -> None:
    page = opened(experiment, size)
    page.get_by_label("View", exact=True).select_option(view)
    expect(page.locator(".view-body:visible canvas").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if size[0] > 1099:
        assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    box = page.locator("#train-plot").bounding_box()
    assert box is not None
    assert box["height"] > 250
