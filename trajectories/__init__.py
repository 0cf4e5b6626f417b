"""Experiments, the paths that optimizers take in them, and what became of each. JAX goes in, NumPy comes out."""

import jax

jax.config.update("jax_enable_x64", True)
