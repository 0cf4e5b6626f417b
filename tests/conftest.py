"""What holds for all tests: float64, signals, and a folder for compiled programs that lasts as long as the run.

The run's processes and those that the tests start share the folder: what one has compiled, the others need only read.
Nothing compiled in an earlier run is used, and nothing is left behind.
"""

import os
import shutil
import signal
import tempfile

import jax

FOLDER = "FALL_LINE_TESTS_FOLDER"  # tells the processes of the run where it is
FIRST = FOLDER not in os.environ

if FIRST:
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="fall-line-tests-")
os.environ["XDG_CACHE_HOME"] = os.environ[FOLDER]

from fall_line import trajectories  # noqa: E402, F401, switches float64 on
from fall_line.settings import cache_folder  # noqa: E402
from fall_line.trajectories.compiled import keep_compiled  # noqa: E402

keep_compiled(cache_folder() / "compiled")
# For the processes that are started and keep nothing themselves: the command line, kernels, what is installed.
os.environ |= {
    "JAX_COMPILATION_CACHE_DIR": jax.config.jax_compilation_cache_dir or "",
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
}

# A process that was started in the background may have been told to ignore these, and so would all that it starts: a
# handler isn't inherited. This one does nothing either.
for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)


def pytest_unconfigure() -> None:
    """Remove the folder when the process that made it ends."""
    if FIRST:
        shutil.rmtree(os.environ[FOLDER], ignore_errors=True)
