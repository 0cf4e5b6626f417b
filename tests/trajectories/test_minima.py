"""Minima that are searched for lie where the surfaces' own lists and SciPy say; live answers never wait."""

import threading

import numpy as np
import pytest
from scipy.optimize import minimize

from fall_line.experiments.mending import check
from fall_line.explanations.answer import answer
from fall_line.trajectories import minima as searching
from fall_line.trajectories.loss import loss_grid
from fall_line.trajectories.minima import minima_if_known, minima_of
from landscapes import SURFACES, find_surface

TYPED = {
    "himmelblau": "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "six_hump_camel": "(4 - 2.1x^2 + x^4/3)*x^2 + x*y + (4y^2 - 4)*y^2",
    "rosenbrock": "(1 - x)^2 + 100(y - x^2)^2",
}


@pytest.fixture(autouse=True)
def nothing_found_before():
    searching._found.clear()


def typed(text, **fields):
    return check({"surface": f"formula:{text}", "runs": [{"optimizer": "gradient_descent"}]} | fields)


@pytest.mark.parametrize("key", TYPED)
def test_the_minima_of_a_typed_surface_are_those_of_the_built_in_one(key):
    found = minima_of(typed(TYPED[key]).landscape)
    assert len(found) == len(SURFACES[key].minima)
    for one in SURFACES[key].minima:
        nearest = min(found, key=lambda other: np.hypot(one.x - other.x, one.y - other.y))
        assert np.hypot(one.x - nearest.x, one.y - nearest.y) < 1e-8
        assert nearest.loss == pytest.approx(one.loss, abs=1e-8)
    assert [one.loss for one in found] == sorted(one.loss for one in found)


@pytest.mark.parametrize("key", ["ackley", "saddle"])
def test_built_in_surfaces_return_their_own(key):
    assert minima_of(check({"surface": key}).landscape) is SURFACES[key].minima
    assert minima_if_known(check({"surface": key}).landscape) is SURFACES[key].minima


@pytest.mark.parametrize(
    "text",
    [
        "x^2 - y^2",
        "(x - y)^2",
        "log(x)",
        "floor(x) + y^2",
        "-abs(x) - abs(y)",
        "abs(x*y)",
        "log(abs(x) + abs(y))",
        *(pytest.param(text, marks=pytest.mark.thorough) for text in ("x", "3", "x*exp(y)", "-x^2 - y^2")),
    ],
)
def test_where_there_is_no_minimum_none_is_found(text):
    assert minima_of(typed(text).landscape) == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("x^4 + y^4", [(0, 0)]),
        ("1/x + x + y^2", [(1, 0)]),
        ("where(x > 0, (x - 1)^2, (x + 1)^2 + 1) + y^2", [(1, 0), (-1, 0)]),
        ("sin(x)*sin(y)", [(-np.pi / 2, np.pi / 2), (np.pi / 2, -np.pi / 2)]),
    ],
)
def test_minima_of_other_kinds_of_surfaces(text, places):
    found = minima_of(typed(text).landscape)
    assert len(found) == len(places)
    for x, y in places:
        assert min(np.hypot(one.x - x, one.y - y) for one in found) < 1e-8


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("abs(x) + abs(y)", (0, 0, 0)),
        ("sqrt(x^2 + y^2)", (0, 0, 0)),
        ("max(abs(x), abs(y))", (0, 0, 0)),
        ("hypot(x - 0.3, y + 0.2) + 1", (0.3, -0.2, 1)),
        # Across the crease the slopes are −1.3 and 0.7, along it lies a parabola.
        ("(x - 0.3)^2/2 + abs(x) + (y - 1/3)^2", (0, 1 / 3, 0.045)),
        # A steep ravine askew: its floor has the height (1.37x − 0.5)².
        ("10abs(x - y) + (x + 0.37y - 0.5)^2", (0.5 / 1.37, 0.5 / 1.37, 0)),
    ],
)
def test_a_minimum_at_a_kink_is_found(text, place):
    (one,) = minima_of(typed(text).landscape)
    assert tuple(one) == pytest.approx(place, abs=1e-7)


def test_of_very_many_the_lowest_are_kept():
    found = minima_of(typed("20 + x^2 - 10cos(2*pi*x) + y^2 - 10cos(2*pi*y)").landscape)
    assert len(found) == 20
    assert found[0][:2] == pytest.approx((0, 0), abs=1e-12)


def test_they_move_with_the_parameters():
    for a, b in [(1.0, 1.0), (-0.5, 1.5)]:
        (one,) = minima_of(typed("(x - a)^2 + (y - b)^2", parameters={"a": a, "b": b}).landscape)
        assert one[:2] == pytest.approx((a, b), abs=1e-12)


def test_one_program_serves_all_parameters():
    minima_of(typed("(x - a)^2 + 2y^2").landscape)
    program = searching._search_program(find_surface("formula:(x - a)^2 + 2y^2"))
    minima_of(typed("(x - a)^2 + 2y^2", parameters={"a": 0.25}).landscape)
    assert program._cache_size() == 1


def test_under_minibatches_the_mean_of_the_copies_is_searched():
    one = check({"surface": "himmelblau", "noise": "minibatch", "sigma": 0.4})
    found = minima_of(one.landscape)
    assert len(found) == 4

    def mean(point):
        return float(loss_grid(one.landscape, point[:1], point[1:])[0, 0])

    for minimum in found:
        near = minimize(
            mean, np.array(minimum[:2]) + 0.01, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-12}
        )
        assert near.x == pytest.approx(minimum[:2], abs=1e-5)
        assert near.fun == pytest.approx(minimum.loss, abs=1e-9)


def finished():
    """Wait until the worker has searched for everything that it was given."""
    searching._worker.submit(lambda: None).result()


def test_a_live_answer_says_that_minima_are_searched_and_later_knows_them():
    one = typed("(x - 1)^2 + (y + 1)^2 + 5", steps=200, runs=[{"optimizer": "momentum"}])
    go_on = threading.Event()
    searching._worker.submit(go_on.wait)
    first = answer(one, wait=False)
    assert (first["minima"], first["floor"]) == ("searching", None)
    assert [row["steps_to_tolerance"] for row in first["reports"]] == [None]
    assert [row["outcome"] for row in first["reports"]] == ["searching for minima…"]
    assert "still searched for" in first["summary"]
    go_on.set()
    finished()
    later = answer(one, wait=False)
    assert (later["minima"], later["floor"]) == ("known", 5.0)
    assert later["reports"][0]["outcome"] == "minimum (1, −1)"
    assert later["reports"][0]["steps_to_tolerance"] > 0
    assert later == answer(one)
    assert later["points"] == first["points"]


def test_searches_that_are_out_of_date_are_dropped():
    go_on = threading.Event()
    searching._worker.submit(go_on.wait)
    settings = [typed("(x - a)^2 + 3y^2", parameters={"a": a}) for a in (0.5, 1.5, 2.5)]
    assert [minima_if_known(one.landscape) for one in settings] == [None] * 3
    assert [minima_if_known(one.landscape) for one in settings[-1:]] == [None]
    other = typed("(x - a)^2 + 4y^2")
    assert minima_if_known(other.landscape) is None
    go_on.set()
    finished()
    assert [searching._known(one.landscape) is None for one in (*settings, other)] == [True, True, False, False]


def test_few_searches_wait_and_few_answers_are_kept(monkeypatch):
    monkeypatch.setattr(searching, "WAITING", 2)
    monkeypatch.setattr(searching, "KEPT", 1)
    go_on = threading.Event()
    searching._worker.submit(go_on.wait)
    several = [typed(f"(x - 1)^2 + {k}*y^2") for k in (5, 6, 7)]
    assert [minima_if_known(one.landscape) for one in several] == [None] * 3
    go_on.set()
    finished()
    assert [searching._known(one.landscape) is None for one in several] == [True, False, True]


def test_the_search_looks_at_the_surface_s_domain():
    surface = find_surface("formula:sin(x) + cos(y)")
    for one in minima_of(typed("sin(x) + cos(y)").landscape):
        assert surface.domain.x_low <= one.x <= surface.domain.x_high
        assert surface.domain.y_low <= one.y <= surface.domain.y_high
        assert one.loss == pytest.approx(-2, abs=1e-12)
