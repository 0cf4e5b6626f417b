"""A sheet's paths are those of the runs alone, bit for bit; what it costs; and what can't be asked."""

import math
from typing import Any

import numpy as np
import pytest

from fall_line.experiments.experiment import MAX_STEPS
from fall_line.experiments.mending import check
from fall_line.trajectories.run import fans
from fall_line.trajectories.sheet import (
    FEWEST,
    MOST_STOPS,
    MOST_WALKED,
    affordable,
    longest,
    moving,
    read_variations,
    room_for,
    sheet,
)
from fall_line.validation import InputError
from tests.trajectories.compilations import compilations
from tests.trajectories.sheet_cases import CASES, COSINE, NAMES, WINDOW, alone, hyper_of, stops, vary, walked


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """A case; the tests of one follow each other, for they share its paths."""
    return request.param


def test_every_stop_is_what_the_run_alone_does_bit_for_bit(name: str) -> None:
    together, single = walked(name), alone(name)
    assert [stop.place for stop in together] == list(range(len(CASES[name].vary[0]["values"])))
    for stop, expected in zip(together, single, strict=True):
        assert [fan.middle for fan in stop.fans] == [fan.middle for fan in expected]
        for fan, one in zip(stop.fans, expected, strict=True):
            for path, exact in zip(fan.paths, one.paths, strict=True):
                for array, column in zip(path, exact, strict=True):
                    assert np.array_equal(array, column, equal_nan=True), (name, stop.place)


def test_the_values_arrive(name: str) -> None:
    """Else all stops could be equal to the run alone and to each other."""
    ends = {b"".join(path.points.tobytes() for fan in stop for path in fan.paths) for stop in alone(name)}
    # Rates that change nothing: those of a line search that shortens whatever it begins with, and p of huge powers.
    assert len(ends) > len(alone(name)) // 8


# ---- compiling ----

WARM, NEW = "formula:x^2 + 0.625*y^2 + b*x*y/7", "formula:x^2 + 0.875*y^2 + b*x*y/9"


def compiled_by(*asked: tuple[dict[str, Any], list[dict[str, Any]]]) -> int:
    """How many programs are compiled to walk these sheets."""
    ready = [(one := check(data), read_variations(one, varied)) for data, varied in asked]
    with compilations() as compiled:
        for one, variations in ready:
            for _ in sheet(one, variations):
                pass
    return len(compiled)


def question(surface: str, method: str = "momentum", key: str | None = "learning_rate", steps: int = 60, **fields: Any):
    run = {"optimizer": method, **fields.pop("run", {})}
    varied = vary(None, "b", [0.5, 2.0]) if key is None else vary(0, key, stops(hyper_of(method, key), 20))
    return {"surface": surface, "steps": steps, "runs": [run], **fields}, [varied]


def moved(surface: str) -> list:
    """Sheets of one surface and method in which everything else moves."""
    scheduled = [{"schedules": {"learning_rate": {"kind": kind}}} for kind in ("cosine", "warm_up", "step")]
    return [
        *(question(surface, key=key) for key in ("gamma", None, "learning_rate")),
        *(question(surface, start=start) for start in ((1, 2), (0.5, -0.25))),
        *(question(surface, steps=steps) for steps in (1, 2, 127)),
        *(question(surface, noise="additive", sigma=sigma, seed=9, seeds=3) for sigma in (0, 0.1, 1)),
        *(question(surface, noise="multiplicative", sigma=sigma) for sigma in (0.2, 2)),
        *(question(surface, run=schedules) for schedules in [*scheduled, WINDOW]),
        *(question(surface, run={"hypers": {"gamma": gamma}}) for gamma in (0, 0.5)),
        question(surface, parameters={"b": 3}, return_best=True),
        question(surface, key="gamma", run={"hypers": {"learning_rate": 0.3}}),
    ]


def test_one_program_serves_a_surface_a_method_and_a_room() -> None:
    rooms = [question(WARM, method, steps=steps) for method in ("momentum", "adam") for steps in (60, 1000, 5000)]
    compiled_by(*moved(WARM), *rooms)  # tables of noise and schedules are made by programs of their own
    assert compiled_by(question(NEW)) == 1
    assert compiled_by(*moved(NEW)) == 0
    assert [compiled_by(question(NEW, steps=steps)) for steps in (128, 1023, 1024, 10_000)] == [1, 0, 1, 0]
    assert [compiled_by(question(NEW, "adam", key)) for key in ("learning_rate", "beta2", "epsilon", None)] == [
        1,
        0,
        0,
        0,
    ]


def test_moving_compiles_nothing_with_minibatches_either() -> None:
    batched = {"noise": "minibatch", "sigma": 0.3}
    compiled_by(question(WARM, **batched), question(WARM, **batched, seeds=3, batch=5))
    assert compiled_by(question(NEW, "nesterov", **batched)) == 1
    others = (
        {"sigma": 0.1},
        {"batch": 9},
        {"seed": 5},
        {"seeds": 3},
        {"start": (1, 1)},
        {"key": None},
        {"key": "gamma"},
    )
    assert compiled_by(*(question(NEW, "nesterov", **{**batched, **other}) for other in others)) == 0


def test_a_room_holds_all_rows_and_the_largest_all_steps() -> None:
    assert all(steps < room_for(steps) for steps in range(1, MAX_STEPS + 1))
    assert len({room_for(steps) for steps in range(1, MAX_STEPS + 1)}) == 3


# ---- what is asked ----

ASKED = {"surface": "rotated_quadratic", "steps": 60, "runs": [{"optimizer": "adam"}, {"optimizer": "momentum"}]}
RATE = {"run": 0, "key": "learning_rate", "values": [0.1, 0.2]}
LIST = "A sheet is asked for with a list of numbers that vary."
COUNT = f"A number that varies must have 1 to {MOST_STOPS} values."
RANGE = "it must be from 0.0001 to 10."
REFUSED = [
    (None, LIST),
    ("learning_rate", LIST),
    ({}, LIST),
    ([], LIST),
    ([RATE, None], LIST),
    ([[RATE]], LIST),
    ([RATE | {"run": 2}], "There is no run 2."),
    ([RATE | {"run": -1}], "There is no run -1."),
    ([RATE | {"run": True}], "There is no run True."),
    ([RATE | {"run": False}], "There is no run False."),
    ([RATE | {"run": 0.0}], "There is no run 0.0."),
    ([RATE | {"run": "0"}], "There is no run ‘0’."),
    ([RATE | {"run": [0]}], "There is no run [0]."),
    ([RATE | {"key": "gamma"}], "There is no number ‘gamma’ to vary."),
    ([RATE | {"key": None}], "There is no number None to vary."),
    ([RATE | {"key": ["learning_rate"]}], "There is no number ['learning_rate'] to vary."),
    ([RATE | {"run": None}], "There is no number ‘learning_rate’ to vary."),
    ([{"values": [1.0]}], "There is no number None to vary."),
    ([RATE | {"values": []}], COUNT),
    ([RATE | {"values": [0.1] * (MOST_STOPS + 1)}], COUNT),
    ([RATE | {"values": None}], COUNT),
    ([RATE | {"values": "0.1"}], COUNT),
    ([RATE | {"values": {"0": 0.1}}], COUNT),
    ([RATE | {"values": [0.1, 10.1]}], f"Learning rate is 10.1; {RANGE}"),
    ([RATE | {"values": [0, 0.1]}], f"Learning rate is 0; {RANGE}"),
    ([RATE | {"values": [math.nan]}], f"Learning rate is nan; {RANGE}"),
    ([RATE | {"values": [math.inf]}], f"Learning rate is inf; {RANGE}"),
    ([RATE | {"values": [10**400]}], f"Learning rate is {'1' + 39 * '0'}…; {RANGE}"),
    ([RATE | {"values": ["0.1"]}], f"Learning rate is ‘0.1’; {RANGE}"),
    ([RATE | {"values": [True]}], f"Learning rate is True; {RANGE}"),
    ([RATE | {"values": [None]}], f"Learning rate is None; {RANGE}"),
    ([RATE | {"values": [[0.1]]}], f"Learning rate is [0.1]; {RANGE}"),
    ([RATE, RATE | {"run": 1, "values": [0.1]}], "All numbers that vary must have the same number of values."),
    ([vary(None, "angle", [91])], "Angle is 91; it must be from -90 to 90."),
]


@pytest.mark.parametrize(("asked", "sentence"), REFUSED)
def test_what_cannot_vary_is_refused_in_one_sentence(asked: Any, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_variations(check(ASKED), asked)
    assert str(refused.value) == sentence


def test_runs_that_move_are_those_that_vary_or_all_where_the_surface_does() -> None:
    one = check(ASKED)
    rate, memory, angle = RATE, {"run": 1, "key": "gamma", "values": [0, 0.5]}, vary(None, "angle", [1, 2])
    assert moving(one, read_variations(one, [memory])) == [1]
    assert moving(one, read_variations(one, [memory, rate])) == [0, 1]
    assert moving(one, read_variations(one, [rate, RATE | {"key": "beta1"}])) == [0]
    assert moving(one, read_variations(one, [angle])) == [0, 1]
    assert moving(one, read_variations(one, [angle, rate])) == [0, 1]


def afforded(count: int, runs: int = 1, **fields: Any) -> int:
    one = check({"surface": "rotated_quadratic", "runs": [{"optimizer": "adam"}] * runs, **fields})
    variations = read_variations(one, [vary(None, "angle", np.linspace(-90, 90, count).tolist())])
    most = affordable(one, variations)
    assert most * runs * len(one.all_seeds) * one.steps <= MOST_WALKED
    return most


def test_many_and_long_paths_have_fewer_stops() -> None:
    assert afforded(201, steps=125) == 201
    assert afforded(201, steps=MAX_STEPS) == MOST_WALKED // MAX_STEPS < 201
    assert afforded(201, 16, steps=1000) == MOST_WALKED // 16_000 < afforded(201, 8, steps=1000)
    noisy = {"noise": "additive", "sigma": 0.1, "steps": 500}
    assert afforded(201, **noisy, seeds=32) == MOST_WALKED // 16_000 < afforded(201, **noisy, seeds=2)
    assert afforded(512, steps=1) == 512


def test_what_is_left_out_are_the_last_values() -> None:
    one = check({"surface": "himmelblau", "steps": MAX_STEPS, "runs": [{"optimizer": "gradient_descent"}] * 4})
    rates = np.geomspace(1e-3, 1e-2, 60).tolist()
    variations = read_variations(one, [vary(run, "learning_rate", rates) for run in range(4)])
    places = [stop.place for chunk in sheet(one, variations) for stop in chunk]
    assert places == list(range(MOST_WALKED // (4 * MAX_STEPS)))


def test_a_sheet_with_too_few_stops_is_refused_but_a_few_values_are_not() -> None:
    sentence = r"^These paths are too many and too long to be made ready for a whole slider\.$"
    for count, runs in ((201, 16), (FEWEST, 7)):
        with pytest.raises(InputError, match=sentence):
            afforded(count, runs, steps=MAX_STEPS)
    assert afforded(FEWEST, 6, steps=MAX_STEPS) == FEWEST
    assert afforded(3, 16, steps=MAX_STEPS) == 3


@pytest.mark.parametrize("fields", [{}, {"return_best": True}, {"noise": "additive", "sigma": 0.5, "seed": 3}])
def test_every_number_of_steps_is_a_part_of_the_longest(fields: dict[str, Any]) -> None:
    data = ASKED | fields
    ((stop,),) = longest(check(data))
    for steps in (1, 125, MAX_STEPS):
        for fan, long in zip(fans(check(data | {"steps": steps})), stop.fans, strict=True):
            for part, whole in zip(fan.median, long.median, strict=True):
                np.testing.assert_array_equal(part, whole[: steps + 1])


@pytest.mark.parametrize(
    "fields",
    [
        {"runs": [{"optimizer": "adam"}, {"optimizer": "momentum", **COSINE}]},
        {"runs": [{"optimizer": "momentum", **WINDOW}]},
        {"noise": "additive", "sigma": 0.5, "seeds": 2},
    ],
)
def test_steps_that_change_the_paths_themselves_are_refused(fields: dict[str, Any]) -> None:
    sentence = r"^With a schedule or several seeds the number of steps changes the paths themselves\.$"
    with pytest.raises(InputError, match=sentence):
        longest(check(ASKED | fields))
