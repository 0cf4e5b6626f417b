"""Slopes of functions that have kinks, tips and choices: what `jax.grad` is to give where there is no slope."""

from fall_line.subgradients.subgradient import with_subgradient
from fall_line.subgradients.traced import may_have_kinks

__all__ = ["may_have_kinks", "with_subgradient"]
