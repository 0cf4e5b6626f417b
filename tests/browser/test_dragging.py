"""A drag is walked by the page: without a request, at every move, and as the server would have answered."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import experiment, lines, points, rows, settled, slider
from tests.browser.sweeping import (
    Move,
    asked,
    assert_drawn_as_answered,
    centre,
    exact,
    grasp,
    hold,
    listen,
    press,
    reach,
    ready,
    sweep,
)

NESTEROV = "learning rate η, run 1: Nesterov"
RMSPROP = "learning rate η, run 2: RMSProp"
DOZEN = [4.0, 9, 15, 21, 28, 35, 29, 20, 11, 5, -6, -13]


def swept(page: Page, thumb: Locator, offsets: list[float] = DOZEN) -> list[Move]:
    """Drag `thumb` with the programs at hand, and let go."""
    reach(page, thumb)
    grasp(page, thumb)
    moves = sweep(thumb, offsets)
    page.mouse.up()
    return moves


def test_a_drag_asks_for_nothing_is_drawn_at_every_move_and_taken_back_by_back(page: Page) -> None:
    thumb = slider(page, NESTEROV)
    started, entries = experiment(page), page.evaluate("history.length")
    listen(page)
    reach(page, thumb)
    assert asked(page) == []
    grasp(page, thumb)
    before, curves = rows(page), lines(page, "loss-plot")
    asked(page)
    moves = sweep(thumb, DOZEN)
    assert [(move.asked, move.local, move.fresh) for move in moves] == [([], True, True)] * len(DOZEN)
    page.mouse.up()
    settled(page)
    assert asked(page) == ["explore/paths"]
    assert page.evaluate("client.explore.state.provisional") is False
    rate = experiment(page)["runs"][0]["hypers"]["learning_rate"]
    assert rate == moves[-1].experiment["runs"][0]["hypers"]["learning_rate"]
    assert points(page) == exact(page, moves[-1:])[0]["points"]
    assert f"nesterov_at_lookahead,learning_rate={rate}," in page.url
    page.wait_for_function("() => client.explore.state.curves !== null")
    assert rows(page)[0] != before[0]
    assert rows(page)[1:] == before[1:]
    assert lines(page, "loss-plot") != curves
    assert_drawn_as_answered(page, moves)
    assert_one_run_moves(page, moves)
    assert page.evaluate("history.length") == entries + 1
    assert experiment(page) == moves[-1].experiment
    back_returns_to_the_value_before_the_drag(page, started)


@pytest.mark.thorough  # the test above has it for one of them
@pytest.mark.parametrize("symbol", ["learning rate η", "momentum γ"])
def test_the_paths_of_one_run_are_those_that_the_server_answers(page: Page, symbol: str) -> None:
    page.get_by_role("button", name="Unfold run 1: Nesterov").click()
    page.get_by_role("button", name=re.compile("^Fold run 1: Nesterov")).wait_for()
    moves = swept(page, slider(page, f"{symbol}, run 1: Nesterov"))
    assert_drawn_as_answered(page, moves)
    assert_one_run_moves(page, moves)


def assert_one_run_moves(page: Page, moves: list[Move]) -> None:
    """The first run's losses are those that the server answers, and the other runs stand still."""
    for move, answer in zip(moves, exact(page, moves), strict=True):
        np.testing.assert_allclose(move.heights, answer["heights"], rtol=2**-12)
        assert list(move.points[252:]) == answer["points"][252:]


def test_linked_rates_move_all_paths(page: Page) -> None:
    page.locator("#link-rates").locator("..").click()
    moves = swept(page, slider(page, RMSPROP))
    rates = [[run["hypers"]["learning_rate"] for run in move.experiment["runs"]] for move in moves]
    assert all(len(set(column)) > 6 for column in zip(*rates, strict=True))
    assert_drawn_as_answered(page, moves)


def test_a_surface_parameter_moves_all_paths_and_the_contour(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?experiment=gallery/condition-number")
    contour = page.locator(".contourlayer").inner_html()
    thumb = slider(page, "condition number κ, Rotated quadratic")
    reach(page, thumb)
    grasp(page, thumb)
    moves = sweep(thumb, DOZEN)
    page.mouse.up()
    assert_drawn_as_answered(page, moves)
    assert_losses_as_answered(page, moves)
    settled(page)
    page.wait_for_function("(old) => document.querySelector('.contourlayer').innerHTML !== old", arg=contour)
    assert points(page) == exact(page, moves[-1:])[0]["points"]


def assert_losses_as_answered(page: Page, moves: list[Move]) -> None:
    """The losses of `moves` are seen over the floor that the server has too."""
    for move, answer in zip(moves, exact(page, moves), strict=True):
        assert move.losses
        np.testing.assert_allclose(move.heights, answer["heights"], rtol=2**-10, atol=1e-9)


def test_losses_move_over_the_floor_of_a_typed_surface_that_the_page_finds(blank: Page, server: Server) -> None:
    page = blank
    visit(
        page,
        f"{server.address}/?surface=formula:(x-2)^2%2Ba*(y-1)^2%2Bx*y/2%2Ba&parameters=a=3&run=momentum&loss_axis=log",
    )
    page.wait_for_function("() => client.explore.state.answer?.minima === 'known'")
    thumb = slider(page, "parameter a, your formula")
    reach(page, thumb)
    grasp(page, thumb)
    hold(page, "explore/paths")
    moves = sweep(thumb, [4.0, 12, 20, -6])
    floors = [move.floor for move in moves]
    assert len(set(floors)) == len(moves)
    assert all(move.losses for move in moves)
    # The minimum of (x − 2)² + a (y − 1)² + xy/2 + a, of whose slope both entries are 0.
    for move in moves:
        a = move.experiment["parameters"]["a"]
        x, y = np.linalg.solve([[2, 0.5], [0.5, 2 * a]], [4, 2 * a])
        assert move.floor == pytest.approx((x - 2) ** 2 + a * (y - 1) ** 2 + x * y / 2 + a, rel=1e-9)
    expect(page.locator("#loss-plot")).not_to_have_class(re.compile("losses-wait"))
    page.mouse.up()


def test_losses_wait_where_only_the_server_knows_the_floor(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?surface=formula:a*abs(x-0.31)%2By^2%2B1&parameters=a=3&run=momentum")
    page.wait_for_function("() => client.explore.state.answer?.minima === 'known'")
    thumb = slider(page, "parameter a, your formula")
    reach(page, thumb)
    grasp(page, thumb)
    hold(page, "explore/paths")
    moves = sweep(thumb, [4.0, 12])
    assert [move.losses for move in moves] == [False, False]
    expect(page.locator("#loss-plot")).to_have_class(re.compile("losses-wait"))
    page.mouse.up()


def test_the_paths_of_all_seeds_move(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?experiment=cross-method/hills_and_canyon&noise=additive&sigma=0.4&seeds=3")
    moves = swept(page, slider(page, NESTEROV))
    assert all(len(move.fan) == 3 * len(move.points) for move in moves)
    assert_drawn_as_answered(page, moves)


def test_fewer_and_more_steps(page: Page) -> None:
    moves = swept(page, slider(page, "steps, all runs"))
    steps = [move.steps for move in moves]
    assert min(steps) < 125 < max(steps)
    assert [move.end for move in moves] == steps
    assert_drawn_as_answered(page, moves)
    expect(page.locator("#player-counter")).to_have_text(f"{steps[-1]} / {steps[-1]}")
    settled(page)
    the_counter_follows_the_steps_before_the_server_has_answered(page)


def the_counter_follows_the_steps_before_the_server_has_answered(page: Page) -> None:
    thumb = slider(page, "steps, all runs")
    ready(page)
    grasp(page, thumb)
    hold(page, "explore/paths")
    steps = sweep(thumb, [20.0])[-1].steps
    expect(page.locator("#player-counter")).to_have_text(f"{steps} / {steps}")
    page.mouse.up()


@pytest.mark.parametrize("key", ["ArrowRight", pytest.param("ArrowLeft", marks=pytest.mark.thorough)])
def test_arrow_keys_are_drawn_without_a_request(page: Page, key: str) -> None:
    thumb = slider(page, NESTEROV)
    page.get_by_label(f"{NESTEROV}, as a number").focus()
    page.keyboard.press("Shift+Tab")
    ready(page)
    expect(thumb).to_be_focused()
    listen(page)
    for _ in range(2):
        moves = press(thumb, [key] * 12)
        assert [(move.asked, move.local, move.fresh) for move in moves] == [([], True, True)] * 12
        assert_drawn_as_answered(page, moves)
        settled(page)
        assert points(page) == exact(page, moves[-1:])[0]["points"]
        ready(page)
        asked(page)
    rate = experiment(page)["runs"][0]["hypers"]["learning_rate"]
    if key == "ArrowRight":
        home_and_end(page, thumb)
    assert rate == pytest.approx(0.01 * 10 ** ((1 if key == "ArrowRight" else -1) * 24 * 5 / 200), rel=0.02)


def home_and_end(page: Page, thumb: Locator) -> None:
    moves = press(thumb, ["Home", "End", "Home"])
    assert [move.experiment["runs"][0]["hypers"]["learning_rate"] for move in moves] == [1e-4, 10, 1e-4]
    assert_drawn_as_answered(page, moves)
    settled(page)
    assert points(page) == exact(page, moves[-1:])[0]["points"]


def test_a_finger_finds_the_programs(elsewhere: Callable[..., Page], server: Server) -> None:
    page = elsewhere(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visit(page, server.address)
    thumb = slider(page, NESTEROV)
    x, y = centre(thumb)
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *places: float) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y} for at in places]})

    touch("touchStart", x)
    ready(page)
    settled(page)
    hold(page, "explore/paths")
    touch("touchMove", x + 30)
    page.wait_for_function("() => client.explore.state.provisional")
    assert experiment(page)["runs"][0]["hypers"]["learning_rate"] > 0.011
    touch("touchEnd")


def test_a_late_answer_does_not_put_an_older_path_back(blank: Page, server: Server) -> None:
    page = blank
    programs = hold(page, "explore/programs?kind=rule*")
    with page.expect_request("**/explore/programs?kind=rule*"):
        visit(page, server.address)
    thumb = slider(page, NESTEROV)
    grasp(page, thumb)
    answers = hold(page, "explore/paths")
    listen(page)
    with page.expect_request("**/explore/paths"):
        assert not sweep(thumb, [25.0])[0].local
    programs[0].continue_()
    ready(page)
    moves = sweep(thumb, DOZEN)
    assert all(move.local for move in moves)
    answers[0].continue_()
    page.wait_for_function("() => window.dealt === 1")
    page.wait_for_function("() => window.asked.filter((address) => address === 'explore/paths').length === 2")
    assert page.evaluate("client.explore.state.provisional")
    assert points(page) == list(moves[-1].points)
    page.mouse.up()
    answers[1].continue_()
    page.unroute("**/explore/paths")
    settled(page)
    assert points(page) == exact(page, moves[-1:])[0]["points"]


def on_screen(page: Page, run: int, step: int) -> tuple[float, float]:
    """Where a point of a path is on the screen."""
    return tuple(
        page.evaluate(
            """([run, step]) => {
                const graph = document.querySelector('#surface-plot .js-plotly-plot');
                const box = graph.querySelector('.svg-container').getBoundingClientRect();
                const { xaxis, yaxis, _size: size } = graph._fullLayout;
                const { points, steps } = client.explore.state.paths;
                const at = 2 * (run * (steps + 1) + step);
                return [box.left + size.l + xaxis.l2p(points[at]), box.top + size.t + yaxis.l2p(points[at + 1])];
            }""",
            [run, step],
        )
    )


def test_no_numbers_are_told_of_paths_that_wait_for_the_server(page: Page) -> None:
    thumb, tip, marked = (
        slider(page, NESTEROV),
        page.locator("#tooltip"),
        page.locator("#outcomes-body tr.numbers-wait"),
    )
    reach(page, thumb)
    grasp(page, thumb)
    waiting = hold(page, "explore/paths")
    with page.expect_request("**/explore/paths"):
        sweep(thumb, [12.0])
    page.mouse.up()
    page.mouse.move(*on_screen(page, 4, 20))
    expect(tip).to_be_hidden()
    assert [row.get_attribute("data-run") for row in marked.all()] == ["0"]
    # Another run moves while the numbers of the first are yet to come.
    other = slider(page, RMSPROP)
    page.mouse.move(*centre(other))
    page.mouse.down()
    sweep(other, [12.0])
    assert [row.get_attribute("data-run") for row in marked.all()] == ["0", "1"]
    page.mouse.up()
    for route in [*waiting]:
        route.continue_()
    page.unroute("**/explore/paths")
    settled(page)
    page.mouse.move(*on_screen(page, 4, 21))
    expect(tip).to_contain_text("Adam")
    expect(marked).to_have_count(0)


def test_a_tip_goes_when_keys_move_the_path_under_it(page: Page) -> None:
    page.get_by_label(f"{NESTEROV}, as a number").focus()
    page.keyboard.press("Shift+Tab")
    ready(page)
    page.mouse.move(*on_screen(page, 4, 20))
    expect(page.locator("#tooltip")).to_be_visible()
    hold(page, "explore/paths")
    assert press(slider(page, NESTEROV), ["ArrowRight", "ArrowRight"])[-1].local
    expect(page.locator("#tooltip")).to_be_hidden()


def back_returns_to_the_value_before_the_drag(page: Page, before: dict[str, Any]) -> None:
    page.go_back()
    page.wait_for_function(
        "(old) => client.explore.state.good.runs[0].hypers.learning_rate === old",
        arg=before["runs"][0]["hypers"]["learning_rate"],
    )
    settled(page)
    assert experiment(page)["runs"] == before["runs"]
    expect(page.get_by_label(f"{NESTEROV}, as a number")).to_have_value("0.01")
