"""Where the browser's path and the server's part, the server has called the run chaotic; and the browser says the same.

Both walk the same recursion, so where they are a pixel apart within these steps it is rounding that has parted them.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.trajectories.conditions import conditions
from fall_line.trajectories.run import hyper_values, last_finite, run
from fall_line.trajectories.sensitivity import SEEN, parting_step, twin_of
from fall_line.translation.rule import rule_module
from fall_line.translation.surface import surface_module
from landscapes import SURFACES
from optimizers import OPTIMIZERS
from tests.translation.programs import judged

STEPS = 200
# Errors grow by a factor a step, of a twin's few last bits as of a browser's; which is the first to be a pixel wide is
# chance, within the steps that tell the two errors apart.
SLACK = 4

# A comparison of two losses, or of sᵀy with 0, may hang on one bit at a single step. There rounding throws a coin, and
# the twin's may fall as the run's: such runs are often called chaotic later than a browser parts from them, or never.
COINS = ("barzilai_borwein", "exact_line_search", "gradient_descent_backtracking", "lbfgs")
# Those that part most, without coins: they divide by their memory of slopes, or swing.
PRONE = ("adafactor", "adam_nesterov", "momentum", "nadam", "rmsprop")
ON = ("hills_and_canyon", "himmelblau", "rastrigin", "three_hump_camel")

KINDS = {
    "start": {},
    "additive": {"noise": "additive", "sigma": 0.1},
    "multiplicative": {"noise": "multiplicative", "sigma": 0.2},
    "minibatch": {"noise": "minibatch", "sigma": 0.1, "batch": 4},
    "schedule": {},
    "best": {"return_best": True},
}


def drawn_experiment(generator, surface, optimizer, kind):
    """Return an experiment of one run, with a rate of a tenth to three times the default."""
    rate, domain = OPTIMIZERS[optimizer].hypers[0], SURFACES[surface].domain
    drawn = float(np.clip(rate.default * 10 ** generator.uniform(-1, 0.5), rate.low, rate.high))
    one = {"optimizer": optimizer, "hypers": {rate.key: drawn}}
    if kind == "schedule":
        one["schedules"] = {"learning_rate": {"kind": "exponential", "final": float(generator.uniform(0.1, 1))}}
    start = [float(generator.uniform(*domain[:2])), float(generator.uniform(*domain[2:]))]
    fields = {"surface": surface, "steps": STEPS, "start": start, "seed": int(generator.integers(100))}
    return check(fields | KINDS[kind] | {"runs": [one]})


def told(experiment):
    """Return what the browser is told of the experiment's only run."""
    (one,) = experiment.runs
    met, landscape = conditions(experiment, one, experiment.seed), experiment.landscape
    rows = {name: getattr(met, name)[:STEPS] for name in ("normals", "ranks", "rates", "windows")}
    tables = {name: np.asarray(table).ravel().tolist() for name, table in rows.items()}
    meets = {"amounts": met.amounts.tolist(), "shifts": met.shifts.ravel().tolist(), "batch": float(met.batch)}
    question = {
        "start": experiment.start,
        "hypers": hyper_values(one).tolist(),
        "parameters": landscape.parameters.tolist(),
        "steps": STEPS,
        "conditions": meets | tables,
    }
    keys = {"surface": experiment.surface.key, "rule": one.optimizer.key}
    return keys | {"diagonal": landscape.diagonal, "question": question}


@np.errstate(over="ignore", invalid="ignore")
def parted(experiment, points, others, pixels=1.0):
    """Return the first step at which two paths of finite points are more than so many pixels apart, or None."""
    rows = min(len(points), len(others))
    own = points[:rows]
    reach = np.hypot(*(np.maximum.accumulate(own) - np.minimum.accumulate(own)).T)
    apart = np.hypot(*(own - others[:rows]).T) > pixels * SEEN * np.maximum(experiment.landscape.diagonal, reach)
    return int(np.argmax(apart)) if apart.any() else None


class Partings(NamedTuple):
    """From which step two paths are a hundredth of a pixel, one, and two apart; if never, one after the last."""

    traced: int
    one: int
    two: int


def partings(experiment, points, others):
    steps = [parted(experiment, points, others, pixels) for pixels in (0.01, 1, 2)]
    return Partings(*(STEPS + 1 if step is None else step for step in steps))


def told_of(experiments):
    """Return, for each, the partings of server and browser, of the server and its twin, of the browser and its."""
    surfaces = {one.surface.key: surface_module(one.surface) for one in experiments}
    rules = {one.runs[0].optimizer.key: rule_module(one.runs[0].optimizer) for one in experiments}
    found = []
    for one, browser in zip(experiments, judged(surfaces, rules, [told(one) for one in experiments]), strict=True):
        (path,) = run(one)
        beside = twin_of(one, one.runs[0], one.seed)
        own, twin = (each.points[: last_finite(each) + 1] for each in (path, beside))
        # What both say is what these partings tell.
        assert parting_step(one, one.runs[0], one.seed, path) == parted(one, own, twin), case(one)
        assert browser.chaotic == parted(one, browser.points, browser.twin), case(one)
        pairs = ((own, browser.points), (own, twin), (browser.points, browser.twin))
        found.append(tuple(partings(one, *pair) for pair in pairs))
    return found


def case(experiment):
    (one,) = experiment.runs
    return experiment.surface.key, one.optimizer.key, one.hypers, experiment.start, experiment.noise, experiment.seed


def follows(twin, other):
    """Whether a twin parts no later than the other pair, but for chance.

    Two paths that circle around a minimum, each at its own time, are apart by at most the circle. Where that is about
    as wide as a pixel, it is chance for how long they are less than one apart, but not when they begin to part.
    """
    return twin.one <= other.two + SLACK and twin.traced <= other.one + SLACK


def compare(experiments):
    """Check every run and return how many the browser walks elsewhere, and how many are chaotic."""
    found = told_of(experiments)
    for one, (apart, server, browser) in zip(experiments, found, strict=True):
        assert follows(server, apart), ("not called chaotic", case(one), apart, server)
        assert follows(server, browser), ("the server is later", case(one), server, browser)
        assert follows(browser, server), ("the browser is later", case(one), server, browser)
    late = [abs(browser.one - server.one) > SLACK for _, server, browser in found]
    assert np.mean(late) <= 0.01
    return sum(apart.one <= STEPS for apart, _, _ in found), sum(server.one <= STEPS for _, server, _ in found)


def test_two_paths_that_circle_a_pixel_wide_may_be_called_chaotic_at_other_steps():
    # Adadelta's swing is about a pixel wide here. Server and browser part from their twins at the same step, and are a
    # whole pixel from them 42 steps after each other.
    hypers = {"learning_rate": 1.2454789033280058}
    start = [0.7275917477034062, -1.5342665309234746]
    runs = [{"optimizer": "adadelta", "hypers": hypers}]
    experiment = check({"surface": "ripple", "steps": STEPS, "start": start, "seed": 69, "runs": runs})
    ((_, server, browser),) = told_of([experiment])
    assert abs(server.traced - browser.traced) <= SLACK, (server, browser)
    assert max(server.two, browser.two) > STEPS, (server, browser)
    assert follows(server, browser)
    assert follows(browser, server)


def test_where_browser_and_server_part_the_run_is_called_chaotic_by_both_and_from_the_same_step():
    generator = np.random.default_rng(14)
    pairs = product(ON, PRONE, ("start",) * 8)
    apart, chaotic = compare([drawn_experiment(generator, *one) for one in pairs])
    # Without runs that part, and without some that don't, this would prove nothing.
    assert 12 <= apart <= chaotic <= 80


def test_the_same_with_whatever_a_run_meets():
    generator = np.random.default_rng(15)
    pairs = product(("hills_and_canyon", "rastrigin"), ("momentum", "nadam", "rmsprop"), list(KINDS)[1:] * 2)
    apart, chaotic = compare([drawn_experiment(generator, *one) for one in pairs])
    assert 4 <= apart <= chaotic <= 40


def test_where_one_bit_throws_a_coin_most_are_called_chaotic():
    generator = np.random.default_rng(16)
    experiments = [drawn_experiment(generator, *one) for one in product(("beale", "rastrigin"), COINS, ("start",) * 20)]
    found = [(apart, server) for apart, server, _ in told_of(experiments) if apart.one <= STEPS]
    called = [server.one <= min(apart.one + SLACK, STEPS) for apart, server in found]
    assert len(called) >= 10
    assert np.mean(called) >= 0.75


@pytest.mark.thorough
@pytest.mark.parametrize("surface", SURFACES)
def test_every_method_on_every_surface(surface):
    generator = np.random.default_rng(17)
    methods = [key for key in OPTIMIZERS if key not in COINS]
    compare([drawn_experiment(generator, surface, *one) for one in product(methods, list(KINDS)[:3])])
