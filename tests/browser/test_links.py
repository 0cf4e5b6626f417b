"""Links, reload, history, files, published experiments: the experiment is never lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, points, runs, settled, slider

THOROUGH = pytest.mark.thorough  # the sentences are proven in tests/experiments


def test_the_page_opens_on_the_published_experiment(untouched: Page) -> None:
    page = untouched
    names = [run["optimizer"] for run in experiment(page)["runs"]]
    assert names == ["nesterov_at_lookahead", "rmsprop", "adadelta", "adagrad", "adam_epsilon_hat"]
    assert experiment(page)["surface"] == "hills_and_canyon"
    expect(page.locator("#lesson")).to_contain_text("Only Adam")


def test_a_reload_and_a_copied_link_elsewhere_restore_everything(page: Page, elsewhere: Callable[..., Page]) -> None:
    drag(page, slider(page, "learning rate η, run 2: RMSProp"), 33)
    drag(page, page.locator(".start-handle"), 60, -40)
    page.get_by_role("button", name="Hide run 1: Nesterov").click()
    page.locator("#loss-axis").get_by_text("linear").click()
    settled(page)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#copied")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    other = elsewhere()
    visit(other, link)
    assert experiment(other) == experiment(page)
    assert points(other) == points(page)
    before = experiment(page)
    page.reload()
    page.locator(".start-handle").wait_for()
    assert experiment(page) == before


def test_back_takes_back_one_decision_and_forward_repeats_it(page: Page) -> None:
    opened = experiment(page)
    drag(page, slider(page, "learning rate η, run 1: Nesterov"), 30)
    settled(page)
    dragged = experiment(page)
    page.get_by_label("Surface", exact=True).click()
    page.get_by_role("option", name="Booth", exact=True).click()
    settled(page)
    page.go_back()
    holds(page, "surface", "hills_and_canyon")
    settled(page)
    assert experiment(page) == dragged
    expect(page.get_by_label("Surface", exact=True)).to_have_value("Hills and canyon")
    page.go_back()
    expect(page.get_by_label("learning rate η, run 1: Nesterov, as a number")).to_have_value("0.01")
    settled(page)
    assert experiment(page) == opened
    expect(page.locator("#lesson")).to_contain_text("Only Adam")
    page.go_forward()
    rate = str(dragged["runs"][0]["hypers"]["learning_rate"])
    expect(page.get_by_label("learning rate η, run 1: Nesterov, as a number")).to_have_value(rate)
    settled(page)
    assert experiment(page) == dragged


def test_a_link_that_a_tracker_wrote_anew_opens_the_same_surface(blank: Page, server: Server) -> None:
    page = blank
    run = "run=gradient_descent,learning_rate=0.1,label=2+%2B+2"
    visit(page, f"{server.address}/?surface=formula%3A%282+x+-+y%29%5E2+%2B+y%5E2&start=2%2C1&steps=3&{run}&fbclid=a+b")
    settled(page)
    expect(page.get_by_label("Formula of the surface")).to_have_value("(2 x - y)^2 + y^2")
    expect(page.get_by_label("Name of run 1: 2 + 2")).to_be_visible()
    expect(page.locator("#problem")).to_have_text("")
    assert points(page)[6:8] == pytest.approx((0.608, 0.984))
    page.locator("#loss-axis").get_by_text("linear").click()
    page.wait_for_function("() => location.search.endsWith('&loss_axis=linear')")
    assert "surface=formula:(2%20x%20-%20y)%5E2%20%2B%20y%5E2&" in page.url
    assert "+" not in page.url
    assert "fbclid" not in page.url


def holds(page: Page, field: str, value: str) -> None:
    page.wait_for_function("([field, value]) => client.explore.state.experiment[field] === value", arg=[field, value])


def test_the_menu_of_published_experiments_and_a_file(page: Page, tmp_path: Path) -> None:
    page.get_by_label("Published experiments").click()
    page.get_by_role("option", name="Nesterov's γ: Giant plateau").click()
    runs(page, 3)
    settled(page)
    assert experiment(page)["surface"] == "giant_plateau"
    expect(page.locator("#lesson")).to_contain_text("gradient")
    expect(page.get_by_label("Name of run 3: γ = 0.975")).to_be_visible()
    page.get_by_label("Surface", exact=True).click()
    page.get_by_role("option", name="Booth", exact=True).click()
    expect(page.locator("#lesson")).to_be_hidden()
    settled(page)
    a_file_is_opened(page, tmp_path)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("surface=mount_doom", "Surface is ‘mount_doom’; it must be one of"),
        pytest.param("run=adam,learning_rate=fast", "Run 1 (Adam): learning rate η is ‘fast’; it", marks=THOROUGH),
        pytest.param("run=sgdd", "Run 1: optimizer is ‘sgdd’; it must be one of", marks=THOROUGH),
        pytest.param("run=adam,learning_rate=nan", "learning rate η is ‘nan’", marks=THOROUGH),
        pytest.param("steps=0", "Steps is ‘0’; it must be a whole number from 1 to 10000.", marks=THOROUGH),
        pytest.param("start=50,0", "Start is (50.0, 0.0); it must be inside the view", marks=THOROUGH),
        pytest.param("start=1", "Start is", marks=THOROUGH),
        pytest.param("experiment=nothing", "There is no experiment ‘nothing’", marks=THOROUGH),
        pytest.param("colour=red", "There is no field ‘colour’", marks=THOROUGH),
        pytest.param("&".join(["run=adam"] * 17), "There are 17 runs; there must be 1 to 16.", marks=THOROUGH),
    ],
)
def test_a_wrong_link_is_told_beside_what_still_works(blank: Page, server: Server, query: str, sentence: str) -> None:
    page = blank
    visit(page, f"{server.address}/?{query}")
    expect(page.locator("#problem")).to_contain_text(sentence)
    assert len(points(page)) > 0


def a_file_is_opened(page: Page, tmp_path: Path) -> None:
    a_file_that_is_no_experiment_is_told(page, tmp_path)
    file = tmp_path / "mine.json"
    data = {
        "surface": "booth",
        "start": [1, 1],
        "steps": 30,
        "runs": [{"optimizer": "momentum"}, {"optimizer": "oops"}],
    }
    file.write_text(json.dumps(data))
    page.locator("#open-file input").set_input_files(file)
    runs(page, 1)
    expect(page.locator("#problem")).to_contain_text("Run 2: optimizer is ‘oops’")
    assert experiment(page)["surface"] == "booth"
    assert experiment(page)["steps"] == 30


def a_file_that_is_no_experiment_is_told(page: Page, tmp_path: Path) -> None:
    before = experiment(page)
    for name, text in (("words", "not json"), ("list", "[1, 2]"), ("half", '{"runs": 5'), ("deep", "[" * 100_000)):
        file = tmp_path / f"{name}.json"
        file.write_text(text)
        page.locator("#open-file input").set_input_files(file)
        expect(page.locator("#problem")).to_contain_text(f"{name}.json can't be used")
        assert experiment(page) == before
