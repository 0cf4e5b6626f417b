"""Every choice on the Train page in one frozen value: a task, a network, how it is trained, and by which methods."""

import math
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import (
    BaseModel,
    ConfigDict,
    InstanceOf,
    PlainSerializer,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fall_line.experiments.continuing import complete, continuation, earlier_values
from fall_line.experiments.experiment_run import Run, allowed_count, styled
from fall_line.experiments.kinds import Kind
from fall_line.experiments.mending import check_as, mend_as
from fall_line.experiments.schedules import SCHEDULES, factors
from fall_line.experiments.training_methods import REASON, REFUSED, first_rate
from fall_line.validation import number, one_of, refusal, settings, truth, whole
from networks import ACTIVATIONS, INITIALIZATIONS, MAX_LAYERS, MAX_STEPS, MAX_WIDTH, MOST_VALIDATION, TASKS, Task

MAX_SEEDS = 8
OF_TASK = ("layers", "activation", "initialization", "steps", "batch", "validation")
WHOLE = {"steps": (1, MAX_STEPS), "seed": (0, 999_999), "seeds": (1, MAX_SEEDS), "patience": (0, MAX_STEPS)}


class TrainingRun(Run):
    """A method that trains the network; without a learning rate of its own it takes one that is made for weights.

    Attributes:
        before: of a training that goes on with other values, the run's `hypers` and `schedules` until then; else {}.
    """

    before: dict[str, Any] = {}  # noqa: RUF012, pydantic copies it

    @field_validator("optimizer", mode="before")
    @classmethod
    def _known_optimizer(cls, key: Any) -> Any:
        optimizer = super()._known_optimizer(key)
        if optimizer.key in REFUSED:
            raise refusal("optimizer", optimizer.key, REASON)
        return optimizer

    @field_validator("hypers", mode="before")
    @classmethod
    def _allowed_hypers(cls, given: Any, info: ValidationInfo) -> dict[str, float]:
        optimizer = info.data.get("optimizer")
        if isinstance(given, dict) and optimizer is not None:
            given = {optimizer.hypers[0].key: first_rate(optimizer), **given}
        return super()._allowed_hypers(given, info)

    @field_validator("before", mode="before")
    @classmethod
    def _allowed_before(cls, given: Any, info: ValidationInfo) -> dict[str, Any]:
        optimizer = info.data.get("optimizer")
        if optimizer is None:
            return {}
        return earlier_values(given, optimizer, lambda schedules: cls._known_schedules(schedules, info))

    @property
    def earlier(self) -> "TrainingRun":
        """The run as it was before it went on with other values."""
        return self.model_copy(update={**self.before, "before": {}})

    @model_validator(mode="after")
    def _first_rate_filled(self) -> "TrainingRun":
        if "hypers" not in self.model_fields_set:
            # Pydantic skips the field's validator when the field is left out.
            rate = self.optimizer.hypers[0].key
            object.__setattr__(self, "hypers", {**self.hypers, rate: first_rate(self.optimizer)})
        return self


class TrainingExperiment(BaseModel):
    """A task, a network, how it is trained, and 1 to 16 runs.

    Attributes:
        task: what is learned; as data it is its key.
        layers: neurons in each hidden layer: up to 4 of 1 to 64; the task's unless given, like the next five.
        activation: of the hidden layers.
        initialization: of the weights.
        steps: 1 to 10,000.
        batch: points in a minibatch, or 0 for all that are trained on.
        validation: share of the points that are kept back, 0 to 0.5.
        batch_schedule: the `kind` of schedule and its numbers by whose factor f(k) the batch is divided, so that it
            grows as a learning rate would fall; {} for one size.
        l2: λ of ½λ Σ W².
        runs: 1 to 16, the same method as often as wanted.
        seed: of weights and batches, the same for all runs.
        seeds: how many seeds, from `seed` on, each run is trained with.
        return_best: a run ends by going back to the weights with the least validation loss.
        patience: steps without a lower validation loss after which a run stops early; 0 to never.
        continued: of a training that goes on with other values, the `step` from which those above and those of the runs
            hold, and until then its `steps`, `batch` and `batch_schedule`; else {}. Schedules are stretched over
            `steps`, before and after.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: Annotated[InstanceOf[Task], PlainSerializer(lambda one: one.key)] = TASKS["two_spirals"]
    layers: tuple[int, ...] = ()
    activation: str = ""
    initialization: str = ""
    validation: float = 0.0
    steps: int = 0
    batch: int = 0
    batch_schedule: dict[str, str | float] = {}
    l2: float = 0.0
    runs: tuple[TrainingRun, ...]
    seed: int = 0
    seeds: int = 1
    return_best: bool = False
    patience: int = 0
    continued: dict[str, Any] = {}
    kind: ClassVar[Kind] = "training"

    @model_validator(mode="before")
    @classmethod
    def _of_task(cls, given: Any) -> Any:
        """Fill in what the task begins with, so that it is checked like what a reader chose."""
        if not isinstance(given, dict):
            return given
        task = given.get("task", "two_spirals")
        known = task if isinstance(task, Task) else TASKS.get(task) if isinstance(task, str) else None
        first = {name: getattr(known or TASKS["two_spirals"], name) for name in OF_TASK}
        return {**first, **given}

    @field_validator("task", mode="before")
    @classmethod
    def _known_task(cls, key: Any) -> Task:
        return key if isinstance(key, Task) else TASKS[one_of("task", key, TASKS)]

    @field_validator("layers", mode="before")
    @classmethod
    def _allowed_layers(cls, layers: Any) -> tuple[int, ...]:
        if not isinstance(layers, list | tuple) or len(layers) > MAX_LAYERS:
            raise refusal("layers", layers, f"a list of up to {MAX_LAYERS} widths, such as 16, 16")
        return tuple(whole("the width of a layer", width, 1, MAX_WIDTH) for width in layers)

    @field_validator("activation", "initialization", mode="before")
    @classmethod
    def _listed(cls, choice: Any, info: ValidationInfo) -> str:
        name = str(info.field_name)
        return one_of(name, choice, ACTIVATIONS if name == "activation" else INITIALIZATIONS)

    @field_validator("steps", "seed", "seeds", "patience", mode="before")
    @classmethod
    def _counted(cls, count: Any, info: ValidationInfo) -> int:
        return whole(str(info.field_name), count, *WHOLE[str(info.field_name)])

    @field_validator("validation", mode="before")
    @classmethod
    def _allowed_share(cls, share: Any, info: ValidationInfo) -> float:
        found, task = number("validation share", share, 0.0, MOST_VALIDATION), info.data.get("task")
        if found and task and training_points(task, found) == task.points:
            least = f"{math.ceil(1e4 / task.points) / 1e4:g}"
            allowed = f"0, or from {least} to {MOST_VALIDATION:g} so that one of {task.points} points is kept back"
            raise refusal("validation share", share, allowed)
        return found

    @field_validator("batch", mode="before")
    @classmethod
    def _within_data(cls, batch: Any, info: ValidationInfo) -> int:
        task = info.data.get("task")
        points = training_points(task, info.data.get("validation", 0.0)) if task else MAX_STEPS
        if batch == "all":
            return 0
        try:
            return whole("batch", batch, 0, points)
        except PydanticCustomError:
            raise refusal(
                "batch", batch, f"a whole number from 1 to {points}, the points to train on, or all"
            ) from None

    @field_validator("batch_schedule", mode="before")
    @classmethod
    def _known_schedule(cls, given: Any) -> dict[str, str | float]:
        if given == {}:
            return {}
        if not isinstance(given, dict):
            raise refusal("batch schedule", given, "an object with a kind and its numbers")
        kind = one_of("the kind of the batch schedule", given.get("kind"), ("constant", *SCHEDULES))
        values = {key: value for key, value in given.items() if key != "kind"}
        if kind == "constant":
            return {}
        return {"kind": kind, **settings("batch schedule", values, SCHEDULES[kind].hypers, SCHEDULES[kind].label)}

    @field_validator("l2", mode="before")
    @classmethod
    def _allowed_penalty(cls, penalty: Any) -> float:
        return number("L2 penalty λ", penalty, 0.0, 10.0)

    @field_validator("runs", mode="before")
    @classmethod
    def _allowed_count(cls, runs: Any) -> Any:
        return allowed_count(runs)

    @field_validator("return_best", mode="before")
    @classmethod
    def _yes_or_no(cls, choice: Any) -> bool:
        return truth("return_best", choice)

    @field_validator("continued", mode="before")
    @classmethod
    def _allowed_continuation(cls, given: Any, info: ValidationInfo) -> dict[str, Any]:
        checks = {
            "batch": lambda batch: cls._within_data(batch, info),
            "batch_schedule": cls._known_schedule,
        }
        return continuation(given, checks, info.data, MAX_STEPS)

    @model_validator(mode="after")
    def _complete(self) -> "TrainingExperiment":
        object.__setattr__(self, "runs", complete(styled(self.runs), bool(self.continued)))
        for name in ("return_best", "patience"):
            if getattr(self, name) and self.validation == 0:
                raise refusal(name, getattr(self, name), "left out where no points are kept back to validate")
        return self

    def __hash__(self) -> int:
        return hash(self.model_dump_json())

    @property
    def points(self) -> int:
        """How many points are trained on."""
        return training_points(self.task, self.validation)

    @property
    def earlier(self) -> "TrainingExperiment | None":
        """The training as it was before it went on with other values, or None if it has the same all along."""
        if not self.continued:
            return None
        before = {name: value for name, value in self.continued.items() if name != "step"}
        return self.model_copy(
            update={**before, "runs": tuple(one.earlier for one in self.runs), "continued": {}},
        )

    @property
    def batch_sizes(self) -> tuple[int, ...] | int:
        """The size of the minibatch at each step, round(batch / f(k)) but no more than all points, or that of all."""
        earlier, now = self.earlier, self._own_sizes()
        if earlier is None or (then := earlier.batch_sizes) == now:
            return now
        turn = min(self.continued["step"], self.steps)
        return (*_each(then, earlier.steps)[:turn], *_each(now, self.steps)[turn:])

    def _own_sizes(self) -> tuple[int, ...] | int:
        chosen = dict(self.batch_schedule)
        if not self.batch or not chosen:
            return self.batch or self.points
        f = factors(str(chosen.pop("kind")), {key: float(value) for key, value in chosen.items()}, self.steps)
        with np.errstate(divide="ignore"):
            wished = np.clip(np.rint(self.batch / f), 1, self.points)
        return tuple(wished.astype(int).tolist())

    @property
    def all_seeds(self) -> range:
        """The seeds with which each run is trained."""
        return range(self.seed, self.seed + self.seeds)

    @property
    def subject(self) -> str:
        """What it is about, in the name of a file."""
        return self.task.key

    @property
    def length_words(self) -> str:
        """How long it is."""
        return "1 step" if self.steps == 1 else f"{self.steps} steps"


def _each(sizes: tuple[int, ...] | int, steps: int) -> tuple[int, ...]:
    return sizes if isinstance(sizes, tuple) else (sizes,) * steps


def training_points(task: Task, validation: float) -> int:
    """Return how many points of `task` are trained on if this share is kept back."""
    points = task.points
    return points - round(validation * points)


def check(data: Any) -> TrainingExperiment:
    """Return the experiment in `data`, a mapping as in the JSON file.

    Raises:
        ExperimentError: something in it can't be used; the text names the field, the value and what is allowed.
    """
    return check_as(TrainingExperiment, data)


def mend(data: Any) -> tuple[TrainingExperiment, list[str]]:
    """Return the experiment in `data` with whatever can't be used left out, and a sentence for each such thing.

    Raises:
        ExperimentError: `data` isn't a mapping.
    """
    return mend_as(TrainingExperiment, data)
