"""A rule's module walks where the compiled rule walks, whatever the run meets.

Compared are the steps up to which five twins, which see the surface with rounding errors of 1e-15, stay within 1e-9
of the run: one that has amplified them more than a million times is no longer determined by its recursion, and two
correct programs part. A search along a line compares losses that may differ in the last digit only, so that one
rounding decides between two steps; five twins may all decide as the run does. A run that parts from JAX's is
therefore compared up to where JAX parts from itself: compiled without optimizations, which rounds otherwise, and from
a start 1e-15 of itself away. (L-BFGS under noise does so, whose search can't succeed: the browser then has the
numbers of that program to the last bit, and the optimized one has others.) Up to there the browser's path is the
server's to 1e-9. Both are measured in diagonals of the domain, or in how far out the point is, if that is more: a run
that explodes is compared until it is not finite, and then in that it isn't: whether ∞ or NaN comes first depends on
the order of factors, which XLA may change, and to a reader both are the end of the run. A loss may be off by what the
slope makes of so much.
"""

import jax
import numpy as np
import pytest

from fall_line.experiments.noise_kinds import COPIES
from fall_line.experiments.schedules import SCHEDULES, factors
from fall_line.trajectories.conditions import NO_RANKS, Conditions
from fall_line.trajectories.run import Trajectory, last_finite, walk_of
from fall_line.translation.rule import rule_module
from fall_line.translation.surface import surface_module
from landscapes import SURFACES
from optimizers import OPTIMIZERS
from tests.translation.programs import walked

STEPS = 60
ROWS = STEPS + 1
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
    kind = SCHEDULES[generator.choice(list(SCHEDULES))]
    return np.append(factors(kind.key, {one.key: drawn_value(generator, one) for one in kind.hypers}, STEPS), 1)


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
    """Return what the browser is told of a run, and what the compiled program is."""
    x_low, x_high, y_low, y_high = surface.domain
    start = generator.uniform((x_low, y_low), (x_high, y_high)).tolist()
    hypers = [drawn_value(generator, hyper) for hyper in optimizer.hypers]
    parameters = [float(generator.uniform(hyper.low, hyper.high)) for hyper in surface.parameters]
    met = drawn_conditions(generator, kind)
    run = {"surface": surface.key, "rule": optimizer.key, "diagonal": np.hypot(x_high - x_low, y_high - y_low)}
    told = run | {"kind": kind, "question": question(start, hypers, parameters, met)}
    return told, (np.array(start), np.array(hypers), np.array(parameters), STEPS, met)


def walked_by_jax(surface):
    """Return what walks several methods at once; compiled together, they take half as long as one by one."""

    def walk(given):
        return {key: walk_of(surface, OPTIMIZERS[key], ROWS)(*one) for key, one in given.items()}

    return jax.jit(walk)


def distance(some, others, scale):
    """Return how far apart points are; nothing if neither is finite."""
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.hypot(*(some - others).T) / scale
    same = ~np.isfinite(some).all(axis=1) & ~np.isfinite(others).all(axis=1)
    return np.where(same, 0.0, np.where(np.isnan(apart), np.inf, apart))


def own_parting(run, given, expected, scale):
    """Return up to which step JAX walks alike without optimizations, from the same start and from one beside it."""
    walk = jax.jit(walk_of(SURFACES[run["surface"]], OPTIMIZERS[run["rule"]], ROWS)).lower(*given)
    plain = walk.compile(compiler_options={"xla_backend_optimization_level": 0})
    starts = (given[0], given[0] * (1 + ROUNDING))
    apart = [distance(np.asarray(plain(one, *given[1:])[0]), expected.points, scale) for one in starts]
    return int(np.argmin(np.append(np.max(apart, axis=0) <= NEAR, False)))


def check(run, given, expected, found):
    """Compare one run and return up to which step it could be."""
    own, *twins = found.points
    out = np.hypot(*expected.points.T)
    scale = np.maximum(run["diagonal"], np.where(np.isfinite(out), out, 0))
    away = distance(own, expected.points, scale)
    apart = np.max([distance(own, twin, scale) for twin in twins], axis=0)
    lasting = int(np.argmin(np.append(apart <= NEAR, False)))
    if (away[:lasting] > NEAR).any():
        lasting = min(lasting, own_parting(run, given, expected, scale))
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


def compared(generator, surface, rounds):
    """Walk each round, the kinds of what some methods meet, and return up to which step each run was compared."""
    runs, walks, expected, walk = [], [], [], walked_by_jax(surface)
    for kinds in rounds:
        drawn = {key: drawn_run(generator, surface, OPTIMIZERS[key], kind) for key, kind in kinds.items()}
        arrived = walk({key: given for key, (_, given) in drawn.items()})
        runs += [told for told, _ in drawn.values()]
        walks += [given for _, given in drawn.values()]
        expected += [Trajectory(*map(np.asarray, arrived[key])) for key in drawn]
    rules = {key: rule_module(OPTIMIZERS[key]) for key in rounds[0]}
    found = walked({surface.key: surface_module(surface)}, rules, runs, ROUNDING)
    return [check(*one) for one in zip(runs, walks, expected, found, strict=True)]


@pytest.mark.thorough
@pytest.mark.parametrize("key", SURFACES)
def test_every_rule_walks_alike_with_whatever_it_meets(key):
    lasting = compared(np.random.default_rng(8), SURFACES[key], [dict.fromkeys(OPTIMIZERS, kind) for kind in KINDS])
    # Most are compared to their end, or at least far: without that the test would prove little.
    assert np.mean(lasting) > 0.6 * STEPS, np.mean(lasting)


def test_every_rule_walks_alike():
    generator = np.random.default_rng(9)
    kinds = {key: str(generator.choice(KINDS[:5])) for key in OPTIMIZERS}
    assert np.mean(compared(generator, SURFACES["hills_and_canyon"], [kinds])) > 0.8 * STEPS


@pytest.mark.parametrize("key", SOME_SURFACES)
def test_rules_of_every_sort_with_whatever_they_meet(key):
    rounds = [dict.fromkeys(SOME_METHODS, kind) for kind in KINDS]
    assert np.mean(compared(np.random.default_rng(10), SURFACES[key], rounds)) > 0.7 * STEPS
