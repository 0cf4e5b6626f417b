"""What `list` shows."""

from collections.abc import Iterator

from fall_line.experiments.published import PUBLISHED
from fall_line.experiments.published_responses import PUBLISHED_RESPONSES
from fall_line.experiments.published_trainings import PUBLISHED_TRAININGS
from fall_line.experiments.schedules import SCHEDULES
from fall_line.hyperparameter import Hyper
from landscapes import SURFACES
from networks import TASKS
from optimizers import OPTIMIZERS


def catalogue() -> Iterator[str]:
    """Yield every surface, task, optimizer, schedule and published experiment, with the ranges of their numbers."""
    yield "SURFACES"
    for surface in SURFACES.values():
        yield f"  {surface.key:<27} {surface.label}"
        yield from map(_setting, surface.parameters)
    yield "\nOPTIMIZERS"
    for optimizer in OPTIMIZERS.values():
        yield f"  {optimizer.key:<27} {optimizer.label}"
        yield from map(_setting, optimizer.hypers)
    yield "\nTASKS"
    for task in TASKS.values():
        yield f"  {task.key:<27} {task.label}"
    yield "\nSCHEDULES"
    for schedule in SCHEDULES.values():
        yield f"  {schedule.key:<28}{schedule.label}"
        yield from map(_setting, schedule.hypers)
    yield "\nEXPERIMENTS"
    for name, one in PUBLISHED.items():
        yield f"  {name:<34}{one.title}"
    yield "\nRESPONSES"
    for name, response in PUBLISHED_RESPONSES.items():
        yield f"  {name:<46}{response.title}"
    yield "\nTRAININGS"
    for name, training in PUBLISHED_TRAININGS.items():
        yield f"  {name:<34}{training.title}"


def _setting(hyper: Hyper) -> str:
    return f"      {hyper.key:<24}{hyper.symbol:<6}default {hyper.default:<10g}from {hyper.low:g} to {hyper.high:g}"
