"""Trainings that take too long for their reader to wait: jobs that are offered, watched, shared, and then taken in.

Nothing long begins by itself: a value that is dragged, or a link that many open, orders nothing.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.exports._trained import keep
from fall_line.jobs import trainings
from fall_line.jobs.folder import Job
from fall_line.pages.train.trained import every, so_far
from fall_line.settings import settings
from fall_line.training.cost import duration, seconds_left
from fall_line.training.training_file import load
from fall_line.training.under_way import Made, room_for
from fall_line.validation import InputError

GONE = "What was trained is gone from the disk; it can be trained again."
START, CANCEL = "start", "cancel"


class Long(NamedTuple):
    """Trainings that are not made while their reader waits.

    Attributes:
        job: how they stand, ready for JSON: their `kind` is offered, waiting, drawing, failed or cancelled.
        told: what is told so far of those that are under way, by their keys.
    """

    job: dict[str, Any]
    told: Mapping[str, Made]


def look(experiment: TrainingExperiment, wish: object, browser: str) -> Long | None:
    """Return how the long trainings of `experiment` stand, or None if what is left of it is short.

    With the wish to start or cancel them that is done first.

    Raises:
        InputError: too many long trainings wait.
        ExportError: the job folder can't be used.
    """
    if not _is_long(experiment):
        return None
    problem = _take_in(experiment)
    if not _is_long(experiment):
        return None
    if wish == START:
        _start(experiment, browser)
    live = [job for job in _jobs(experiment) if _kind(job) in trainings.LIVE]
    if wish == CANCEL:
        for job in live:
            trainings.leave(job, browser)
        live = []
    for job in live:
        with suppress(FileNotFoundError):
            return Long(trainings.standing(job, browser)._asdict(), _told(live))
    return Long(_offer(experiment, browser, problem), {})


def files_take(experiment: TrainingExperiment) -> bool:
    """Let files of `experiment` be made of what the page has trained, and return whether that is all of it.

    Raises:
        ExportError: the job folder can't be used.
    """
    if _is_long(experiment):
        _take_in(experiment)
    found = [[one.history for one in seeds if one.done and one.history is not None] for seeds in so_far(experiment)]
    if any(len(seeds) < experiment.seeds for seeds in found):
        return False
    keep(experiment, found)
    return True


def _is_long(experiment: TrainingExperiment) -> bool:
    return _seconds(experiment) > settings().training_seconds


def _seconds(experiment: TrainingExperiment) -> float:
    made = [[experiment.steps if one.done else one.step for one in seeds] for seeds in so_far(experiment)]
    return seconds_left(experiment, made)


def _offer(experiment: TrainingExperiment, browser: str, problem: str) -> dict[str, Any]:
    """Return what is said where nothing is under way: how long it takes, and how the last try ended if it failed."""
    offered = {"kind": "offered", "problem": problem, "takes": duration(_seconds(experiment))}
    for job in _jobs(experiment)[:1]:
        with suppress(FileNotFoundError):
            last = trainings.standing(job, browser)
            if last.kind == "failed":
                return offered | {"kind": "failed", "problem": last.problem}
    return offered


def _start(experiment: TrainingExperiment, browser: str) -> None:
    """Order the trainings that are neither made nor under way."""
    live = [job for job in _jobs(experiment) if _kind(job) in trainings.LIVE]
    under_way = {key for job in live for key in job.order["keys"]}
    wanted = [
        (run, [one.key for one in seeds])
        for run, seeds in zip(experiment.runs, so_far(experiment), strict=True)
        if not all(one.done or one.key in under_way for one in seeds)
    ]
    if wanted:
        left = experiment.model_copy(update={"runs": tuple(run for run, _ in wanted)})
        keys = [key for _, seeds in wanted for key in seeds]
        trainings.ask(trainings.Order(left.model_dump(mode="json"), keys, room_for(experiment)), browser)
    for job in live:
        trainings.join(job, browser)


def _jobs(experiment: TrainingExperiment) -> list[Job]:
    return trainings.of_keys({one.key for one in every(experiment) if not one.done})


def _kind(job: Job) -> str:
    try:
        return job.kind()
    except (FileNotFoundError, ValueError):  # removed just now, or spoiled by a crash of the machine
        return "gone"


def _take_in(experiment: TrainingExperiment) -> str:
    """Take over what jobs have made, and return "", or in a sentence that it can't be read any more."""
    problem = ""
    for job in _jobs(experiment):
        if _kind(job) != "done":
            continue
        try:
            made = _by_key(job, job.file)
        except (OSError, ValueError, InputError):  # removed or spoiled
            problem = GONE
            continue
        for one in every(experiment):
            if one.key in made and not one.done:
                one.take(made[one.key])
    return problem


def _told(jobs: Iterable[Job]) -> dict[str, Made]:
    told: dict[str, Made] = {}
    for job in jobs:
        # There is none yet, or the job is over just now.
        with suppress(OSError, ValueError, InputError):
            told |= _light(job, job.so_far, job.so_far.stat().st_mtime_ns)
    return told


@lru_cache(maxsize=4)
def _light(job: Job, path: Path, changed: int) -> dict[str, Made]:  # noqa: ARG001, a file that is written anew is another
    return _by_key(job, path)


def _by_key(job: Job, path: Path) -> dict[str, Made]:
    return dict(zip(job.order["keys"], load(path, check(job.order["experiment"])), strict=True))
