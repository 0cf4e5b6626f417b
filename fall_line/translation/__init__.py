"""Translates surfaces and update rules into JavaScript, so that the reader's browser walks the very same recursion."""

import jax

jax.config.update("jax_enable_x64", True)
