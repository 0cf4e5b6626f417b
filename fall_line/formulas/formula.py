"""A formula that has been read."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.typing import ArrayLike
from numpy.typing import NDArray

from fall_line.formulas.evaluation import evaluate
from fall_line.formulas.latex import latex
from fall_line.formulas.tree import Node
from fall_line.hyperparameter import Hyper
from fall_line.subgradients import with_subgradient


@dataclass(frozen=True)
class Formula:
    """A formula of some variables and parameters.

    Attributes:
        text: what was typed, with single spaces for white space.
        variables: the names of the variables, whether the formula has them or not.
        tree: what was read.
        parameters: the other names, which get sliders.
        warnings: sentences about what a reader may not expect.
    """

    text: str
    variables: tuple[str, ...]
    tree: Node
    parameters: tuple[Hyper, ...]
    warnings: tuple[str, ...]

    @cached_property
    def latex(self) -> str:
        """The formula as LaTeX, without dollar signs."""
        return latex(self.tree)

    def value(self, /, **values: ArrayLike) -> Array:
        """Return the value for every variable and parameter, given by name, elementwise on JAX arrays.

        `jax.grad` gives the slope. Where a kink has none it is 0 at a minimum, as for abs at 0, else the mean of both
        sides; it is infinite or NaN where it isn't defined, as that of sqrt(x) at 0.
        """

        def compute(*places: Array, **parameters: Array) -> Array:
            result = evaluate(self.tree, dict(zip(self.variables, places, strict=True)) | parameters, jnp)
            shape = jnp.broadcast_shapes(*map(jnp.shape, (*places, *parameters.values())))
            return jnp.broadcast_to(jnp.asarray(result, dtype=float), shape)

        given = {name: jnp.asarray(value, dtype=float) for name, value in values.items()}
        places = [given.pop(name) for name in self.variables]
        return with_subgradient(compute, places=len(places))(*places, **given)

    def numpy(self, /, **values: Any) -> NDArray[np.float64]:
        """Return the same as `value`, computed by NumPy at once: for a look at a new formula, nothing is compiled."""
        with np.errstate(all="ignore"):
            result = evaluate(self.tree, values, np)
        return np.broadcast_to(
            np.asarray(result, dtype=np.float64), np.broadcast_shapes(*map(np.shape, values.values()))
        )
