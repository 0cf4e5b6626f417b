"""‘Go on from here’: sliders speak of what follows, what was before stays, links hold both, and it is taken back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.training import curve, expected, experiment, opened, trained


@pytest.fixture
def page(blank: Page) -> Page:
    """An empty page; the test fails if anything was logged as an error or a warning."""
    return blank


def go_on(page: Page, step: int) -> None:
    page.evaluate("(step) => client.trainPlaying.seek(step)", step)
    expect(page.locator("#train-player-counter")).to_contain_text(f"{step} / ")
    page.get_by_role("button", name="Go on from here").click()


def test_a_training_goes_on_with_other_values_and_is_taken_back(
    page: Page, server: Server, elsewhere: Callable[..., Page]
) -> None:
    opened(page, server)
    first, before, steps = experiment(page), curve(page, 1), page.get_by_label("steps, all runs, as a number")
    go_on(page, 0)
    expect(page.locator("#problem")).to_contain_text("Nothing has been trained at step 0 yet")
    go_on(page, 90)
    expect(page.locator("#train-continued")).to_contain_text("Until step 90 as before; from there with the values of")
    expect(steps).to_have_value("240")
    trained(page)
    assert curve(page, 1)[:151] == before[:151]
    rate = page.get_by_label("learning rate η, run 2: Momentum, as a number")
    rate.fill("0.4")
    rate.press("Enter")
    expect(page.locator("#train-before")).to_have_text("Until step 90: Momentum η 0.1.")
    trained(page)
    assert curve(page, 1)[:91] == before[:91]
    assert curve(page, 1)[95] != before[95]
    assert curve(page, 1) == pytest.approx(expected(page, 1))
    assert "continued=90,steps=150" in page.url
    other = elsewhere()
    other.goto(page.url)
    trained(other)
    assert experiment(other) == experiment(page)
    expect(other.locator("#train-before")).to_have_text("Until step 90: Momentum η 0.1.")
    go_on(page, 100)
    expect(page.locator("#problem")).to_contain_text("It goes on from step 90 already: take that back first.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#train-continued")).to_be_hidden()
    expect(steps).to_have_value("150")
    expect(rate).to_have_value("0.1")
    trained(page)
    assert experiment(page) == first
    assert curve(page, 1) == before


def test_a_run_follows_a_schedule_that_is_chosen_here(page: Page, server: Server) -> None:
    opened(page, server)
    constant = curve(page, 1)
    page.get_by_role("button", name="Unfold run 2: Momentum").click()
    page.get_by_role("combobox", name="Schedule of the learning rate η, run 2: Momentum").click()
    page.get_by_role("option", name="Exponential decay").click()
    last = page.get_by_label("last factor f₁, schedule of the learning rate, run 2: Momentum, as a number")
    expect(last).to_have_value("0.01")
    trained(page)
    expect(page.locator(".schedule-curve[data-schedule=learning_rate] span").last).to_have_text("0.1 → 0.001")
    assert curve(page, 1) == pytest.approx(expected(page, 1))
    assert curve(page, 1)[-1] != constant[-1]
    last.fill("0.1")
    last.press("Enter")
    page.wait_for_function("() => client.train.state.experiment.runs[1].schedules.learning_rate.final === 0.1")
    trained(page)
    assert "learning_rate_schedule=exponential:final=0.1" in page.url
    assert curve(page, 1) == pytest.approx(expected(page, 1))
    page.get_by_role("combobox", name="Schedule of the learning rate η, run 2: Momentum").click()
    page.get_by_role("option", name="constant").click()
    expect(last).to_have_count(0)
    trained(page)
    assert curve(page, 1) == constant
