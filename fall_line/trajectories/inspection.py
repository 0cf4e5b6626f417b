"""One step of one run, looked at closely: where the rule stands, where it looks, what it remembers, how it moves.

All of it comes from the rule's own code. The run is walked to the step without a record; then the rule makes the one
step with a problem that writes down where it was asked and what it answered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import numpy as np
from jax.extend.core import get_opaque_trace_state
from numpy.typing import NDArray

from fall_line.experiments.experiment import Experiment
from fall_line.trajectories.conditions import Conditions, conditions
from fall_line.trajectories.run import each_fan, hyper_values, program_of_pair, walker
from landscapes import Surface
from optimizers import Optimizer, Problem

Floats = NDArray[np.float64]


class Look(NamedTuple):
    """Where a rule asked for the gradient, and what it was told, noise included.

    Attributes:
        place: (2,), in the plane of the surface.
        gradient: (2,).
    """

    place: Floats
    gradient: Floats


@dataclass(frozen=True)
class Inspection:
    """The state of a run before the step from k to k + 1, and that step.

    Attributes:
        optimizer: the method.
        step: k.
        seed: of the noise, or None without noise.
        point: (2,) θ.
        loss: J(θ), without noise.
        gradient: (2,) ∇J(θ), without noise.
        looks: where the rule asked for the gradient in this step, in order; not what inner loops asked.
        settings: each hyperparameter's value at this step, after its schedule, by its key.
        before: the memory before the step, by the symbols of `Optimizer.memory`; scalars, (2,) or other arrays.
        after: the memory after it, or None at the end of the run.
        next_point: (2,) where the step leads, or None at the end of the run.
    """

    optimizer: Optimizer
    step: int
    seed: int | None
    point: Floats
    loss: float
    gradient: Floats
    looks: tuple[Look, ...]
    settings: dict[str, float]
    before: dict[str, Floats]
    after: dict[str, Floats] | None
    next_point: Floats | None

    @property
    def update(self) -> Floats | None:
        """Δθ (2,), how far the step leads, or None at the end of the run."""
        return None if self.next_point is None else self.next_point - self.point

    @property
    def effective_step(self) -> Floats | None:
        """Δθ/(−∇J(θ)) (2,): the η with which gradient descent would go as far. NaN where ∇J(θ) is 0."""
        if self.update is None:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.gradient == 0, np.nan, self.update / -self.gradient)

    @property
    def finite(self) -> bool:
        """Whether point, loss and gradient are finite here."""
        return bool(np.isfinite([*self.point, self.loss, *self.gradient]).all())


def inspect(experiment: Experiment, run_index: int, step: int) -> Inspection:
    """Return the state of the run at `run_index` before its step number `step`, 0 to `experiment.steps`, and the step.

    With several seeds it is the median seed's run that is looked at. At the last step there is no further one.
    """
    run, seed = experiment.runs[run_index], median_seed(experiment, run_index)
    start = np.asarray(experiment.start, dtype=np.float64)
    given = conditions(experiment, run, seed)
    program = _program(experiment.surface, run.optimizer)
    found = program(start, hyper_values(run), experiment.landscape.parameters, step, given)
    point, state, next_point, after, loss, gradient, settings, looks = jax.tree.map(np.asarray, found)
    moves, optimizer = step < experiment.steps, run.optimizer
    return Inspection(
        optimizer=optimizer,
        step=step,
        seed=seed if experiment.noise != "none" and experiment.sigma > 0 else None,
        point=point,
        loss=float(loss),
        gradient=gradient,
        looks=tuple(Look(*one) for one in looks) if moves else (),
        settings={key: float(value) for key, value in settings.items()},
        before=_named(optimizer, state),
        after=_named(optimizer, after) if moves else None,
        next_point=next_point if moves else None,
    )


def _named(optimizer: Optimizer, state: Any) -> dict[str, Floats]:
    return dict(zip(optimizer.memory, jax.tree.leaves(state), strict=False))


@program_of_pair
def _program(surface: Surface, optimizer: Optimizer) -> Callable[..., tuple]:
    """Return the jitted `(start, hypers, parameters, step, given) -> …` that walks to a step and makes it watched."""
    pair = walker(surface, optimizer)

    def inspected(
        start: jax.Array, hypers: jax.Array, parameters: jax.Array, step: jax.Array, given: Conditions
    ) -> tuple[Any, ...]:
        def advance(k: jax.Array, carry: tuple) -> tuple:
            return pair.advance(k, *carry, hypers, parameters, given)

        point, state = jax.lax.fori_loop(0, step, advance, (start, pair.begin(start, hypers, given)))
        settings, watched = pair.settings(step, hypers, given), _Watched(pair.problem(step, parameters, given))
        next_point, after = optimizer.step(watched.problem, point, state, **settings)
        return point, state, next_point, after, *pair.look(step, point, parameters, given), settings, watched.looks

    return jax.jit(inspected)


class _Watched:
    """A problem that writes down where its gradient is asked for.

    What is asked inside a loop or a derivative of the rule's own is only known there, and is not written down.
    """

    def __init__(self, problem: Problem) -> None:
        self.outside = _trace()
        self.looks: list[tuple[jax.Array, jax.Array]] = []
        self.plain = problem.gradient
        self.problem = problem._replace(gradient=self.gradient)

    def gradient(self, place: jax.Array) -> jax.Array:
        """Return ∇J at `place` and note both."""
        found = self.plain(place)
        if _trace() == self.outside:
            self.looks.append((place, found))
        return found


def _trace() -> Any:
    return get_opaque_trace_state(convention="nnx")


def median_seed(experiment: Experiment, run_index: int) -> int:
    """Return the seed whose path is shown for the run at `run_index`."""
    if len(experiment.all_seeds) == 1:
        return experiment.all_seeds[0]
    walked = experiment.model_copy(update={"view": None, "step": None})
    return experiment.all_seeds[_middles(walked)[run_index]]


@lru_cache(maxsize=64)
def _middles(experiment: Experiment) -> tuple[int, ...]:
    """Return for each run which of its seeds is the median one; kept, for playing asks it at every step."""
    return tuple(one.middle for one in each_fan(experiment))
