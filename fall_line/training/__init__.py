"""What is computed of networks: weights step by step, losses, curvature, planes. JAX goes in, NumPy comes out."""

import jax

jax.config.update("jax_enable_x64", True)
# A step takes microseconds: handing it to another thread and waiting for it costs more than making it here.
jax.config.update("jax_cpu_enable_async_dispatch", False)
