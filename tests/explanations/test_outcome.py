"""Each way a run can end, told from paths made for the purpose, and a few real runs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fall_line.experiments.mending import check
from fall_line.explanations.outcome import Kind, Outcome, last_finite, outcome, path_length
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import Trajectory, run
from landscapes import SURFACES

STEPS = 125


def judged(surface: str, points, losses=None, gradient=(0.0, 0.0), view=None) -> Outcome:
    """The outcome of a made-up path; its losses are finite unless given."""
    points = np.asarray(points, dtype=float)
    steps = len(points) - 1
    runs = [{"optimizer": "gradient_descent"}]
    experiment = check({"surface": surface, "steps": steps, "runs": runs, "view": view})
    losses = np.ones(steps + 1) if losses is None else np.asarray(losses, dtype=float)
    gradients = np.tile(np.asarray(gradient, dtype=float), (steps + 1, 1))
    found = outcome(experiment, Trajectory(points, losses, gradients), minima_of(experiment.landscape))
    assert_told_well(found)
    return found


def assert_told_well(found: Outcome) -> None:
    assert found.sentence.endswith(".")
    assert found.sentence[0].isupper()
    assert found.short
    for text in (found.short, found.sentence):
        assert "nan" not in text.lower()
        assert "-" not in text.replace("e-", "")


def straight(start, end, steps=STEPS) -> np.ndarray:
    return np.linspace(start, end, steps + 1)


def circle(centre, radius, turn=0.6, shrink=1.0, steps=STEPS) -> np.ndarray:
    k = np.arange(steps + 1)
    return np.asarray(centre) + (radius * shrink**k * np.array([np.cos(turn * k), np.sin(turn * k)])).T


def arriving(place, step, steps=STEPS) -> np.ndarray:
    """Straight to `place`, there at `step` and at rest from then on."""
    return np.concatenate([straight((-2.8, -2.5), place, step), np.tile(place, (steps - step, 1))])


@pytest.mark.parametrize("step", [1, 40, 60])
def test_reached_at_the_step_from_which_it_stays(step):
    """Near is 5e-3 of the diagonal 6√2, 0.042; the last stride before is longer than that."""
    found = judged("simple_quad", arriving((0.01, 0.0), step))
    assert (found.kind, found.step) == (Kind.REACHED, step)
    assert f"from step {step}." in found.sentence


def test_passing_through_a_minimum_is_not_reaching_it():
    path = arriving((0.0, 0.0), 30)
    path[60] = (1, 1)
    assert judged("simple_quad", path).step == 61
    path[-3] = (1, 1)
    assert judged("simple_quad", path).kind is not Kind.REACHED


def test_starting_at_a_minimum_is_step_0():
    assert judged("simple_quad", np.zeros((STEPS + 1, 2))).step == 0


def test_the_nearest_of_several_minima_is_named():
    found = judged("himmelblau", arriving((-3.78, -3.28), 20))
    assert found.kind is Kind.REACHED
    assert "(−3.78, −3.28)" in found.sentence


def rest(surface: str, place, gradient=(0.0, 0.0)) -> Outcome:
    return judged(surface, np.tile(place, (STEPS + 1, 1)), gradient=gradient)


@pytest.mark.parametrize(
    ("surface", "place", "what"),
    [
        ("giant_plateau", (-2.8, -2.5), "a plateau"),
        ("easom", (-0.9, -0.9), "a plateau"),
        ("saddle", (0, 0), "a saddle"),
        ("himmelblau", (0.0866775, 2.8842547), "a saddle"),
        ("himmelblau", (-0.2708446, -0.9230386), "a peak"),
        ("rastrigin", (0.9949586, 0), "an unlisted minimum"),
    ],
)
def test_settled_elsewhere(surface, place, what):
    """The gradient is handed over as zero, so that only the curvature decides what it is."""
    found = rest(surface, place)
    assert found.kind is Kind.SETTLED
    assert what in found.sentence
    assert what in found.short


@pytest.mark.parametrize("surface", ["simple_quad", "beale", "goldstein_price", "rosenbrock", "giant_plateau"])
def test_standing_on_a_slope_is_creeping(surface):
    """A slope of 5 leads down in any view of these; where walls are steep it must not pass for none."""
    domain = SURFACES[surface].domain
    found = rest(surface, (domain.x_low * 0.6, domain.y_high * 0.7), gradient=(3.0, 4.0))
    assert (found.kind, found.short) == (Kind.MOVING, "creeping")
    assert "the slope there is 5." in found.sentence


@pytest.mark.parametrize("radius", [0.1, 0.5, 2])
@pytest.mark.parametrize("turn", [0.4, 0.6, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("centre", [(0, 0), (2, -2)])
def test_circling_with_its_amplitude(radius, turn, centre):
    """Around a listed minimum and around any other point; 5 % for a circle known at a few points only."""
    found = judged("simple_quad", circle(centre, radius, turn), view=(-4, 4, -4, 4))
    assert found.kind is Kind.CIRCLING
    assert float(found.short.removeprefix("circling, ±")) == pytest.approx(radius, rel=0.05)
    assert ("the minimum (0, 0)" in found.sentence) == (centre == (0, 0))


def test_the_swing_is_measured_from_the_minimum_that_is_named():
    found = judged("simple_quad", circle((0.3, 0), 0.5))
    assert "the minimum (0, 0)" in found.sentence
    # The farthest point of the circle is 0.8 away; a step of 0.6 rad misses it by less than 1 − cos 0.3.
    assert float(found.short.removeprefix("circling, ±")) == pytest.approx(0.8, rel=0.05)


@pytest.mark.parametrize("shrink", [0.985, 0.97, 0.95])
@pytest.mark.parametrize("turn", [0.4, 0.6, 1.0, 2.0])
def test_a_shrinking_spiral_is_not_circling(shrink, turn):
    found = judged("simple_quad", circle((0, 0), 2.5, turn, shrink))
    assert found.kind is not Kind.CIRCLING


def test_swinging_on_a_line_is_circling_too():
    k = np.arange(STEPS + 1)
    found = judged("simple_quad", np.stack([0.5 * (-1.0) ** k, 0 * k], axis=1))
    assert found.kind is Kind.CIRCLING


def test_moving_tells_how_far_and_where():
    """The last fifth of 126 points is 25 of them, 24 strides of 0.04 each."""
    found = judged("simple_quad", straight((-2.5, 1), (2.5, 1)))
    assert found.kind is Kind.MOVING
    assert "it went 0.96 in the last 24 steps and is at (2.5, 1)." in found.sentence


def test_left_and_never_back():
    found = judged("simple_quad", straight((0.0, 0.0), (12.5, 0.0)))
    # A stride is 0.1; 3.0 is the edge itself, or a rounding beyond it.
    assert found.kind is Kind.OUTSIDE
    assert found.step in (30, 31)
    assert f"at step {found.step} and has not come back" in found.sentence
    assert "(12.5, 0)" in found.sentence


def test_left_in_the_very_last_step():
    path = np.zeros((STEPS + 1, 2))
    path[-1] = (5, 5)
    found = judged("simple_quad", path)
    assert (found.kind, found.step) == (Kind.OUTSIDE, STEPS)


def test_left_and_came_back():
    path = arriving((0.0, 0.0), 40)
    path[10:12] = (-4, 0)
    path[20] = (0, 9)
    found = judged("simple_quad", path)
    assert (found.kind, found.step) == (Kind.REACHED, 40)
    assert "left the view at step 10 and was back for good at step 21." in found.sentence
    assert "left the view, came back" in found.short


def test_a_wider_view_is_not_left():
    path = arriving((0.0, 0.0), 40)
    path[10] = (-4, 0)
    assert "left" not in judged("simple_quad", path, view=(-5, 5, -5, 5)).sentence


@pytest.mark.parametrize("step", [0, 1, 60, STEPS])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", ["point", "loss"])
def test_not_finite_from_the_step_it_happens(step, bad, where):
    path, losses = straight((-2.0, 1.0), (2.0, 1.0)), np.ones(STEPS + 1)
    if where == "point":
        path[step:, 1] = bad
    else:
        losses[step:] = bad
    found = judged("simple_quad", path, losses)
    assert (found.kind, found.step) == (Kind.NOT_FINITE, step)
    assert found.short == f"not finite from step {step}"
    assert f"at step {step}:" in found.sentence
    assert ("last finite point" in found.sentence) == (step > 0)


def test_one_bad_step_in_the_middle_counts():
    losses = np.ones(STEPS + 1)
    losses[7] = np.nan
    assert judged("simple_quad", np.zeros((STEPS + 1, 2)), losses).step == 7


def test_leaving_the_view_is_not_ceasing_to_be_finite():
    """However far it goes, and however near it stays."""
    assert judged("simple_quad", straight((0, 0), (1e308, -1e308))).kind is Kind.OUTSIDE
    inside = np.zeros((STEPS + 1, 2))
    inside[-1] = np.nan
    assert judged("simple_quad", inside).kind is Kind.NOT_FINITE


@pytest.mark.parametrize("points", [[(0, 0), (1, 1)], [(0, 0), (0, 0)], [(0, 0), (9, 9)], [(0, 0), (np.nan, 0)]])
@pytest.mark.parametrize("surface", ["simple_quad", "saddle", "giant_plateau"])
def test_one_step(surface, points):
    assert "1 steps" not in judged(surface, points).sentence


def test_two_steps_there_and_back_are_not_yet_circling():
    assert judged("simple_quad", [(1, 0), (2, 0), (1, 0)]).kind is Kind.MOVING


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["simple_quad", "saddle", "himmelblau"]),
    arrays(float, st.tuples(st.integers(2, 30), st.just(2)), elements=st.floats(-4, 4) | st.floats()),
)
def test_any_path_has_one_outcome(surface, points):
    found = judged(surface, points)
    bad = ~np.isfinite(points).all(axis=1)
    assert (found.kind is Kind.NOT_FINITE) == bad.any()
    if bad.any():
        assert found.step == np.argmax(bad)


def test_last_finite_and_path_length():
    points = np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 4.0], [0.0, 4.0]])
    losses = np.array([1.0, 2.0, np.inf, 3.0])
    assert last_finite(Trajectory(points, losses, points)) == 1
    assert last_finite(Trajectory(points, np.ones(4), points)) == 3
    assert path_length(points) == 8


def ran(surface: str, optimizer: str, steps=STEPS, **hypers: float) -> Outcome:
    experiment = check({"surface": surface, "steps": steps, "runs": [{"optimizer": optimizer, "hypers": hypers}]})
    found = outcome(experiment, run(experiment)[0], minima_of(experiment.landscape))
    assert_told_well(found)
    return found


def test_gradient_descent_on_a_bowl_by_its_rate():
    """On x² + y² a step multiplies by 1 − 2η: halves, swings from side to side for ever, or grows."""
    assert ran("simple_quad", "gradient_descent", learning_rate=0.25).kind is Kind.REACHED
    assert ran("simple_quad", "gradient_descent", learning_rate=1).kind is Kind.CIRCLING
    grown = ran("simple_quad", "gradient_descent", learning_rate=1.1)
    # 2.8 · 1.2 is out of [−3, 3] after the first step; 1.2¹²⁵ is far from overflowing.
    assert (grown.kind, grown.step) == (Kind.OUTSIDE, 1)
    burst = ran("simple_quad", "gradient_descent", steps=300, learning_rate=10)
    # J first overflows when (2.8² + 2.5²) · 361ᵏ > 1.8e308, at k = 121.
    assert (burst.kind, burst.step) == (Kind.NOT_FINITE, 121)


@pytest.mark.parametrize(
    ("surface", "optimizer", "hypers", "kind"),
    [
        ("wobbly", "adagrad", {"learning_rate": 1}, Kind.REACHED),
        ("giant_plateau", "momentum", {"learning_rate": 0.01}, Kind.SETTLED),
        ("bad_init", "rmsprop", {"learning_rate": 0.25}, Kind.CIRCLING),
        ("rosenbrock", "gradient_descent", {"learning_rate": 0.001}, Kind.MOVING),
        ("beale", "gradient_descent", {"learning_rate": 1e-4}, Kind.MOVING),
        ("saddle", "adam", {"learning_rate": 0.25}, Kind.OUTSIDE),
        ("rosenbrock", "gradient_descent", {"learning_rate": 1}, Kind.NOT_FINITE),
        ("rastrigin", "gradient_descent", {"learning_rate": 0.001}, Kind.SETTLED),
    ],
)
def test_real_runs(surface, optimizer, hypers, kind):
    assert ran(surface, optimizer, **hypers).kind is kind
