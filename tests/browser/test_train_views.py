"""What the Train page shows of the networks themselves: pictures of what they have learned, and paths on a plane.

Each picture and number is compared with what the engine says of the same weights.
"""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from fall_line.experiments.training_experiment import check
from fall_line.training.learned import measured, outputs_at
from fall_line.training.paths_on_plane import path_on, principal, through_ends
from fall_line.training.train import lesson_of, train
from tests.browser.conftest import Server
from tests.browser.reading import slider
from tests.browser.training import SLOW, experiment, opened, trained

RATE = "learning rate η, run 1: Adam"
DIGITS = "task=digits&layers=6&steps=60&run=adam,learning_rate=0.01&run=momentum,learning_rate=0.1"
CURVE = "task=noisy_curve&steps=300&run=adam&run=gradient_descent,learning_rate=10"


@pytest.fixture
def page(blank: Page) -> Page:
    """An empty page; the test fails if anything was logged as an error or a warning."""
    return blank


@cache
def histories(text: str) -> tuple[Any, ...]:
    shown = check(json.loads(text))
    return tuple(train(shown, run, shown.seed) for run in shown.runs)


def engine(page: Page) -> tuple[Any, tuple[Any, ...]]:
    """What the runs on the page train with, and their histories."""
    shown = experiment(page)
    return lesson_of(shown, shown.seed), histories(shown.model_dump_json())


def note(page: Page, run: int) -> Locator:
    return page.locator(".view-note").nth(run)


def pixel(page: Page, run: int, across: float, down: float) -> list[int]:
    """The colour in a picture at shares of its width and height."""
    return page.evaluate(
        "([run, across, down]) => { const canvas = document.querySelectorAll('.view-canvas')[run];"
        " const copy = document.createElement('canvas'), { width, height } = canvas;"
        " Object.assign(copy, { width, height });"
        " const context = copy.getContext('2d', { willReadFrequently: true });"
        " context.drawImage(canvas, 0, 0);"
        " const place = [Math.floor(across * width), Math.floor(down * height)];"
        " return [...context.getImageData(...place, 1, 1).data].slice(0, 3) }",
        [run, across, down],
    )


def test_each_run_has_a_picture_that_tells_its_classes_and_says_how_often_they_are_right(
    page: Page, server: Server
) -> None:
    opened(page, server)
    expect(page.locator(".view-figure")).to_have_count(2, timeout=SLOW)
    lesson, runs = engine(page)
    (left, bottom), (right, top) = experiment(page).task.view
    for run, history in enumerate(runs):
        found = measured(
            "logistic",
            outputs_at(lesson.network, history.weights[-1], lesson.validation.inputs),
            lesson.validation.targets,
        )
        expect(note(page, run)).to_have_text(re.compile(rf"^{100 * found.accuracy:.1f} % right, loss "), timeout=SLOW)
        # At the edges there are no points.
        for across, down in [(0.03, 0.03), (0.97, 0.03), (0.03, 0.97), (0.97, 0.97)]:
            place = np.array([[left + across * (right - left)], [top - down * (top - bottom)]])
            second = outputs_at(lesson.network, history.weights[-1], place)[0, 0] > 0
            red, _, blue = pixel(page, run, across, down)
            assert (red > blue) == second, (run, across, down)


def test_pictures_follow_the_player(page: Page, server: Server) -> None:
    opened(page, server)
    lesson, runs = engine(page)
    page.evaluate("client.trainPlaying.seek(20)")
    outputs = outputs_at(lesson.network, runs[0].weights[20], lesson.validation.inputs)
    found = measured("logistic", outputs, lesson.validation.targets)
    loss = float(f"{found.loss:.3g}")
    expect(note(page, 0)).to_have_text(f"{100 * found.accuracy:.1f} % right, loss {loss:g}", timeout=SLOW)


def test_a_place_is_read_in_all_pictures_with_pointer_and_keys(page: Page, server: Server) -> None:
    opened(page, server)
    expect(note(page, 1)).to_contain_text("right", timeout=SLOW)
    box = page.locator(".view-canvas").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 0.75 * box["height"])
    words = page.locator(".view-words").first
    expect(words).to_have_text(re.compile("^At x 0.[56]"))
    lesson, runs = engine(page)
    for run in (0, 1):
        z = outputs_at(lesson.network, runs[run].weights[-1], np.array([[0.6], [-0.6]]))[0, 0]
        share, name = 1 / (1 + np.exp(-abs(z))), experiment(page).task.classes[int(z > 0)]
        told = re.match(r"(.*) ([\d.]+) %", note(page, run).inner_text())
        assert told is not None
        assert told[1] == name
        assert float(told[2]) == pytest.approx(100 * share, abs=3)
    page.mouse.move(5, 5)
    expect(words).to_contain_text("hollow: kept back")
    page.locator(".view-multiples").focus()
    page.keyboard.press("ArrowRight")
    expect(words).to_have_text("At x 0.06, y 0")
    page.keyboard.press("Escape")
    expect(words).to_contain_text("hollow: kept back")


def test_what_a_finger_points_at_stays_to_be_read(elsewhere: Callable[..., Page], server: Server) -> None:
    phone = elsewhere(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    opened(phone, server)
    expect(note(phone, 1)).to_contain_text("right", timeout=SLOW)
    phone.locator(".view-canvas").nth(1).tap(position={"x": 20, "y": 20})
    expect(phone.locator(".view-words").first).to_have_text(re.compile("^At x −0"))
    expect(note(phone, 0)).to_have_text(re.compile("^(same|opposite) signs "))


def test_digits_have_matrices_and_pictures_of_weights_and_a_lost_run_says_so(page: Page, server: Server) -> None:
    opened(page, server, DIGITS)
    expect(note(page, 0)).to_contain_text("% right", timeout=SLOW)
    expect(page.locator(".view-pictures").first).to_be_visible()
    expect(page.locator(".view-words").first).to_contain_text("of 449 points kept back")
    opened(page, server, CURVE)
    expect(note(page, 1)).to_have_text("not finite", timeout=SLOW)
    expect(page.locator(".view-pictures").first).to_be_hidden()


def cells(page: Page, run: int) -> list[str]:
    return page.locator(".plane-table tbody tr").nth(run).locator("td").all_inner_texts()


def plane_at_rest(page: Page) -> str:
    """Wait until the fine grid is there, and return the name of the plane."""
    page.wait_for_function("() => document.querySelector('.plane-square')?.dataset.places === '101'", timeout=SLOW)
    return str(page.evaluate("document.querySelector('.plane-square').dataset.plane"))


def near(text: str, value: float) -> bool:
    return float(text.replace("−", "-")) == pytest.approx(value, rel=6e-3, abs=1e-9)


def test_beside_the_plane_stand_the_true_loss_and_the_distance(page: Page, server: Server) -> None:
    opened(page, server)
    page.get_by_label("View", exact=True).select_option("plane")
    plane_at_rest(page)
    lesson, runs = engine(page)
    plane = principal(runs)
    assert plane.shares is not None
    words = page.locator(".view-body:not([hidden]) .view-words").last
    expect(words).to_contain_text(f"{100 * plane.shares[0]:.1f} + {100 * plane.shares[1]:.1f} %")
    expect(words).to_contain_text("Pure noise would show 61 + 15 %")
    for run, history in enumerate(runs):
        path = path_on(plane, lesson, history)
        step, *numbers = cells(page, run)
        assert step == "150"
        expected = [column[-1] for column in (path.loss, path.loss_below, path.distance, path.moved)]
        assert all(near(text, value) for text, value in zip(numbers, expected, strict=True)), (numbers, expected)
    page.get_by_label("Plane", exact=True).select_option("ends")
    expect(words).to_contain_text("which lie in it exactly", timeout=SLOW)
    duel = path_on(through_ends(*runs), lesson, runs[1])
    assert duel.distance[-1] < 1e-9
    expect(page.locator(".plane-table tbody tr").nth(1).locator("td").nth(3)).to_have_text("0")


def test_the_plane_stands_while_the_hand_moves_and_is_found_anew_at_rest(page: Page, server: Server) -> None:
    opened(page, server)
    page.get_by_label("View", exact=True).select_option("plane")
    before = plane_at_rest(page)
    picture = "(name) => document.querySelector(`canvas.plane-${name}`).toDataURL()"
    contour, paths = page.evaluate(picture, "contour"), page.evaluate(picture, "paths")
    thumb = slider(page, RATE)
    box = thumb.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 6):
        page.mouse.move(x + 5 * k, y)
    page.wait_for_function(f"(before) => ({picture})('paths') !== before", arg=paths, timeout=SLOW)
    # The hand is still down: other paths, before the same plane with the same losses.
    assert page.evaluate("document.querySelector('.plane-square').dataset.plane") == before
    assert page.evaluate(picture, "contour") == contour
    page.mouse.up()
    trained(page)
    page.wait_for_function(
        "(before) => document.querySelector('.plane-square').dataset.plane !== before", arg=before, timeout=SLOW
    )
    plane_at_rest(page)
    assert page.evaluate(picture, "contour") != contour


def test_a_plane_that_there_is_not_is_told(page: Page, server: Server) -> None:
    opened(page, server, "task=xor&layers=4&steps=20&run=adam")
    page.get_by_label("View", exact=True).select_option("plane")
    plane_at_rest(page)
    page.get_by_label("Plane", exact=True).select_option("ends")
    expect(page.locator(".view-problem")).to_contain_text("needs two runs", timeout=SLOW)
    page.get_by_label("Plane", exact=True).select_option("vector")
    expect(page.locator(".view-problem")).to_be_hidden()
    expect(page.locator(".view-body:not([hidden]) .view-words").last).to_contain_text(
        "a random direction of its own", timeout=SLOW
    )
