"""That XLA compiles a run's loop as one function, in a process of its own: the limit is read once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHOLE = """
import sys
import numpy as np
from fall_line.experiments.mending import check
from fall_line.trajectories.conditions import conditions
from fall_line.trajectories.run import hyper_values, program
for key in sys.argv[1:]:
    one = check({"surface": "hills_and_canyon", "noise": "minibatch", "runs": [{"optimizer": key}]})
    run, point = one.runs[0], np.asarray(one.start)
    walk = program(one.surface, run.optimizer)
    given = walk.lower(point, hyper_values(run), one.landscape.parameters, 9, conditions(one, run, 0))
    print("small_call" in given.compile().as_text())
"""
FLAGS = """
import os
import fall_line.trajectories
print(os.environ["XLA_FLAGS"])
"""


def said(code, *words, flags=""):
    """What a fresh process prints that has these XLA_FLAGS from its user."""
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env={**os.environ, "XLA_FLAGS": flags},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return ran.stdout.split()


def test_loops_are_whole_but_for_those_that_ask_linear_algebra():
    assert said(WHOLE, "adam", "nadam", "lbfgs", "saddle_free_newton") == ["True", "True", "True", "False"]


@pytest.mark.parametrize("own", ["--xla_force_host_platform_device_count=2", "--xla_cpu_multi_thread_eigen=false"])
def test_flags_of_the_user_s_stay(own):
    flags = said(FLAGS, flags=own)
    assert flags[0] == own
    assert len(flags) == 2


def test_a_limit_of_the_user_s_is_left_as_it_is():
    own = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=1"
    assert said(FLAGS, flags=own) == [own]
    assert said(WHOLE, "adam", flags=own) == ["False"]
