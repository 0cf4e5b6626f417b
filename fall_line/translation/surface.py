"""A surface as a JavaScript module."""

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.translation.body import Body
from fall_line.translation.derivative import derivatives
from fall_line.translation.equations import written
from fall_line.translation.module import function, module
from landscapes import Surface

FUNCTIONS = {"loss": ((0, 0),), "slope": ((1, 0), (0, 1)), "curvature": ((2, 0), (1, 1), (0, 2))}


def surface_module(surface: Surface) -> str:
    """Return the module of `surface`, whose derivatives are those of `jax.grad`.

    It exports `loss(x, y, p)`, which returns J, `slope(x, y, p, out)` and `curvature(x, y, p, out)`, which write
    ∂J/∂x, ∂J/∂y and ∂²J/∂x², ∂²J/∂x∂y, ∂²J/∂y² into `out`. `p` has the parameters in the surface's order.

    Raises:
        UntranslatableError: the surface uses an operation that has no JavaScript.
    """
    bodies = {name: _body(surface, orders) for name, orders in FUNCTIONS.items()}
    pieces = [function(name, "x, y, p" if name == "loss" else "x, y, p, out", body) for name, body in bodies.items()]
    return module(pieces, list(bodies.values()))


def _body(surface: Surface, orders: tuple[tuple[int, int], ...]) -> Body:
    def asked(x: jax.Array, y: jax.Array, parameters: list[jax.Array]) -> list[jax.Array]:
        chosen = dict(zip((hyper.key for hyper in surface.parameters), parameters, strict=True))
        made = derivatives(lambda a, b: surface.value(a, b, **chosen), sum(orders[0]))
        return [made[order](x, y) for order in orders]

    number = jax.ShapeDtypeStruct((), jnp.float64)
    closed = jax.make_jaxpr(asked)(number, number, [number] * len(surface.parameters))
    body = Body()
    names = ["x", "y", *(body.let(f"p[{k}]") for k in range(len(surface.parameters)))]
    results = written(body, closed, [np.array(name, object) for name in names])
    if orders == ((0, 0),):
        body.add(f"return {results[0][()]};")
    else:
        for k, result in enumerate(results):
            body.add(f"out[{k}] = {result[()]};")
    return body
