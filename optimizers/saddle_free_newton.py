"""Newton's method with the size of each curvature, so that it leaves saddles."""

import jax.numpy as jnp
from jax import Array

from optimizers import _curvature, _hypers
from optimizers.optimizer import Optimizer, Problem


def init(_point: Array, **_: Array) -> tuple[()]:
    """Nothing: the method has no memory."""
    return ()


def step(
    problem: Problem, point: Array, state: tuple[()], *, learning_rate: Array, damping: Array
) -> tuple[Array, tuple[()]]:
    """θ ← θ − η(|H| + λI)⁻¹∇J(θ), |H| having the Hessian's axes and the sizes of its eigenvalues."""
    curvatures, axes = _curvature.spectrum(problem, point)
    slopes = axes.T @ problem.gradient(point)
    return point - learning_rate * (axes @ (slopes / (jnp.abs(curvatures) + damping))), state


saddle_free_newton = Optimizer(
    key="saddle_free_newton",
    label="Saddle-free Newton",
    family="second order",
    hypers=(_hypers.learning_rate(1.0), _hypers.damping()),
    init=init,
    step=step,
    formula=(
        r"H = Q\,\mathrm{diag}(\mu)\,Q^\top,\quad |H| = Q\,\mathrm{diag}(|\mu|)\,Q^\top"
        r" \\ \theta \leftarrow \theta - \eta\,(|H| + \lambda I)^{-1} g"
    ),
    summary="Newton's method that treats every bend as if it curved upwards, so that it runs away from saddles.",
    also=("Hessian", "curvature", "absolute Hessian"),
    variant=(
        "Every step leads downhill, away from saddles and maxima; where nothing bends downwards it is Newton. The "
        "paper works in a small subspace, two coordinates need none. Lasagne, PyTorch, Optax and Keras have no such "
        "method."
    ),
    source="Dauphin et al. (2014), Identifying and attacking the saddle point problem, NeurIPS, arXiv:1406.2572",
    elementwise=False,
    needs_loss=True,
)
