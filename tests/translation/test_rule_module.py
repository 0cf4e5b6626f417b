"""A rule's module walks where the compiled rule walks.

Compared are the steps up to which three twins, which see the surface with rounding errors, stay within 1e-9 of the
domain's diagonal: a run that has amplified 4e-15 more than a hundred thousand times is no longer determined by its
recursion, and two correct programs part. Up to there the browser's path is the server's to 1e-9 of the diagonal.
"""

import numpy as np
import pytest

from fall_line.experiments.noise_kinds import COPIES
from fall_line.trajectories.conditions import ROWS, Conditions
from fall_line.trajectories.run import program
from fall_line.translation.rule import rule_module
from fall_line.translation.surface import surface_module
from landscapes import SURFACES
from optimizers import OPTIMIZERS
from tests.translation.programs import walked

STEPS = 60
ROUNDING = 4e-15  # of the diagonal, and of a loss: what a sum of some terms loses
NEAR = 1e-9  # of the diagonal

SOME = ("hills_and_canyon",)
PAIRS = [pytest.param(key, marks=() if key in SOME else pytest.mark.thorough) for key in SURFACES]


def drawn_hypers(generator, hyper):
    """Return a value of the slider's range, on its scale, so near the default that many runs stay in the domain."""
    if hyper.scale == "log":
        return float(np.clip(hyper.default * 10 ** generator.uniform(-0.5, 0.2), hyper.low, hyper.high))
    return float(generator.uniform(min(hyper.low, hyper.default), hyper.default))


def conditions(generator, kind):
    """Return noise of this kind, and schedules on everything that has one."""
    sigmas = {"additive": [0.1, 0.0], "multiplicative": [0.0, 0.3]}
    copied = kind == "minibatch"
    return Conditions(
        amounts=np.array(sigmas.get(kind, [0.0, 0.0])),
        normals=generator.standard_normal((ROWS, 2)),
        shifts=generator.normal(0, 0.1, (COPIES, 2)) if copied else np.zeros((0, 2)),
        ranks=generator.random((ROWS, COPIES)).argsort(axis=1).astype(np.uint8)
        if copied
        else np.zeros((0, 0), np.uint8),
        batch=np.float64(5),
        rates=generator.uniform(0.5, 1, ROWS) if kind != "none" else np.ones(ROWS),
        windows=generator.uniform(0.5, 1, ROWS) if kind != "none" else np.ones(ROWS),
    )


def question(start, hypers, parameters, met):
    told = {
        "amounts": met.amounts.tolist(),
        "normals": met.normals[:STEPS].ravel().tolist(),
        "rates": met.rates[:STEPS].tolist(),
        "windows": met.windows[:STEPS].tolist(),
        "shifts": met.shifts.ravel().tolist(),
        "ranks": met.ranks[:STEPS].ravel().tolist(),
        "batch": float(met.batch),
    }
    return {"start": start, "hypers": hypers, "parameters": parameters, "steps": STEPS, "conditions": told}


def drawn_run(generator, surface, optimizer, kind):
    x_low, x_high, y_low, y_high = surface.domain
    start = generator.uniform((x_low, y_low), (x_high, y_high)).tolist()
    hypers = [drawn_hypers(generator, hyper) for hyper in optimizer.hypers]
    parameters = [hyper.default for hyper in surface.parameters]
    met = conditions(generator, kind)
    compiled = program(surface, optimizer)(np.array(start), np.array(hypers), np.array(parameters), STEPS, met)
    run = {"surface": surface.key, "rule": optimizer.key, "diagonal": np.hypot(x_high - x_low, y_high - y_low)}
    return run | {"question": question(start, hypers, parameters, met)}, np.asarray(compiled[0])[: STEPS + 1]


def check(run, expected, found, twins):
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.max([np.hypot(*(twin - found).T) for twin in twins], axis=0) / run["diagonal"]
        away = np.hypot(*(found - expected).T) / run["diagonal"]
    lasting = int(np.argmin(np.append(apart <= NEAR, False)))
    assert (away[:lasting] <= NEAR).all(), (run["surface"], run["rule"], away[:lasting].max())
    return lasting


def kinds(optimizer):
    """L-BFGS searches along a noisy slope for a lower loss, finds none, and where it then stands is rounding alone."""
    return ("none",) if optimizer.key == "lbfgs" else ("none", "additive")


@pytest.mark.parametrize("key", PAIRS)
def test_every_rule_walks_alike(key):
    generator = np.random.default_rng(8)
    surface = SURFACES[key]
    drawn = [drawn_run(generator, surface, one, kind) for one in OPTIMIZERS.values() for kind in kinds(one)]
    rules = {name: rule_module(one) for name, one in OPTIMIZERS.items()}
    answers = walked({key: surface_module(surface)}, rules, [run for run, _ in drawn], ROUNDING)
    lasting = [check(run, expected, *_told(answer)) for (run, expected), answer in zip(drawn, answers, strict=True)]
    # Most are compared to their end; without that the test would prove little.
    assert np.median(lasting) == STEPS + 1


@pytest.mark.parametrize("kind", ["multiplicative", "minibatch"])
def test_noise_of_every_kind(kind):
    generator = np.random.default_rng(9)
    surface = SURFACES["rotated_quadratic"]
    keys = ("gradient_descent", "adam", "nesterov_at_lookahead", "newton")
    drawn = [drawn_run(generator, surface, OPTIMIZERS[key], kind) for key in keys]
    rules = {key: rule_module(OPTIMIZERS[key]) for key in keys}
    answers = walked({surface.key: surface_module(surface)}, rules, [run for run, _ in drawn], ROUNDING)
    lasting = [check(run, expected, *_told(answer)) for (run, expected), answer in zip(drawn, answers, strict=True)]
    assert min(lasting) == STEPS + 1


def _told(answer):
    return answer[0], answer[1:]
