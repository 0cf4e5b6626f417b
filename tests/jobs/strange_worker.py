"""A worker that also has formats which do what real ones do rarely: stand still, fail, crash.

Run as a script it takes the worker's own arguments. LEASE in the environment shortens how long a worker may be silent.
"""
# ruff: noqa: ARG001, every format takes the same three arguments

import errno
import os
import signal
import sys
import time

from fall_line import exports
from fall_line.exports import ExportError, Format
from fall_line.jobs import attempt, janitor, worker


def told(scene, path, word):
    """Write down in the job folder which process did what to the scene, and whether it had loaded JAX."""
    with (path.parents[1] / "told.log").open("a") as log:
        log.write(f"{word} {scene.title} {os.getpid()} {'jax' in sys.modules}\n")


def quick(scene, path, progress):
    told(scene, path, "drawn")
    progress(0, 1)
    path.write_text(scene.title)
    progress(1, 1)


def gated(scene, path, progress):
    """Stand still until there is a file called like the scene in the job folder."""
    draft = path.with_name(".draft.part.gated")
    told(scene, path, "begun")
    try:
        draft.write_text("half")
        progress(0, 4)
        while not (path.parents[1] / scene.title).exists():
            progress(1, 4)
            time.sleep(0.01)
        draft.write_text(scene.title)
        progress(4, 4)
        draft.replace(path)
        told(scene, path, "drawn")
    finally:
        draft.unlink(missing_ok=True)


def crashing(scene, path, progress):
    told(scene, path, "begun")
    path.with_name(".draft.part.crashing").write_text("half")
    progress(1, 2)
    os.kill(os.getpid(), signal.SIGKILL)


def stalled(scene, path, progress):
    told(scene, path, "begun")
    time.sleep(600)


def full(scene, path, progress):
    path.with_name(".draft.part.full").write_text("half")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def forbidden(scene, path, progress):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def refused(scene, path, progress):
    raise ExportError("The encoder is missing.")


def broken(scene, path, progress):
    path.write_text("half")
    raise ZeroDivisionError("a bug")


def empty(scene, path, progress):
    """Forget to write the file."""


FORMATS = {
    one.__name__: Format(key=one.__name__, label=one.__name__, media_type="text/plain", draw=one, fastest=10)
    for one in (quick, gated, crashing, stalled, full, forbidden, refused, broken, empty)
}


if __name__ == "__main__":
    exports.FORMATS.update(FORMATS)
    # Whatever is looked at now and then is looked at often.
    worker.POLL_SECONDS = worker.TIDY_SECONDS = attempt.PULSE_SECONDS = 0.1
    janitor.LEASE_SECONDS = float(os.environ.get("LEASE", janitor.LEASE_SECONDS))
    attempt.STALLED_SECONDS = float(os.environ.get("STALLED", attempt.STALLED_SECONDS))
    sys.exit(worker.main(sys.argv[1:]))
