"""Experiments, the paths that optimizers take in them, and what became of each. JAX goes in, NumPy comes out."""

import jax

jax.config.update("jax_enable_x64", True)
# A run takes a few dozen microseconds: handing it to another thread and waiting for it costs more than running it here.
jax.config.update("jax_cpu_enable_async_dispatch", False)
