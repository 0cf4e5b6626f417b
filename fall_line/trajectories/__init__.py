"""What is computed: the paths that optimizers take, losses, minima. JAX goes in, NumPy comes out."""

import jax

from fall_line.trajectories.whole_loops import compile_loops_whole

compile_loops_whole()
jax.config.update("jax_enable_x64", True)
# A run takes a few dozen microseconds: handing it to another thread and waiting for it costs more than running it here.
jax.config.update("jax_cpu_enable_async_dispatch", False)
