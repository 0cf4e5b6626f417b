"""Start and sliders of a page in a file of its own: moved offline, computed in the file, put back as exported.

What is drawn has the engine's points to 1e-6 of the diagonal (tests/exports/test_walking_file.py); here the table's
numbers, five digits of losses and of the whole path's length, are the engine's for the values that the page shows, to
1e-4, and the path is where the engine's point is on the screen.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from fall_line.drawing.choices import Choices
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import check
from fall_line.experiments.published import OPENING, find
from fall_line.explanations.answer import answer
from fall_line.exports import FORMATS, html
from fall_line.translation import rule
from fall_line.translation.untranslatable import UntranslatableError
from optimizers import Optimizer
from tests.browser.reading import drag, rows, slider

Open = Callable[..., Page]
COMPUTED = "Paths and numbers are computed in the browser."
MOST_BYTES = 350_000
MOST_ADDED = 60_000  # bytes that sliders, programs and what they need may add to the default experiment


@pytest.fixture
def opened(elsewhere: Callable[..., Page], tmp_path: Path) -> Iterator[Open]:
    """Opens an experiment's file without a network; nothing may be logged or asked for."""
    heard: list[str] = []
    file = tmp_path / "experiment.html"

    def ask(request: Request) -> None:
        if request.url != file.as_uri():
            heard.append(request.url)

    def open_(experiment: Experiment, **options: Any) -> Page:
        FORMATS["html"].export(experiment, file, Choices())
        page = elsewhere(**({"viewport": {"width": 1440, "height": 900}, "offline": True} | options))
        page.on("request", ask)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(file.as_uri())
        page.locator("html[data-ready]").wait_for()
        return page

    yield open_
    assert heard == []


@pytest.fixture
def experiment() -> Experiment:
    """Three calm methods on the opening surface."""
    runs = [{"optimizer": key} for key in ("gradient_descent", "momentum", "adam")]
    return check({"surface": "hills_and_canyon", "steps": 60, "runs": runs})


def with_start(page: Page, experiment: Experiment) -> Experiment:
    """The experiment with the start that the handle says."""
    words = page.locator(".start-handle").get_attribute("aria-label") or ""
    x, y = (float(part.split()[-1].rstrip(".")) for part in words.split(". Arrow")[0].split(", ")[1:])
    return check(experiment.model_dump(mode="json") | {"start": [x, y]})


def with_value(experiment: Experiment, run: int, key: str, value: float) -> Experiment:
    told = experiment.model_dump(mode="json")
    told["runs"][run]["hypers"][key] = value
    return check(told)


def expected_rows(experiment: Experiment) -> list[dict[str, Any]]:
    return answer(experiment)["reports"]


def tells(page: Page, experiment: Experiment) -> None:
    """The table has the engine's outcomes and numbers for the experiment, to 1e-4."""
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    table = page.locator("#outcomes-body")
    for one in expected_rows(experiment):
        expect(table).to_contain_text(one["outcome"])
    for row, one in zip(rows(page), expected_rows(experiment), strict=True):
        told = [float(row[place].split("\n")[0].replace("−", "-")) for place in (2, 5)]
        wanted = [float(one[name].replace("−", "-")) for name in ("final_loss", "path_length")]
        assert told == pytest.approx(wanted, rel=1e-4)
        assert row[3] == f"{one['best_loss']} at {one['best_step']}"


def open_sliders(page: Page, run: int) -> None:
    page.locator("#runs details").nth(run).locator("summary").click()


def as_exported(page: Page, before: list[list[str]]) -> None:
    expect(page.locator("#computed-too")).to_be_hidden()
    expect(page.locator("#put-back")).to_be_hidden()
    assert rows(page) == before


def test_a_slider_and_the_start_are_dragged_and_put_back(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment)
    before = rows(page)
    as_exported(page, before)
    expect(page.get_by_text(COMPUTED)).to_have_count(0)
    open_sliders(page, 2)
    rate = slider(page, "learning rate η, Adam")
    box = rate.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.get_by_text(COMPUTED)).to_be_visible()
    value = float(rate.get_attribute("aria-valuetext") or "nan")
    turned = with_value(experiment, 2, "learning_rate", value)
    expect(page.locator("#runs summary").nth(2)).to_contain_text(f"η\u00a0{value:g}")
    tells(page, turned)
    drag(page, page.locator(".start-handle"), 90, -60)
    moved = with_start(page, turned)
    assert moved.start != experiment.start
    tells(page, moved)
    x, y = (f"{coordinate:.4g}".replace("-", "−") for coordinate in moved.start or ())
    expect(page.locator(".tagline")).to_contain_text(f"from ({x}, {y})")
    assert answer(moved)["reports"][2]["sentence"] in (page.locator("#summary").text_content() or "")
    page.get_by_role("button", name="Put the values back").click()
    expect(page.locator(".tagline")).to_contain_text("from (−2.8, −2.5)")
    as_exported(page, before)


def test_the_keyboard_moves_them_and_a_click_on_the_plot_does_not(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment)
    before = rows(page)
    page.locator("#surface-plot").click(position={"x": 700, "y": 200})
    as_exported(page, before)
    page.locator(".start-handle").press("Shift+ArrowRight")
    expect(page.get_by_text(COMPUTED)).to_be_visible()
    expect(page.locator("#counter")).to_have_text("60 / 60")
    tells(page, with_start(page, experiment))
    page.locator(".start-handle").press("Shift+ArrowLeft")
    as_exported_again(page, before)
    open_sliders(page, 0)
    slider(page, "learning rate η, Gradient descent").press("ArrowLeft")
    value = float(slider(page, "learning rate η, Gradient descent").get_attribute("aria-valuetext") or "nan")
    assert value < experiment.runs[0].hypers["learning_rate"]
    tells(page, with_value(experiment, 0, "learning_rate", value))


def as_exported_again(page: Page, before: list[list[str]]) -> None:
    """Where everything stands as exported, nothing is called computed."""
    expect(page.locator("#put-back")).to_be_hidden()
    as_exported(page, before)


def test_noise_of_several_seeds_follows(opened: Open, experiment: Experiment) -> None:
    noisy = check(experiment.model_dump(mode="json") | {"noise": "additive", "sigma": 0.2, "seeds": 5, "steps": 30})
    page = opened(noisy)
    page.locator(".start-handle").press("Shift+ArrowUp")
    expect(page.get_by_text(COMPUTED)).to_be_visible()
    moved = with_start(page, noisy)
    tells(page, moved)
    for row, one in zip(rows(page), expected_rows(moved), strict=True):
        assert f"({one['seeds']['lower']} to {one['seeds']['upper']})" in row[2]
        assert f"({one['seeds']['reached']} of 5 seeds)" in row[4]


def test_linked_learning_rates_move_together(opened: Open, experiment: Experiment) -> None:
    page = opened(check(experiment.model_dump(mode="json") | {"link_learning_rates": True}))
    open_sliders(page, 0)
    slider(page, "learning rate η, Gradient descent").press("ArrowLeft")
    words = page.locator("#runs summary")
    for run, one in enumerate(experiment.runs):
        expect(words.nth(run)).not_to_contain_text(f"η\u00a0{one.hypers['learning_rate']:g}  ")


def turned(page: Page, experiment: Experiment, name: str, key: str, presses: str) -> Experiment:
    """Turns what all runs share, and returns the experiment with the value that the slider tells."""
    one = slider(page, f"{name}, all runs")
    before = one.get_attribute("aria-valuetext")
    one.press(presses)
    expect(one).not_to_have_attribute("aria-valuetext", before or "")
    value = float(one.get_attribute("aria-valuetext") or "nan")
    told = experiment.model_dump(mode="json")
    if key in told["parameters"]:
        return check(told | {"parameters": told["parameters"] | {key: value}})
    return check(told | {key: value})


def words(page: Page, experiment: Experiment) -> None:
    """Table, subtitle and summary are those that the engine's file of the experiment has."""
    tells(page, experiment)
    assert page.locator(".tagline").text_content() == html.subtitle(experiment)
    assert page.locator("#summary").text_content() == answer(experiment)["summary"]


def test_steps_and_noise_of_all_runs_are_turned_and_put_back(opened: Open, experiment: Experiment) -> None:
    noisy = check(experiment.model_dump(mode="json") | {"noise": "additive", "sigma": 0.2, "seeds": 5})
    page = opened(noisy)
    before = rows(page)
    page.locator("#shared summary").click()
    louder = turned(page, noisy, "noise σ", "sigma", "PageDown")
    words(page, louder)
    shorter = turned(page, louder, "steps", "steps", "PageDown")
    expect(page.locator("#counter")).to_have_text(f"{shorter.steps} / {shorter.steps}")
    assert shorter.steps < 60
    words(page, shorter)
    page.get_by_role("button", name="Put the values back").click()
    as_exported_again(page, before)
    expect(page.locator("#counter")).to_have_text("60 / 60")
    assert page.locator(".tagline").text_content() == html.subtitle(noisy)


def test_more_steps_than_were_exported(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment)
    page.locator("#shared summary").click()
    longer = turned(page, experiment, "steps", "steps", "ArrowRight")
    expect(page.locator("#counter")).to_have_text(f"{longer.steps} / {longer.steps}")
    assert longer.steps > 60
    words(page, longer)
    assert page.evaluate("document.getElementById('loss-plot')._fullLayout.xaxis.range") == [0, longer.steps]


def test_a_schedule_is_turned_and_told(opened: Open, experiment: Experiment) -> None:
    told = experiment.model_dump(mode="json")
    told["runs"][2]["schedules"] = {"learning_rate": {"kind": "exponential", "final": 0.01}}
    page = opened(check(told))
    before = rows(page)
    summary = page.locator("#runs summary").nth(2)
    expect(summary).to_contain_text("η\u00a00.25 exponential decay (f₁ 0.01)")
    summary.click()
    final = slider(page, "last factor of the learning rate f₁, Adam")
    final.press("PageUp")
    expect(final).not_to_have_attribute("aria-valuetext", "0.01")
    value = float(final.get_attribute("aria-valuetext") or "nan")
    told["runs"][2]["schedules"]["learning_rate"]["final"] = value
    tells(page, check(told))
    expect(summary).to_contain_text(f"η\u00a00.25 exponential decay (f₁ {value:g})")
    page.get_by_role("button", name="Put the values back").click()
    as_exported_again(page, before)
    expect(summary).to_contain_text("η\u00a00.25 exponential decay (f₁ 0.01)")


def test_a_surface_is_turned_and_its_contour_with_it(opened: Open, experiment: Experiment) -> None:
    told = experiment.model_dump(mode="json") | {"surface": "rotated_quadratic", "parameters": {}, "start": None}
    exported = check(told)
    page = opened(exported)
    picture = "document.querySelector('canvas.overlay-contour').toDataURL()"
    before, outcomes = page.evaluate(picture), rows(page)
    page.locator("#shared summary").click()
    moved = turned(page, exported, "angle φ", "angle", "PageUp")
    words(page, moved)
    page.wait_for_function(f"(before) => {picture} !== before", arg=before)
    x, y = 1.0, 2.0
    box = page.locator("#surface-plot").bounding_box()
    assert box is not None
    place = page.evaluate(
        "([x, y]) => { const { xaxis, yaxis, _size } = document.getElementById('surface-plot')._fullLayout;"
        " return [_size.l + xaxis.d2p(x), _size.t + yaxis.d2p(y)] }",
        [x, y],
    )
    page.mouse.move(box["x"] + place[0], box["y"] + place[1])
    loss = float(page.locator("#readout").inner_text().split("≈")[1])
    assert loss == pytest.approx(float(moved.surface.value(x, y, **moved.parameters)), rel=0.01)
    page.get_by_role("button", name="Put the values back").click()
    as_exported_again(page, outcomes)
    page.wait_for_function(f"(before) => {picture} === before", arg=before)


def test_what_is_too_long_only_plays_and_says_so(opened: Open, experiment: Experiment) -> None:
    told = experiment.model_dump(mode="json") | {"noise": "additive", "seeds": 2, "steps": 5000}
    page = opened(check(told))
    expect(
        page.get_by_text("This file only plays: the noise of 5000 steps and 2 seeds is too long for it.")
    ).to_be_visible()
    expect(page.locator(".start-handle")).to_have_count(0)
    expect(page.locator("#runs details")).to_have_count(0)
    page.keyboard.press("Home")
    expect(page.locator("#counter")).to_have_text("0 / 5000")


def test_a_method_that_is_not_translated_stays_and_the_file_says_so(
    opened: Open, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = rule.rule_module

    def refuse(method: Optimizer) -> str:
        if method.key == "adam":
            raise UntranslatableError("The operation lgamma can't be translated.")
        return plain(method)

    monkeypatch.setattr(rule, "rule_module", refuse)
    page = opened(experiment)
    expect(page.get_by_text("can't compute Adam, so its numbers and the start stay.")).to_be_visible()
    expect(page.locator(".start-handle")).to_have_count(0)
    expect(page.locator("#runs details")).to_have_count(2)
    expect(page.locator("#runs li").last).to_contain_text("η\u00a0")
    before = rows(page)
    open_sliders(page, 0)
    slider(page, "learning rate η, Gradient descent").press("ArrowLeft")
    expect(page.get_by_text(COMPUTED)).to_be_visible()
    assert rows(page)[0] != before[0]
    assert rows(page)[1:] == before[1:]


def test_a_finger_turns_sliders_that_fold_away_on_a_phone(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    expect(page.locator("#runs input")).to_have_count(2 + 4 + 1)
    expect(page.locator("#runs input:visible")).to_have_count(0)
    page.locator("#runs summary").first.tap()
    rate = slider(page, "learning rate η, Gradient descent")
    rate.scroll_into_view_if_needed()
    box = rate.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 200
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.touchscreen.tap(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2)
    expect(page.locator("#put-back")).to_be_visible()
    value = float(rate.get_attribute("aria-valuetext") or "nan")
    tells(page, with_value(experiment, 0, "learning_rate", value))
    page.locator("#runs summary").first.tap()
    expect(page.locator("#runs input:visible")).to_have_count(0)


def test_sliders_and_programs_are_a_small_part_of_the_file(tmp_path: Path) -> None:
    from fall_line.exports._standalone.walking import walking

    file = tmp_path / "a.html"
    FORMATS["html"].export(find(OPENING).experiment, file, Choices())
    assert file.stat().st_size < MOST_BYTES
    made = walking(find(OPENING).experiment)
    assert len(made.script) + len(str(made.data)) < MOST_ADDED
