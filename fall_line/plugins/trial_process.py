"""Tries plugins out in a process of its own: python -m plugins.trial_process

Each line of standard input is the path of a file as JSON. Each is answered with a line on standard output: null, or
why it can't be used, `[line, sentence]`. A file that takes longer than its limit ends the process, as does one that
crashes; standard error then holds where it was, as the module `faulthandler` writes it.
"""

import faulthandler
import json
import os
import sys
from pathlib import Path

import jax

from fall_line.plugins.optimizer_trial import try_optimizer
from fall_line.plugins.plugin_file import PluginError, read
from fall_line.plugins.surface_trial import try_surface
from fall_line.plugins.task_trial import try_task
from landscapes import Surface
from networks import Task


def main(limit: float) -> None:
    """Answer until standard input is closed; each file has `limit` seconds."""
    questions, answers, report = (os.fdopen(os.dup(stream), mode) for stream, mode in ((0, "r"), (1, "w"), (2, "w")))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        # What a plugin prints or reads must not stand between question and answer.
        os.dup2(nothing, stream)
    faulthandler.enable(report)
    jax.jit(jax.grad(lambda x: x**2))(1.0)  # what JAX prepares once isn't counted against a file
    print("ready", file=answers, flush=True)
    for question in questions:
        # Kept by a thread that doesn't need the interpreter, so that nothing a plugin does holds it up.
        faulthandler.dump_traceback_later(limit, exit=True, file=report)
        answer = tried(Path(json.loads(question)))
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(answer and [answer.line, answer.sentence]), file=answers, flush=True)
    os._exit(0)  # whatever threads a plugin has left


def tried(path: Path) -> PluginError | None:
    """Return why the plugin at `path` can't be used, or None."""
    try:
        found = read(path)
        if isinstance(found.thing, Surface):
            try_surface(found.thing, path, found.line)
        elif isinstance(found.thing, Task):
            try_task(found.thing, path, found.line)
        else:
            try_optimizer(found.thing, path, found.line)
    except PluginError as fault:
        return fault
    except KeyboardInterrupt:
        return PluginError(path.name, None, "KeyboardInterrupt: it must not end the program.")
    return None


if __name__ == "__main__":
    main(float(sys.argv[1]))
