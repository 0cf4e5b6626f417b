"""The Train page's view of the gradient's norm and of λmax against the limit of each method, beside the engine's."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from fall_line.training.curvature import curvature
from fall_line.training.gradient_norm import gradient_norms
from fall_line.training.train import lesson_of, train
from tests.browser.conftest import Server
from tests.browser.reading import slider
from tests.browser.training import SLOW, experiment, opened

WHOLE = "task=xor&layers=4&steps=40&batch=0&run=gradient_descent,learning_rate=0.5&run=adam"
MINIBATCHES = "task=xor&layers=4&steps=40&batch=16&run=gradient_descent,learning_rate=0.5"


@pytest.fixture
def page(blank: Page) -> Page:
    """An empty page; the test fails if anything was logged as an error or a warning."""
    return blank


def chosen(page: Page, server: Server, query: str) -> None:
    opened(page, server, query)
    page.get_by_label("View", exact=True).select_option("sharpness")
    at_rest(page)


def at_rest(page: Page) -> None:
    """Wait until all is there, of what the controls say."""
    page.wait_for_function("() => document.querySelector('.sharpness-plot').dataset.done === 'true'", timeout=SLOW)


def expect_row(page: Page, run: int, texts: list[str]) -> None:
    expect(page.locator(".sharpness-plot ~ .plane-scroll tbody tr").nth(run).locator("td")).to_have_text(
        texts, timeout=SLOW
    )


def short(value: float) -> str:
    """As the table writes it, if it is neither very small nor very great."""
    return f"{float(f'{value:.3g}'):g}"


def engine(page: Page, run: int, step: int) -> tuple[str, str]:
    shown = experiment(page)
    lesson, weights = lesson_of(shown, shown.seed), train(shown, shown.runs[run], shown.seed).weights[step][None]
    return short(gradient_norms(lesson, weights)[0]), short(curvature(lesson, weights).greatest[0])


def test_norm_sharpness_and_limit_follow_the_player_and_are_read(page: Page, server: Server) -> None:
    chosen(page, server, WHOLE)
    for step in (40, 12):
        page.evaluate("(step) => client.trainPlaying.seek(step)", step)
        expect_row(page, 0, [str(step), *engine(page, 0, step), "4"])
        expect_row(page, 1, [str(step), *engine(page, 1, step), "none known"])
    words = page.locator(".sharpness-plot ~ .view-words")
    expect(words.last).to_contain_text("the dashed limit (2/η for Gradient descent)")
    page.locator(".sharpness-plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    norm, greatest = engine(page, 0, 13)
    expect(words.first).to_have_text(f"Gradient descent, step 13: ‖∇J‖ {norm}, λmax {greatest}, limit 2/η = 4")
    page.keyboard.press("ArrowDown")
    expect(words.first).to_have_text(re.compile("^Adam, step 13: "))
    page.keyboard.press("Escape")
    expect(words.first).to_have_text("Point at a curve for its numbers.")
    box = page.locator(".sharpness-plot").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 53, box["y"] + box["height"] - 40)
    expect_row(page, 0, ["0", *engine(page, 0, 0), "4"])


def test_while_a_rate_is_dragged_the_curves_are_dimmed_and_follow_at_rest(page: Page, server: Server) -> None:
    chosen(page, server, WHOLE)
    held: list[Route] = []
    released = False

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route("**/train/sharpness", hold)
    thumb = slider(page, "learning rate η, run 1: Gradient descent")
    box = thumb.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y)
    expect(page.locator(".view-stale .sharpness-plot")).to_be_visible(timeout=SLOW)
    expect(page.locator(".sharpness-plot ~ .view-words").first).to_contain_text("from before")
    page.mouse.up()
    for _ in range(SLOW // 100):
        if held:
            break
        page.wait_for_timeout(100)
    released = True
    for one in held:
        one.continue_()
    at_rest(page)
    expect(page.locator(".view-stale")).to_have_count(0)
    rate = experiment(page).runs[0].hypers["learning_rate"]
    assert rate > 0.5
    expect_row(page, 0, ["40", *engine(page, 0, 40), short(2 / rate)])


def test_of_minibatches_the_sharpness_is_not_told_and_why(page: Page, server: Server) -> None:
    chosen(page, server, MINIBATCHES)
    expect(page.locator(".sharpness-plot ~ .view-words").last).to_contain_text("Let the batch be “all” to see it")
    expect(page.locator(".sharpness-plot ~ .plane-scroll").get_by_text("λmax")).to_be_hidden()
    norm, _ = engine(page, 0, 40)
    expect_row(page, 0, ["40", norm, "", ""])
