"""Where the browser's path and the server's part, the server has called the run chaotic; and the browser says the same.

Both walk the same recursion, so where they are a pixel apart within these steps it is rounding that has parted them.
"""

from itertools import product

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.trajectories.conditions import conditions
from fall_line.trajectories.run import hyper_values, last_finite, run
from fall_line.trajectories.sensitivity import SEEN, parting_step
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
def parted(experiment, path, points):
    """Return the first step at which the browser's `points` are a pixel or more from the server's `path`, or None."""
    end = last_finite(path)
    finite = np.isfinite(points).all(axis=1)
    own = path.points[: min(end, len(finite) - 1 if finite.all() else int(np.argmin(finite)) - 1) + 1]
    reach = np.hypot(*(np.maximum.accumulate(own) - np.minimum.accumulate(own)).T)
    apart = np.hypot(*(own - points[: len(own)]).T) > SEEN * np.maximum(experiment.landscape.diagonal, reach)
    return int(np.argmax(apart)) if apart.any() else None


def told_of(experiments):
    """Return, for each, where browser and server part, and from where each of them calls the run chaotic."""
    surfaces = {one.surface.key: surface_module(one.surface) for one in experiments}
    rules = {one.runs[0].optimizer.key: rule_module(one.runs[0].optimizer) for one in experiments}
    found = []
    for one, browser in zip(experiments, judged(surfaces, rules, [told(one) for one in experiments]), strict=True):
        (path,) = run(one)
        server = parting_step(one, one.runs[0], one.seed, path)
        found.append((parted(one, path, browser.points), server, browser.chaotic))
    return found


def case(experiment):
    (one,) = experiment.runs
    return experiment.surface.key, one.optimizer.key, one.hypers, experiment.start, experiment.noise, experiment.seed


def compare(experiments):
    """Check every run and return how many the browser walks elsewhere, and how many are chaotic."""
    found = told_of(experiments)
    for one, (apart, server, browser) in zip(experiments, found, strict=True):
        steps = [STEPS + 1 if step is None else step for step in (apart, server, browser)]
        assert steps[1] <= steps[0] + SLACK, ("not called chaotic", case(one), apart, server)
        assert abs(steps[2] - steps[1]) <= SLACK, ("called otherwise", case(one), server, browser)
    return sum(apart is not None for apart, _, _ in found), sum(server is not None for _, server, _ in found)


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
    found = [(apart, server) for apart, server, _ in told_of(experiments) if apart is not None]
    called = [server is not None and server <= apart + SLACK for apart, server in found]
    assert len(called) >= 10
    assert np.mean(called) >= 0.75


@pytest.mark.thorough
@pytest.mark.parametrize("surface", SURFACES)
def test_every_method_on_every_surface(surface):
    generator = np.random.default_rng(17)
    methods = [key for key in OPTIMIZERS if key not in COINS]
    compare([drawn_experiment(generator, surface, *one) for one in product(methods, list(KINDS)[:3])])
