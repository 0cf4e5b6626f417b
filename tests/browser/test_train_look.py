"""What is looked at on the Train page: it stands in the link, is no entry of the history, and one seed is shown."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fall_line.training.learned import measured, outputs_at
from fall_line.training.train import lesson_of, train
from tests.browser.conftest import Server
from tests.browser.training import SLOW, TWO, experiment, opened, state, trained

SEEDS = f"{TWO}&seeds=3&seed=5"


@pytest.fixture
def page(blank: Page) -> Page:
    """An empty page; the test fails if anything was logged as an error or a warning."""
    return blank


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).select_option(value)


def test_a_reload_and_the_copied_link_show_the_same_picture(
    page: Page, server: Server, elsewhere: Callable[..., Page]
) -> None:
    opened(page, server, SEEDS)
    entries = page.evaluate("history.length")
    choose(page, "View", "plane")
    choose(page, "Plane", "ends")
    choose(page, "Through the end of", "1")
    choose(page, "Seed", "6")
    page.get_by_text("Linear", exact=True).click()
    page.get_by_text("Epochs", exact=True).click()
    page.get_by_role("switch", name="Smooth").click()
    page.evaluate("client.trainPlaying.seek(40)")
    looked = "&view=plane&plane=ends&plane_runs=2,1&shown_seed=6&loss_axis=linear&along=epochs&smooth=true&step=40"
    expect(page).to_have_url(re.compile(re.escape(looked) + "$"))
    assert page.evaluate("history.length") == entries
    link = page.url
    page.reload()
    trained(page)
    other = elsewhere()
    other.goto(link)
    trained(other)
    for one in (page, other):
        expect(one.get_by_label("View", exact=True)).to_have_value("plane")
        expect(one.get_by_label("Plane", exact=True)).to_have_value("ends")
        expect(one.get_by_label("Through the end of", exact=True)).to_have_value("1")
        expect(one.get_by_label("Seed", exact=True)).to_have_value("6")
        expect(one.get_by_role("radio", name="Linear")).to_be_checked()
        expect(one.get_by_role("radio", name="Epochs")).to_be_checked()
        expect(one.get_by_role("switch", name="Smooth")).to_be_checked()
        expect(one.locator("#train-player-counter")).to_have_text("40 / 150")
        expect(one.locator(".view-body:not([hidden]) .view-words").last).to_contain_text(
            "the ends of Momentum and Adam", timeout=SLOW
        )
        assert (state(one, "lossAxis"), state(one, "along"), state(one, "smooth")) == ("linear", "epochs", True)
    # Copied is what is seen, too.
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#copied")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == link


def test_what_a_link_cannot_look_at_is_told_and_back_keeps_what_is_looked_at(page: Page, server: Server) -> None:
    opened(page, server, f"{TWO}&view=3d&step=999")
    expect(page.locator("#problem")).to_contain_text("View is ‘3d’; it must be one of learned, plane, sharpness.")
    expect(page.locator("#problem")).to_contain_text("Step is ‘999’; it must be a whole number from 0 to 150.")
    page.get_by_label("First seed").fill("3")
    page.keyboard.press("Enter")
    trained(page)
    choose(page, "View", "plane")
    expect(page).to_have_url(re.compile("seed=3.*&view=plane$"))
    page.go_back()
    page.wait_for_function("() => client.train.state.experiment.seed === 0")
    trained(page)
    expect(page.get_by_label("View", exact=True)).to_have_value("plane")
    expect(page).to_have_url(re.compile("&view=plane$"))


def test_one_of_several_seeds_is_chosen_and_the_others_are_thin(page: Page, server: Server) -> None:
    opened(page, server, SEEDS)
    seed = page.get_by_label("Seed", exact=True)
    expect(seed.locator("option")).to_have_text(["seed 5 (1 of 3)", "seed 6 (2 of 3)", "seed 7 (3 of 3)"])
    expect(page.locator("#train-plot-text")).to_contain_text("thick: seed 5, thin: the 2 other seeds")
    choose(page, "Seed", "7")
    shown = experiment(page)
    lesson, history = lesson_of(shown, 7), train(shown, shown.runs[0], 7)
    found = measured(
        "logistic", outputs_at(lesson.network, history.weights[-1], lesson.validation.inputs), lesson.validation.targets
    )
    told = f"{100 * found.accuracy:.1f} % right, loss {float(f'{found.loss:.3g}'):g}"
    expect(page.locator(".view-note").first).to_have_text(told, timeout=SLOW)
    choose(page, "View", "plane")
    words = page.locator(".view-body:not([hidden]) .view-words").last
    expect(words).to_contain_text("Thick: seed 7; thin: the 2 other seeds", timeout=SLOW)
    expect(words).to_contain_text("The two principal components of the paths with seed 7:")
    # With one seed there is nothing to choose.
    page.get_by_label("seeds, all runs, as a number").fill("1")
    page.keyboard.press("Enter")
    trained(page)
    expect(seed).to_be_hidden()
    expect(words).to_contain_text("principal components of all paths", timeout=SLOW)
