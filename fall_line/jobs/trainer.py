"""Trains what a job orders: python -m fall_line.jobs.trainer FOLDER

Prints after each part how many steps are made and how many are wanted, or in a sentence why it can't, and ends when its
standard input is closed.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import fall_line.trajectories  # noqa: F401, compiles loops as the page's process does, to the last bit
from fall_line.experiments.training_experiment import TrainingExperiment, TrainingRun, check
from fall_line.jobs.attempt import sentence
from fall_line.jobs.folder import Job
from fall_line.jobs.training_process import PROBLEM
from fall_line.settings import cache_folder
from fall_line.training.patience import Patience
from fall_line.training.training_file import save
from fall_line.training.under_way import Made, advanced, ended
from fall_line.trajectories.compiled import keep_compiled
from fall_line.validation import InputError

TOLD_SECONDS = 1.0  # at least, from one writing of what has been made to the next
SHARE = 20.0  # and so many times as long as writing takes


class _One(NamedTuple):
    run: TrainingRun
    seed: int
    patience: Patience


def main(folder: Path) -> None:
    """Train all that is ordered in `folder` and write the file, or say why it can't be."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    keep_compiled(cache_folder() / "compiled")
    try:
        _train(Job(folder))
    except InputError as error:
        print(f"{PROBLEM.decode()}{error}", flush=True)
    except OSError as error:
        print(f"{PROBLEM.decode()}{sentence(error)}", flush=True)


def _train(job: Job) -> None:
    experiment = check(job.order["experiment"])
    made = _trained(experiment, job.order["room"], _Teller(job, experiment))
    draft = job.path / "file.part.npz"
    save(draft, made)
    os.replace(draft, job.file)


def _trained(experiment: TrainingExperiment, room: int, tell: Callable[[list[Made]], None]) -> list[Made]:
    """Train part by part, the shortest training first, so that all curves grow."""
    situation = experiment.model_copy(update={"runs": (), "patience": 0})
    all_of_them = [
        _One(run, seed, Patience(experiment.patience)) for run in experiment.runs for seed in experiment.all_seeds
    ]
    made = [Made()] * len(all_of_them)
    while left := [place for place, one in enumerate(made) if not ended(one, experiment.steps)]:
        place = min(left, key=lambda one: made[one].step)
        one = all_of_them[place]
        made[place] = advanced(made[place], situation, one.run, one.seed, one.patience, room)
        tell(made)
    return made


class _Teller:
    """Tells how far all trainings have come, on standard output, and now and then in the job's folder."""

    def __init__(self, job: Job, experiment: TrainingExperiment) -> None:
        self._job, self._experiment = job, experiment
        self._due = 0.0

    def __call__(self, made: list[Made]) -> None:
        steps = self._experiment.steps
        done = sum(steps if ended(one, steps) else one.step for one in made)
        print(done, steps * len(made), flush=True)
        began = time.monotonic()
        if began >= self._due:
            draft = self._job.path / "so-far.part.npz"
            save(draft, made, weights=False)
            os.replace(draft, self._job.so_far)
            ended_at = time.monotonic()
            self._due = ended_at + max(TOLD_SECONDS, SHARE * (ended_at - began))


def _end_with_parent() -> None:
    """End this process when the one that started it is gone."""
    while os.read(sys.stdin.fileno(), 4096):
        continue
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
