"""What is computed by a call that gives several numbers at once: derivatives of the surface, axes of a matrix."""

import numpy as np

from fall_line.translation.body import Body, Scalars
from fall_line.translation.untranslatable import UntranslatableError

# How a surface is asked, by the order of its derivative along x and y.
CALLS = {
    (1, 0): ("surface.slope({0}, {1}, slope)", "slope[0]"),
    (0, 1): ("surface.slope({0}, {1}, slope)", "slope[1]"),
    (2, 0): ("surface.curvature({0}, {1}, curvature)", "curvature[0]"),
    (1, 1): ("surface.curvature({0}, {1}, curvature)", "curvature[1]"),
    (0, 2): ("surface.curvature({0}, {1}, curvature)", "curvature[2]"),
}
# What these calls write into.
SCRATCH = """\
const slope = new Float64Array(2);
const curvature = new Float64Array(3);
const axes = new Float64Array(6);
"""


def asked(body: Body, order: tuple[int, int], x: Scalars, y: Scalars) -> Scalars:
    """Return the derivative of this order of the surface at each of the points."""
    made = np.empty(x.shape, object)
    for place in np.ndindex(x.shape):
        made[place] = _asked_at(body, order, str(x[place]), str(y[place]))
    return made


def _asked_at(body: Body, order: tuple[int, int], x: str, y: str) -> str:
    if order == (0, 0):
        return body.let(f"surface.loss({x}, {y})")
    if order not in CALLS:
        raise UntranslatableError("A rule that asks for a third derivative of the surface can't be translated.")
    call, _ = CALLS[order]
    together = [other for other in CALLS if sum(other) == sum(order)]
    names = body.recall(call.format(x, y), [CALLS[other][1] for other in together])
    return names[together.index(order)]


def spectrum(body: Body, matrix: Scalars) -> list[Scalars]:
    """Return the eigenvectors of a symmetric 2 × 2 matrix as columns, and its eigenvalues, the lower first."""
    if matrix.shape != (2, 2):
        raise UntranslatableError("The eigenvectors of a matrix but of 2 × 2 can't be translated.")
    body.files.add("spectrum.js")
    call = f"spectrum({matrix[0, 0]}, {matrix[1, 0]}, {matrix[1, 1]}, axes)"
    low, high, *axes = body.recall(call, [f"axes[{k}]" for k in range(6)])
    return [np.array(axes, object).reshape(2, 2), np.array([low, high], object)]
