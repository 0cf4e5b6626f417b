"""What a run's loop costs as XLA compiles it by itself and compiled whole, alone and with eight starts abreast.

    python -m benchmarks.loops

XLA reads its limit once, so each limit has a process of its own. Times are the least of many calls.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import jax
import numpy as np

from fall_line.experiments.mending import check
from fall_line.trajectories.conditions import ROWS, conditions
from fall_line.trajectories.run import hyper_values, walk_of
from fall_line.trajectories.whole_loops import MOST_BYTES, OPTION

SURFACES = ("hills_and_canyon", "wobbly", "rosenbrock")
METHODS = ("gradient_descent", "momentum", "rmsprop", "barzilai_borwein", "adam", "adamax_p", "nadam", "lbfgs")
LIMITS = {"whole below 1 kB, as XLA does": 1024, "whole": MOST_BYTES}
ABREAST, STEPS = 8, 1000


def least(action: Callable, calls: int = 40) -> float:
    """Return the milliseconds of the quickest call."""
    times = []
    for _ in range(calls):
        begun = time.perf_counter()
        jax.block_until_ready(action())
        times.append(time.perf_counter() - begun)
    return 1000 * min(times)


def compiled(walk: Callable, arguments: tuple) -> tuple[Callable, float]:
    """Return the program and the milliseconds it took XLA to compile it."""
    lowered = jax.jit(walk).lower(*arguments)
    begun = time.perf_counter()
    return lowered.compile(), 1000 * (time.perf_counter() - begun)


def print_pair(surface: str, method: str) -> None:
    one = check({"surface": surface, "steps": STEPS, "runs": [{"optimizer": method}]})
    run, start, walk = one.runs[0], np.asarray(one.start), walk_of(one.surface, one.runs[0].optimizer, ROWS)
    given = (hyper_values(run), one.landscape.parameters, STEPS, conditions(one, run, 0))
    starts = start + 0.1 * np.arange(ABREAST)[:, None]
    alone, first = compiled(walk, (start, *given))
    many, more = compiled(jax.vmap(walk, in_axes=(0, *(None for _ in given))), (starts, *given))
    single, abreast = least(lambda: alone(start, *given)), least(lambda: many(starts, *given), 12)
    print(f"{surface + ' × ' + method:<38}{single:8.3f} ms{first:8.0f} ms{abreast:12.3f} ms{more:8.0f} ms", flush=True)


def print_pairs() -> None:
    jax.block_until_ready(jax.jit(lambda x: x + 1)(1.0))
    for surface in SURFACES:
        for method in METHODS:
            print_pair(surface, method)


if __name__ == "__main__":
    if sys.argv[1:] == ["here"]:
        print_pairs()
    else:
        for name, limit in LIMITS.items():
            heads = f"{'alone':>11}{'compile':>11}{f'{ABREAST} abreast':>15}{'compile':>11}"
            print(f"\n{name + f', {STEPS} steps':<38}{heads}", flush=True)
            flags = f"--{OPTION}=xla_cpu_small_while_loop_byte_threshold={limit}"
            words = [sys.executable, "-m", "benchmarks.loops", "here"]
            subprocess.run(words, env={**os.environ, "XLA_FLAGS": flags}, check=True)
