"""Newton's method: jumps to where the parabola that fits here has its stationary point."""

from jax import Array

from optimizers import _curvature, _hypers
from optimizers.optimizer import Optimizer, Problem


def init(_point: Array, **_: Array) -> tuple[()]:
    """Nothing: the method has no memory."""
    return ()


def step(
    problem: Problem, point: Array, state: tuple[()], *, learning_rate: Array, damping: Array
) -> tuple[Array, tuple[()]]:
    """θ ← θ − η(H + λI)⁻¹∇J(θ), H being the Hessian at θ."""
    curvatures, axes = _curvature.spectrum(problem, point)
    slopes = axes.T @ problem.gradient(point)
    return point - learning_rate * (axes @ (slopes / (curvatures + damping))), state


newton = Optimizer(
    key="newton",
    label="Newton",
    family="second order",
    hypers=(_hypers.learning_rate(1.0), _hypers.damping()),
    init=init,
    step=step,
    formula=(
        r"(H + \lambda I)\,d = g,\quad H = \nabla^2 J(\theta)"
        r" \\ \theta \leftarrow \theta - \eta d"
    ),
    summary="Uses the bend of the surface to jump to where the slope should vanish.",
    also=("Hessian", "Newton-Raphson", "curvature"),
    variant=(
        "Damped by η and by λ, without a line search. It seeks any point without slope: along an axis that bends "
        "downwards by more than λ it climbs, so that saddles and maxima attract it. Where H + λI is nearly singular it "
        "leaps. Lasagne, PyTorch, Optax and Keras have no such method."
    ),
    source="Nocedal and Wright (2006), Numerical optimization, sections 3.3 and 3.4",
    elementwise=False,
    needs_loss=True,
)
