"""What holds for all tests: float64, and nothing compiled in an earlier run."""

import jax

from fall_line import trajectories  # noqa: F401, switches float64 on

jax.config.update("jax_enable_compilation_cache", False)
