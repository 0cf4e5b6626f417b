"""Which runs are chaotic: against laws, a map whose Lyapunov exponent is known, and what else was measured."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fall_line.experiments.mending import check
from fall_line.experiments.published import PUBLISHED
from fall_line.explanations.answer import answer
from fall_line.explanations.outcome import outcome
from fall_line.explanations.report import Report, report
from fall_line.library.runs import Runs
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import each_fan, last_finite, median_seeds, run, walk_twin
from fall_line.trajectories.sensitivity import APART, ASIDE, SEEN, parting_step
from tests.trajectories.compilations import compilations

# x − J'(x) = 4x(1 − x): a step of η 1 along x is the logistic map at r = 4, whose Lyapunov exponent is ln 2.
LOGISTIC = "formula:4*x^3/3-3*x^2/2+y^2/2"
HOW = "rounding or a change in the 12th digit of the start changes the path"
WIDE = math.sqrt(2)  # the diagonal of the unit square, which is looked at


def reports(*runs: dict, **fields) -> list[Report]:
    one = check({**fields, "runs": list(runs)})
    return report(one, run(one), minima_of(one.landscape))


def partings(*runs: dict, **fields) -> list[int | None]:
    """From which step each run is chaotic."""
    return [one.chaotic_from_step for one in reports(*runs, **fields)]


def method(key: str, **hypers: float) -> dict:
    return {"optimizer": key, "hypers": hypers}


def descent(rate: float) -> dict:
    return method("gradient_descent", learning_rate=rate)


@settings(max_examples=80, deadline=None)
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(1, 1000), st.floats(-90, 90), st.floats(1e-4, 1.999))
def test_no_start_on_a_bowl_is_chaotic_while_the_rate_is_stable(x, y, condition, angle, rate):
    """A step multiplies every gap by at most |1 − ηλ| < 1; the greatest λ of this bowl is 1."""
    bowl = {"surface": "rotated_quadratic", "parameters": {"condition_number": condition, "angle": angle}}
    assert partings(descent(rate), **bowl, start=[x, y], steps=300) == [None]


def logistic_parting(start: float) -> int:
    """The same question asked of the map itself, in plain Python."""
    here, there = start, start + WIDE * ASIDE[0]
    for step in range(1, 126):
        here, there = 4 * here * (1 - here), 4 * there * (1 - there)
        if abs(here - there) > SEEN * WIDE:
            return step
    raise AssertionError


def test_the_logistic_map_parts_as_its_lyapunov_exponent_says():
    """A gap of 1e-12 takes ln(1e9) / ln 2 = 30 steps to become 1e-3."""
    view = {"view": [0, 1, 0, 1], "steps": 125}
    starts = np.linspace(0.053, 0.947, 40).tolist()
    found = [partings(descent(1), surface=LOGISTIC, start=[start, 0], **view)[0] for start in starts]
    # Rounding may decide whether a gap that is just a pixel wide is beyond it.
    assert max(abs(k - logistic_parting(start)) for k, start in zip(found, starts, strict=True)) <= 1
    assert np.median(found) == pytest.approx(math.log(SEEN / APART) / math.log(2), abs=3)


@pytest.mark.parametrize("start", [(3.3, -2.1), (-4, 4.5), (0.3, 0.2), None])
def test_momentum_on_rastrigin_parts_before_the_last_bit_does(start):
    """From a last bit, 1e-16, its paths have parted after 28 to 60 steps; from 1e-12 they do sooner."""
    (told,) = reports({"optimizer": "momentum"}, surface="rastrigin", steps=125, start=start)
    assert told.chaotic_from_step is not None
    assert 10 < told.chaotic_from_step <= 60
    mark = f"Chaotic: {HOW} from step {told.chaotic_from_step}."
    assert told.outcome.sentence.endswith(f" {mark}")
    assert told.outcome.short.endswith(", chaotic")


@pytest.mark.parametrize(
    ("surface", "one"),
    [
        ("simple_quad", descent(1.2)),
        ("simple_quad", method("momentum", learning_rate=5)),
        ("rotated_quadratic", descent(10)),
        ("rosenbrock", descent(1)),
        ("beale", method("nesterov", learning_rate=1)),
        ("saddle", descent(0.1)),
    ],
)
def test_a_run_that_explodes_is_not_called_chaotic(surface, one):
    """Its gap grows beyond every pixel, but not against the path, which grows as fast."""
    experiment = check({"surface": surface, "steps": 3000, "runs": [one]})
    (path,) = run(experiment)
    assert last_finite(path) < experiment.steps or np.abs(path.points[-1]).max() > 1e100
    assert parting_step(experiment, experiment.runs[0], experiment.seed, path) is None


@pytest.mark.parametrize("name", PUBLISHED)
def test_no_published_outcome_is_another_one(name):
    """A mark is added at the end, nothing else."""
    experiment = PUBLISHED[name].experiment
    paths, minima = run(experiment), minima_of(experiment.landscape)
    for told, path in zip(report(experiment, paths, minima), paths, strict=True):
        plain, chaotic = outcome(experiment, path, minima), told.chaotic_from_step is not None
        assert (told.outcome.kind, told.outcome.step) == (plain.kind, plain.step)
        assert told.outcome.short == plain.short + ", chaotic" * chaotic
        assert told.outcome.sentence.startswith(plain.sentence)
        assert chaotic == (told.outcome.sentence != plain.sentence)


def test_of_the_article_s_methods_adadelta_is_chaotic_on_basins_and_walls():
    """Float64 transcriptions part there from step 17 on; nothing else of the article does within its 125 steps."""
    found = {
        (name, told.name): told.chaotic_from_step
        for name, one in PUBLISHED.items()
        if name.startswith("cross-method/")
        for told in report(one.experiment, run(one.experiment), ())
        if told.chaotic_from_step is not None
    }
    assert found.keys() == {("cross-method/basins_and_walls", "Adadelta")}
    assert 17 <= min(found.values()) <= 30


def test_the_twin_of_the_median_meets_the_median_s_noise():
    """On a bowl noise changes nothing in a gap; another seed's noise would part any twin at once."""
    noisy = {"surface": "simple_quad", "noise": "additive", "sigma": 1.0, "seeds": 9, "seed": 5, "steps": 60}
    experiment = check(noisy | {"runs": [descent(0.1), {"optimizer": "adam"}]})
    fans = list(each_fan(experiment))
    assert any(fan.middle for fan in fans)
    assert median_seeds(experiment) == [experiment.all_seeds[fan.middle] for fan in fans]
    assert [row["chaotic_from_step"] for row in answer(experiment)["reports"]] == [None, None]
    assert [one.chaotic_from_step for one in Runs(experiment).reports] == [None, None]
    assert [one.chaotic_from_step for one in report(experiment, run(experiment), ())] == [None, None]


def test_a_start_far_out_has_a_twin_still():
    """At 1e6 float64 is coarser than 1e-12 of the unit square."""
    surface = "formula:4*(x-999999)^3/3-3*(x-999999)^2/2+y^2/2"
    view = [999_999, 1_000_000, 0, 1]
    (parting,) = partings(descent(1), surface=surface, start=[999_999.2, 0], view=view, steps=125)
    assert parting is not None


# The same surface, computed in two orders: what parts them is rounding alone.
CAMEL = ("2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2", "x*(x*(2 + x*x*(x*x/6 - 1.05)) + y) + y*y")


def test_where_two_ways_to_write_a_surface_part_the_run_is_chaotic():
    """RMSProp rests in a minimum until its memory of slopes has faded; then what rounding has left of them decides."""
    rest = {"view": [-5, 5, -5, 5], "start": [-3, 4], "steps": 200, "runs": [method("rmsprop", learning_rate=0.14)]}
    ways = [check(rest | {"surface": f"formula:{one}"}) for one in CAMEL]
    (some,), (others,) = map(run, ways)
    apart = np.hypot(*(some.points - others.points).T) > SEEN * ways[0].landscape.diagonal
    assert apart.any()
    parting = int(np.argmax(apart))
    for way, path in zip(ways, (some, others), strict=True):
        told = parting_step(way, way.runs[0], way.seed, path)
        assert told is not None
        assert 0 <= parting - told <= 10


@pytest.mark.parametrize("rate", [0.1055, 0.106, 0.1065])
def test_a_run_may_forget_its_start_and_hang_on_rounding(rate):
    """The twin that only starts elsewhere comes back to the run's very path."""
    one = check({"surface": "hills_and_canyon", "steps": 125, "runs": [method("rmsprop", learning_rate=rate)]})
    (path,) = run(one)
    beside = np.array(one.start) + one.landscape.diagonal * ASIDE
    twin = walk_twin(beside, np.ones((2, 2)), one, one.runs[0], one.seed)
    assert np.array_equal(twin.points[40:50], path.points[40:50])
    assert parting_step(one, one.runs[0], one.seed, path) is not None


QUIET = ("gradient_descent", "adam", "lion", "rprop")  # two of them go by the slope's sign alone


@pytest.mark.parametrize("surface", ["simple_quad", "booth", "mccormick", "easom", "giant_plateau"])
def test_a_quiet_run_is_not_called_chaotic(surface):
    """Neither in a bowl, nor at rest in a minimum, nor on a plateau with slopes as small as rounding is elsewhere."""
    assert partings(*map(method, QUIET), surface=surface, steps=200) == [None] * len(QUIET)


def test_a_twin_compiles_nothing():
    pair = {"surface": "formula:x^2 + 0.375*y^2 + x*y/11", "steps": 30, "runs": [{"optimizer": "adam"}]}
    one = check(pair)
    paths = run(one)
    with compilations() as compiled:
        parting_step(one, one.runs[0], one.seed, paths[0])
    assert compiled == []
