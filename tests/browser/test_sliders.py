"""Every number has a slider and a field, and the paths follow them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, lines, points, rows, runs, settled, slider


def test_paths_table_and_link_follow_a_dragged_learning_rate(page: Page) -> None:
    before, drawn = points(page), lines(page)
    drag(page, slider(page, "learning rate η, run 1: Nesterov"), 40)
    settled(page)
    rate = experiment(page)["runs"][0]["hypers"]["learning_rate"]
    assert rate > 0.01
    assert points(page)[252:] == before[252:]
    assert points(page)[:252] != before[:252]
    assert lines(page) != drawn
    assert f"nesterov_at_lookahead,learning_rate={rate}," in page.url
    expect(page.get_by_label("learning rate η, run 1: Nesterov, as a number")).to_have_value(str(rate))
    the_paths_follow_while_the_pointer_is_still_down(page)


def the_paths_follow_while_the_pointer_is_still_down(page: Page) -> None:
    thumb = slider(page, "learning rate η, run 2: RMSProp")
    box = thumb.bounding_box()
    page.mouse.move(box["x"] + 7, box["y"] + 7)
    page.mouse.down()
    before = points(page)
    page.mouse.move(box["x"] - 40, box["y"] + 7)
    page.wait_for_function("(old) => client.explore.state.paths.points[300] !== old", arg=before[300])
    page.mouse.up()


def test_the_value_under_the_hand_is_the_one_that_the_slider_comes_to(page: Page) -> None:
    thumb = slider(page, "learning rate η, run 1: Nesterov")
    box = page.locator(".hyper-slider", has=thumb).locator(".mantine-Slider-trackContainer").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    told = set()
    for share in (-0.1, 0.013, 0.377, 0.501, 0.822, 0.998, 1.2):
        page.mouse.move(box["x"] + share * box["width"], y)
        # In the event itself, and two frames later by React.
        value = experiment(page)["runs"][0]["hypers"]["learning_rate"]
        page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
        )
        assert float(thumb.get_attribute("aria-valuenow")) == pytest.approx(value, rel=1e-12)
        told.add(value)
    page.mouse.up()
    settled(page)
    assert experiment(page)["runs"][0]["hypers"]["learning_rate"] == value
    assert len(told) == 7


def a_slider_speaks_values_and_obeys_keys(page: Page) -> None:
    thumb = slider(page, "learning rate η, run 1: Nesterov")
    assert float(thumb.get_attribute("aria-valuenow")) == pytest.approx(0.01)
    thumb.focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    assert experiment(page)["runs"][0]["hypers"]["learning_rate"] > 0.01
    page.keyboard.press("End")
    settled(page)
    assert experiment(page)["runs"][0]["hypers"]["learning_rate"] == 10


def a_slider_obeys_keys_a_double_click_and_a_typed_number(page: Page) -> None:
    a_slider_speaks_values_and_obeys_keys(page)
    drag(page, slider(page, "learning rate η, run 3: Adadelta"), -60)
    settled(page)
    assert experiment(page)["runs"][2]["hypers"]["learning_rate"] != 1
    slider(page, "learning rate η, run 3: Adadelta").dblclick()
    settled(page)
    assert experiment(page)["runs"][2]["hypers"]["learning_rate"] == 1
    expect(page.get_by_label("learning rate η, run 3: Adadelta, as a number")).to_have_value("1")
    expect(slider(page, "learning rate η, run 3: Adadelta")).to_have_attribute("aria-valuenow", "1")
    a_typed_number_moves_the_slider(page)


def a_typed_number_moves_the_slider(page: Page) -> None:
    field = page.get_by_label("learning rate η, run 1: Nesterov, as a number")
    field.fill("2e-3")
    field.press("Enter")
    settled(page)
    assert experiment(page)["runs"][0]["hypers"]["learning_rate"] == 0.002
    assert float(slider(page, "learning rate η, run 1: Nesterov").get_attribute("aria-valuenow")) == 0.002


def test_a_wrong_number_is_told_and_keys_a_double_click_and_a_right_one_are_obeyed(page: Page) -> None:
    before, good = points(page), experiment(page)
    field = page.get_by_label("learning rate η, run 1: Nesterov, as a number")
    message = page.locator("#problem")
    for text in ("abc", "-1", "1e9", "NaN", ""):
        field.fill("0.01")
        field.press("Enter")
        expect(message).to_be_hidden()
        field.fill(text)
        field.press("Enter")
        expect(message).to_contain_text("Run 1 (Nesterov at the look-ahead): learning rate η")
        expect(message).to_contain_text("it must be a number from 0.0001 to 10")
        assert points(page) == before
        assert experiment(page) == good
    drag(page, slider(page, "learning rate η, run 2: RMSProp"), -30)
    settled(page)
    assert points(page) != before
    expect(message).to_be_visible()
    field.fill("0.01")
    field.press("Enter")
    expect(message).to_be_hidden()
    a_slider_obeys_keys_a_double_click_and_a_typed_number(page)


def linked_rates_move_by_the_same_factor(page: Page) -> None:
    page.locator("#link-rates").locator("..").click()
    before = [run["hypers"]["learning_rate"] for run in experiment(page)["runs"]]
    field = page.get_by_label("learning rate η, run 1: Nesterov, as a number")
    field.fill("0.02")
    field.press("Enter")
    settled(page)
    after = [run["hypers"]["learning_rate"] for run in experiment(page)["runs"]]
    assert after == pytest.approx([2 * rate for rate in before])
    expect(page.get_by_label("learning rate η, run 4: Adagrad, as a number")).to_have_value("2")
    assert "link_learning_rates=true" in page.url


def test_an_unfolded_run_has_all_its_numbers_and_linked_rates_move_alike(page: Page) -> None:
    page.get_by_role("button", name="Unfold run 5: Adam").click()
    for name in ("first-moment decay β₁", "second-moment decay β₂", "smoothing ε"):
        expect(slider(page, f"{name}, run 5: Adam")).to_be_visible()
    expect(page.locator("#run-4 math")).to_be_visible()
    before = points(page)
    drag(page, slider(page, "first-moment decay β₁, run 5: Adam"), 30)
    settled(page)
    assert experiment(page)["runs"][4]["hypers"]["beta1"] > 0.9
    assert points(page) != before
    linked_rates_move_by_the_same_factor(page)


@pytest.mark.thorough  # test_sheets has it move by move
def test_a_surface_parameter_moves_contour_and_paths(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?experiment=gallery/condition-number")
    contour = page.locator(".contourlayer").inner_html()
    before = points(page)
    drag(page, slider(page, "condition number κ, Rotated quadratic"), 40)
    settled(page)
    assert points(page) != before
    page.wait_for_function("(old) => document.querySelector('.contourlayer').innerHTML !== old", arg=contour)


def test_the_tolerance_and_the_steps_from_one_to_ten_thousand(page: Page) -> None:
    the_tolerance_changes_the_table(page)
    field = page.get_by_label("steps, all runs, as a number")
    for steps in ("1", "10000"):
        field.fill(steps)
        field.press("Enter")
        expect(page.locator("#player-counter")).to_have_text(f"{steps} / {steps}")
        assert len(points(page)) == 5 * 2 * (int(steps) + 1)
    field.fill("10001")
    field.press("Enter")
    expect(page.locator("#problem")).to_contain_text("Steps is 10001; it must be a whole number from 1 to 10000")


@pytest.mark.parametrize(
    ("label", "text", "sentence", "mended", "is_read"),
    [
        (
            "steps, all runs, as a number",
            "1,000",
            "Steps is ‘1,000’; it must be written as 1000, or as 1.000 if the comma is a decimal one.",
            "50",
            "steps === 50",
        ),
        (
            "learning rate η, run 1: Nesterov, as a number",
            "1,000",
            "learning rate η is ‘1,000’; it must be written as 1000, or as 1.000 if the comma is a decimal one.",
            "0,005",
            "runs[0].hypers.learning_rate === 0.005",
        ),
        (
            "Tolerance for steps to tolerance",
            "1 000,5",
            "Tolerance is ‘1 000,5’; it must be written without groups of thousands, as 1000.5.",
            "1,5",
            "tolerance === 1.5",
        ),
    ],
)
def test_what_may_be_a_thousand_is_asked_about(
    page: Page, label: str, text: str, sentence: str, mended: str, is_read: str
) -> None:
    before = points(page)
    field = page.get_by_label(label)
    field.fill(text)
    field.press("Enter")
    expect(page.locator("#problem")).to_contain_text(sentence)
    assert points(page) == before
    field.fill(mended)
    field.press("Enter")
    page.wait_for_function(f"() => client.explore.state.good.{is_read}")
    expect(page.locator("#problem")).to_have_text("")


def the_tolerance_changes_the_table(page: Page) -> None:
    runs(page, 5)
    before = rows(page)[4][4]
    field = page.get_by_label("Tolerance for steps to tolerance")
    field.fill("1")
    field.press("Enter")
    expect(page.locator("#outcomes-body tr").nth(4).locator("th, td").nth(4)).not_to_have_text(before)
    assert int(rows(page)[4][4]) < int(before)
