"""A rule's module walks where the compiled rule walks, whatever the run meets.

Compared are the steps up to which five twins, which see the surface with rounding errors of 1e-15, stay within 1e-9
of the run: one that has amplified them more than a million times is no longer determined by its recursion, and two
correct programs part. Up to there the browser's path is the server's to 1e-9. Both are measured in diagonals of the
domain, or in how far out the point is, if that is more: a run that explodes is compared until it is not finite, and
then in that it isn't: whether ∞ or NaN comes first depends on the order of factors, which XLA may change, and to a
reader both are the end of the run. A loss may be off by what the slope makes of so much.
"""

import numpy as np
import pytest

from fall_line.experiments.noise_kinds import COPIES
from fall_line.experiments.schedules import SCHEDULES, factors
from fall_line.trajectories.conditions import NO_RANKS, ROWS, Conditions
from fall_line.trajectories.run import Trajectory, last_finite, program
from fall_line.translation.rule import rule_module
from fall_line.translation.surface import surface_module
from landscapes import SURFACES
from optimizers import OPTIMIZERS
from tests.translation.programs import walked

STEPS = 60
ROUNDING = 1e-15  # of the diagonal, and of a loss
NEAR = 1e-9

KINDS = ("none", "schedules", "additive", "multiplicative", "both", "minibatch")
# Float32 within, a matrix's axes, loops that end when they are done, memories of many steps.
SOME_METHODS = (
    "adafactor",
    "adamw",
    "exact_line_search",
    "gradient_descent_backtracking",
    "lbfgs",
    "nadam",
    "nesterov_at_lookahead",
    "newton",
    "radam",
    "saddle_free_newton",
)
SOME_SURFACES = ("hills_and_canyon", "rotated_quadratic")


def drawn_value(generator, hyper):
    """Return a value of the slider's range, on its scale, so near the default that many runs stay in the domain."""
    if hyper.scale == "log":
        return float(np.clip(hyper.default * 10 ** generator.uniform(-0.5, 0.2), hyper.low, hyper.high))
    return float(generator.uniform(min(hyper.low, hyper.default), hyper.default))


def drawn_schedule(generator):
    """Return the factors of a schedule of any kind."""
    column, kind = np.ones(ROWS), SCHEDULES[generator.choice(list(SCHEDULES))]
    column[:STEPS] = factors(kind.key, {one.key: drawn_value(generator, one) for one in kind.hypers}, STEPS)
    return column


def drawn_conditions(generator, kind):
    """Return noise of this kind, and schedules on everything that has one."""
    sigmas = {"additive": (1, 0), "multiplicative": (0, 1), "both": (1, 1)}.get(kind, (0, 0))
    copied, plain = kind == "minibatch", kind == "none"
    orders = generator.random((ROWS, COPIES)).argsort(axis=1).astype(np.uint8)
    return Conditions(
        amounts=np.array(sigmas) * generator.uniform(0, 0.5, 2),
        normals=generator.standard_normal((ROWS, 2)),
        shifts=generator.normal(0, generator.uniform(0, 0.3), (COPIES, 2)) if copied else np.zeros((0, 2)),
        ranks=orders if copied else NO_RANKS,
        batch=np.float64(generator.integers(1, COPIES + 1)),
        rates=np.ones(ROWS) if plain else drawn_schedule(generator),
        windows=np.ones(ROWS) if plain else drawn_schedule(generator),
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
    """Return what the browser is told of a run, and what the compiled program makes of it."""
    x_low, x_high, y_low, y_high = surface.domain
    start = generator.uniform((x_low, y_low), (x_high, y_high)).tolist()
    hypers = [drawn_value(generator, hyper) for hyper in optimizer.hypers]
    parameters = [float(generator.uniform(hyper.low, hyper.high)) for hyper in surface.parameters]
    met = drawn_conditions(generator, kind)
    compiled = program(surface, optimizer)(np.array(start), np.array(hypers), np.array(parameters), STEPS, met)
    run = {"surface": surface.key, "rule": optimizer.key, "diagonal": np.hypot(x_high - x_low, y_high - y_low)}
    told = question(start, hypers, parameters, met)
    return run | {"kind": kind, "question": told}, Trajectory(*(np.asarray(one)[: STEPS + 1] for one in compiled))


def distance(some, others, scale):
    """Return how far apart points are; nothing if neither is finite."""
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.hypot(*(some - others).T) / scale
    same = ~np.isfinite(some).all(axis=1) & ~np.isfinite(others).all(axis=1)
    return np.where(same, 0.0, np.where(np.isnan(apart), np.inf, apart))


def check(run, expected, found):
    """Compare one run and return up to which step it could be."""
    own, *twins = found.points
    out = np.hypot(*expected.points.T)
    scale = np.maximum(run["diagonal"], np.where(np.isfinite(out), out, 0))
    away = distance(own, expected.points, scale)
    apart = np.max([distance(own, twin, scale) for twin in twins], axis=0)
    lasting = int(np.argmin(np.append(apart <= NEAR, False)))
    case = {name: run[name] for name in ("surface", "rule", "kind")}
    assert (away[:lasting] <= NEAR).all(), (case, int(np.argmax(away > NEAR)), lasting, run["question"]["hypers"])
    with np.errstate(invalid="ignore", over="ignore"):
        allowed = NEAR * (1 + np.abs(expected.losses) + scale * np.hypot(*expected.gradients.T))
        off = np.abs(found.losses - expected.losses)
    known = (np.isfinite(expected.losses) & np.isfinite(allowed))[:lasting]
    assert (off <= allowed)[:lasting][known].all(), case
    if lasting == STEPS + 1:
        check_kept(expected, found.kept, allowed, case)
    return lasting


def check_kept(expected, kept, allowed, case):
    """Return to best: the step has the least loss, but for what two losses may be off."""
    end = last_finite(expected)
    assert (kept is None) == (end < 0), case
    if kept is not None:
        best = int(np.argmin(expected.losses[: end + 1]))
        assert kept <= end, case
        assert expected.losses[kept] <= expected.losses[best] + allowed[kept] + allowed[best], case


def compared(generator, surface, cases):
    """Walk the (method, kind) of the cases, and return up to which step each was compared."""
    drawn = [drawn_run(generator, surface, OPTIMIZERS[key], kind) for key, kind in cases]
    rules = {key: rule_module(OPTIMIZERS[key]) for key, _ in cases}
    answers = walked({surface.key: surface_module(surface)}, rules, [run for run, _ in drawn], ROUNDING)
    return [check(run, expected, found) for (run, expected), found in zip(drawn, answers, strict=True)]


@pytest.mark.thorough
@pytest.mark.parametrize("key", SURFACES)
def test_every_rule_walks_alike_with_whatever_it_meets(key):
    lasting = compared(np.random.default_rng(8), SURFACES[key], [(one, kind) for one in OPTIMIZERS for kind in KINDS])
    # Most are compared to their end, or at least far: without that the test would prove little.
    assert np.mean(lasting) > 0.6 * STEPS, np.mean(lasting)


def test_every_rule_walks_alike():
    generator = np.random.default_rng(9)
    lasting = compared(
        generator, SURFACES["hills_and_canyon"], [(one, generator.choice(KINDS[:5])) for one in OPTIMIZERS]
    )
    assert np.mean(lasting) > 0.8 * STEPS


@pytest.mark.parametrize("key", SOME_SURFACES)
def test_rules_of_every_sort_with_whatever_they_meet(key):
    generator = np.random.default_rng(10)
    cases = [(one, kind) for one in SOME_METHODS for kind in KINDS]
    lasting = compared(generator, SURFACES[key], cases)
    assert np.mean(lasting) > 0.7 * STEPS
