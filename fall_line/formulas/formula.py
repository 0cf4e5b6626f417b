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
from fall_line.formulas.forward import forward
from fall_line.formulas.functions import FUNCTIONS
from fall_line.formulas.latex import latex
from fall_line.formulas.tree import Call, Node, walk
from fall_line.hyperparameter import Hyper


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

        `jax.grad` gives the slope. It is 0 where a kink or a jump has none, as for abs at 0, and infinite or NaN where
        it is not defined: sqrt(x^2 + y^2) has the slope 0 · ∞ at the origin.
        """
        names = (*self.variables, *(hyper.key for hyper in self.parameters))

        def compute(*arguments: Array) -> Array:
            result = evaluate(self.tree, dict(zip(names, arguments, strict=True)), jnp)
            shape = jnp.broadcast_shapes(*map(jnp.shape, arguments))
            return jnp.broadcast_to(jnp.asarray(result, dtype=float), shape)

        # Forwards takes longer to compile, and only what chooses between values needs it.
        chooses = any(isinstance(node, Call) and FUNCTIONS[node.function].chooses for node, _ in walk(self.tree))
        differentiable = forward(compute) if chooses else compute
        return differentiable(*(jnp.asarray(values[name], dtype=float) for name in names))

    def numpy(self, /, **values: Any) -> NDArray[np.float64]:
        """Return the same as `value`, computed by NumPy at once: for a look at a new formula, nothing is compiled."""
        with np.errstate(all="ignore"):
            result = evaluate(self.tree, values, np)
        return np.broadcast_to(
            np.asarray(result, dtype=np.float64), np.broadcast_shapes(*map(np.shape, values.values()))
        )
