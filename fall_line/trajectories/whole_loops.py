"""A run's loop is compiled whole, as one function, instead of operation by operation.

XLA hands each operation of a loop to a dispatcher, which costs some 50 ns each: ten times what the arithmetic of a
step costs. Only a loop whose step touches less than a kilobyte it compiles whole, and a step of Adam is just beyond
that. What it can't compile so, such as the eigenvalues of a Hessian, it still leaves to the dispatcher.
"""

import os

OPTION = "xla_backend_extra_options"
MOST_BYTES = 65_536  # that a step touches: 32 copies of a surface, or 64 values tried at once, are within it


def compile_loops_whole() -> None:
    """Raise XLA's limit in `XLA_FLAGS`; without effect where JAX has compiled something, or where it is set already.

    Results differ by roundings at most: another order of compilation fuses other products with their sums.
    """
    flags = os.environ.get("XLA_FLAGS", "")
    if OPTION not in flags:
        option = f"--{OPTION}=xla_cpu_small_while_loop_byte_threshold={MOST_BYTES}"
        os.environ["XLA_FLAGS"] = f"{flags} {option}".strip()
