"""Where the minima of a landscape lie: known, or searched for from many starts at once.

Surfaces with a list of minima have it for the surface itself. A typed surface, and the mean of shifted copies that
minibatches are drawn from, must be searched. That takes a moment, so live answers ask only for what is known already.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from threading import Lock

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.landscape import Key, Landscape
from fall_line.trajectories.kinked_minima import kinked_minima
from fall_line.trajectories.loss import Loss, loss_of
from landscapes import Box, Minimum, Surface

Floats = NDArray[np.float64]

SIDE = 20  # starts along each side of the domain
DESCENT = 60  # steps of damped Newton descent from each
POLISH = 30  # plain Newton steps at the end; where a bowl is flatter than a parabola, many are needed
LONGEST = 0.05  # of the diagonal: a step
SHARES = (1.0, 0.5, 0.2, 0.05, 0.01, 0.001)  # of a step that are tried, the lowest point is taken
SETTLED = 1e-9  # of the diagonal: the last step was shorter
AROUND = 1e-3  # of the diagonal: at this distance the loss is greater on all sides
SAME = 1e-5  # of the diagonal: two ends are one minimum
MOST = 20
HEAD_START = 0.6  # s before a search in the background begins
KEPT = 1024  # found lists that are remembered
WAITING = 16  # surfaces whose search may wait
PROGRAMS = 128


def minima_of(landscape: Landscape) -> tuple[Minimum, ...]:
    """Return the local minima of the loss, the lowest first: those listed, or else those found.

    A search looks at the surface's domain only and returns at most 20, those at kinks, as of |x| + |y|, among them.
    """
    found = _known(landscape)
    if found is None:
        found = _search(landscape)
        _remember(landscape.key, found)
    return found


def minima_if_known(landscape: Landscape) -> tuple[Minimum, ...] | None:
    """Return the same as `minima_of` if that takes no time, else None; the search then goes on in the background."""
    found = _known(landscape)
    if found is None:
        _search_later(landscape)
    return found


_found: OrderedDict[Key, tuple[Minimum, ...]] = OrderedDict()
_waiting: dict[Surface, tuple[Key, Future]] = {}
_lock = Lock()
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="minima")


def _known(landscape: Landscape) -> tuple[Minimum, ...] | None:
    if landscape.minima is not None:
        return landscape.minima
    with _lock:
        return _found.get(landscape.key)


def _remember(key: Key, minima: tuple[Minimum, ...]) -> None:
    with _lock:
        _found[key] = minima
        while len(_found) > KEPT:
            _found.popitem(last=False)


def _search_later(landscape: Landscape) -> None:
    """Let the worker search unless it is about to; a search of the same surface that still waits is dropped."""
    key = landscape.key
    with _lock:
        waiting = {surface: job for surface, job in _waiting.items() if not job[1].done()}
        _waiting.clear()
        _waiting.update(waiting)
        before = _waiting.get(landscape.surface)
        if (before is not None and (before[0] == key or not before[1].cancel())) or len(_waiting) >= WAITING:
            # What is asked again later is searched then.
            return
        _waiting[landscape.surface] = key, _worker.submit(_search_in_background, landscape)


def _search_in_background(landscape: Landscape) -> None:
    # What the reader waits for, paths and contour, is compiled first.
    time.sleep(HEAD_START)
    try:
        minima_of(landscape)
    except Exception:
        # Remembered as none found, or the page would ask for ever.
        logging.getLogger(__name__).exception("the search for minima of %s failed", landscape.surface.key)
        _remember(landscape.key, ())


def _search(landscape: Landscape) -> tuple[Minimum, ...]:
    domain, diagonal = landscape.domain, landscape.diagonal
    program = _search_program(landscape.surface)
    arrays = program(_starts(domain), diagonal, landscape.parameters, landscape.shifts)
    points, losses, steps, rises, spread = map(np.asarray, arrays)
    with np.errstate(invalid="ignore"):
        good = (steps <= SETTLED * diagonal) & (rises > 1e-14 * spread + 1e-15 * np.abs(losses))
    x, y = points.T
    good &= (domain.x_low <= x) & (x <= domain.x_high) & (domain.y_low <= y) & (y <= domain.y_high)
    at_kinks, heights = kinked_minima(landscape)
    points, losses = np.concatenate([points[good], at_kinks]), np.concatenate([losses[good], heights])
    return _merged(points, losses, SAME * diagonal)


def _merged(points: Floats, losses: Floats, near: float) -> tuple[Minimum, ...]:
    """Return the lowest of the points, each once."""
    kept: list[Minimum] = []
    for index in np.lexsort((points[:, 1], points[:, 0], losses)):
        x, y = points[index]
        if all(np.hypot(x - one.x, y - one.y) > near for one in kept):
            kept.append(Minimum(float(x), float(y), float(losses[index])))
        if len(kept) == MOST:
            break
    return tuple(kept)


def _starts(domain: Box) -> Floats:
    middles = (np.arange(SIDE) + 0.5) / SIDE
    x = domain.x_low + middles * (domain.x_high - domain.x_low)
    y = domain.y_low + middles * (domain.y_high - domain.y_low)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


@lru_cache(maxsize=PROGRAMS)
def _search_program(surface: Surface) -> Callable[..., tuple[jax.Array, ...]]:
    """Return the jitted search of one surface, `(starts, diagonal, parameters, shifts) -> points, losses, steps, rises,
    spread`.

    For each of the starts it gives where the search ended, J there, how long the last Newton step was, and how much
    higher the lowest of the points around it is; and for all the median of J at the starts less the least.
    """

    def search(
        starts: jax.Array, diagonal: jax.Array, parameters: jax.Array, shifts: jax.Array
    ) -> tuple[jax.Array, ...]:
        loss = loss_of(surface, parameters, shifts)
        points, steps = jax.vmap(lambda start: _descended(loss, start, diagonal))(starts)
        angles = jnp.linspace(0, 2 * jnp.pi, 16, endpoint=False)
        around = AROUND * diagonal * jnp.stack([jnp.cos(angles), jnp.sin(angles)], axis=-1)
        losses = jax.vmap(loss)(points)
        rises = jax.vmap(lambda point: jnp.min(jax.vmap(loss)(point + around)))(points) - losses
        first = jax.vmap(loss)(starts)
        spread = jnp.nanmedian(first) - jnp.nanmin(first)
        return points, losses, steps, rises, spread

    return jax.jit(search)


def _descended(loss: Loss, start: jax.Array, diagonal: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return where damped Newton descent from `start` ends, and how long its last step was."""
    shares = jnp.array(SHARES)

    def advance(k: jax.Array, carry: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        point, _ = carry
        step = _newton_step(loss, point)
        length = jnp.linalg.norm(step)
        tried = point + (shares * jnp.minimum(1.0, LONGEST * diagonal / length))[:, None] * step
        losses = jax.vmap(loss)(tried)
        best = jnp.nanargmin(losses)
        descended = jnp.where(losses[best] < loss(point), tried[best], point)
        # Near a minimum differences of the loss are lost in rounding, but those of the slope are not.
        polished = jnp.where(length < AROUND * diagonal, point + step, point)
        return jnp.where(k < DESCENT, descended, polished), length

    return jax.lax.fori_loop(0, DESCENT + POLISH, advance, (start, jnp.array(jnp.inf)))


def _newton_step(loss: Loss, point: jax.Array) -> jax.Array:
    """Return −|H|⁻¹∇J, with |H| the Hessian with all its eigenvalues made positive: it leads downhill everywhere.

    With the eigenvalues m ± r, |H|⁻¹ = a + b (H − m), where a ± br = 1/|m ± r|.
    """
    gradient, hessian = jax.grad(loss)(point), jax.hessian(loss)(point)
    m = jnp.trace(hessian) / 2
    r = jnp.hypot((hessian[0, 0] - hessian[1, 1]) / 2, hessian[0, 1])
    upper, lower = 1 / jnp.abs(m + r), 1 / jnp.abs(m - r)
    b = jnp.where(r > 0, (upper - lower) / (2 * r), 0.0)
    step = -((upper + lower) / 2 * gradient + b * (hessian @ gradient - m * gradient))
    # Where a kink lies at the bottom of a bowl, √(x² + y²)², there may be no curvature, and no need of it.
    return jnp.where((gradient == 0).all(), 0.0, step)
