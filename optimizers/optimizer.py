"""What an update rule is.

A rule is a pair of pure functions. `init` makes the method's memory from the start point; `step` is handed the
problem, not a gradient, so that it decides itself where to look: ahead along the velocity, at several points, or
at the curvature. The loop that calls it then needs no special case for any method.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from jax import Array

from fall_line.hyperparameter import Hyper


class Problem(NamedTuple):
    """What is minimized.

    Attributes:
        value: θ ↦ J(θ), a scalar.
        gradient: θ ↦ ∇J(θ), of θ's shape; with noise in it if the experiment has noise.
    """

    value: Callable[[Array], Array]
    gradient: Callable[[Array], Array]


@dataclass(frozen=True, eq=False)
class Optimizer:
    """An update rule. Two are the same if their keys are.

    Attributes:
        key: the name used in links, files and the command line; also the module's name.
        label: the name a reader sees.
        family: methods that are read side by side, e.g. `momentum`; the picker groups by it.
        hypers: its hyperparameters, the learning rate first.
        init: `init(point, **hypers) -> state`, a pytree of arrays whose structure and shapes never change.
        step: `step(problem, point, state, **hypers) -> (point, state)`, one update. Pure JAX; every hyperparameter
            arrives as a traced scalar, so that no value compiles anything.
        formula: the recursion as LaTeX lines, without dollar signs, `\\\\` between lines.
        memory: the symbols of the state's arrays, in the order in which JAX walks through its leaves.
        variant: which variant this is, and which libraries do otherwise.
        source: paper, book or article.
        summary: one sentence for who meets the method for the first time: what it does.
        also: what else people call it, or look for it by, e.g. `SGD`; the pickers' search knows these.
        taught: its place among the methods with which a course begins, from 1; 0 if it is none of them.
        elementwise: the rule works on arrays of any shape, and each element moves as it would alone. A rule that mixes
            the coordinates, by a norm or a Hessian, takes a vector or a scalar.
        needs_loss: the rule asks for J itself or for its curvature, which a bare gradient signal doesn't have.
        listed: whether it is in the catalogue; compiled programs of one that was made on the way are kept for a while
            only.
    """

    key: str
    label: str
    family: str
    hypers: tuple[Hyper, ...]
    init: Callable[..., Any]
    step: Callable[..., tuple[Array, Any]]
    formula: str
    variant: str
    source: str
    summary: str = ""
    also: tuple[str, ...] = ()
    taught: int = 0
    memory: tuple[str, ...] = ()
    elementwise: bool = True
    needs_loss: bool = False
    listed: bool = True

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, Optimizer) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)
