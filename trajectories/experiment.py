"""Every choice that determines a picture, in one frozen value.

An `Experiment` is the share link, the JSON file, the command line's argument and the cache key. It is validated on
entry; `mending` turns the refusals into sentences for a person.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from landscapes import SURFACES, Box, find_surface
from optimizers import OPTIMIZERS
from validation import MAX_EXTENT, number, numbers, one_line, one_of, refusal, settings, truth, whole

MAX_RUNS = 16
MAX_STEPS = 10_000
MAX_LABEL = 60


class Run(BaseModel):
    """One optimizer with its values.

    Attributes:
        optimizer: key of a method.
        hypers: a value for each of its hyperparameters; those left out take their defaults.
        label: the reader's own name for the run, or "" to be called by the method's.
        hidden: computed but not drawn.
        style: which of the 16 line styles (colour, dash, marker) draws it; by default its place in the list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    optimizer: str
    hypers: dict[str, float] = {}
    label: str = ""
    hidden: bool = False
    style: int | None = None

    @field_validator("optimizer", mode="before")
    @classmethod
    def _known_optimizer(cls, key: Any) -> str:
        return one_of("optimizer", key, OPTIMIZERS)

    @field_validator("hypers", mode="before")
    @classmethod
    def _allowed_hypers(cls, given: Any, info: ValidationInfo) -> dict[str, float]:
        key = info.data.get("optimizer")
        return {} if key is None else settings("hypers", given, OPTIMIZERS[key].hypers, OPTIMIZERS[key].label)

    @field_validator("label", mode="before")
    @classmethod
    def _short_label(cls, label: Any) -> str:
        if not isinstance(label, str):
            raise refusal("label", label, f"text of at most {MAX_LABEL} characters")
        text = one_line(label)
        if len(text) > MAX_LABEL:
            raise refusal("label", f"{text[:20]}…", f"at most {MAX_LABEL} characters long, not {len(text)}")
        return text

    @field_validator("hidden", mode="before")
    @classmethod
    def _yes_or_no(cls, hidden: Any) -> bool:
        return truth("hidden", hidden)

    @field_validator("style", mode="before")
    @classmethod
    def _known_style(cls, style: Any) -> int | None:
        return None if style is None else whole("style", style, 0, MAX_RUNS - 1)

    @model_validator(mode="after")
    def _defaults_filled(self) -> "Run":
        if not self.hypers:
            # Pydantic skips the field's validator when the field is left out.
            defaults = {hyper.key: hyper.default for hyper in OPTIMIZERS[self.optimizer].hypers}
            object.__setattr__(self, "hypers", defaults)
        return self

    @property
    def name(self) -> str:
        """What the reader calls this run."""
        return self.label or OPTIMIZERS[self.optimizer].label


def allowed_count(runs: Any) -> Any:
    """Return `runs` if it is a list of 1 to 16.

    Raises:
        PydanticCustomError: it isn't.
    """
    if not isinstance(runs, list | tuple):
        raise refusal("runs", runs, "a list of runs, each with the key of an optimizer")
    if not 1 <= len(runs) <= MAX_RUNS:
        raise PydanticCustomError(
            "runs", "{text}", {"text": f"there are {len(runs)} runs; there must be 1 to {MAX_RUNS}"}
        )
    return runs


def styled(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return `runs` with the style of its place in the list for each that has none."""
    return tuple(
        one if one.style is not None else one.model_copy(update={"style": index}) for index, one in enumerate(runs)
    )


class Experiment(BaseModel):
    """A surface, a start, a number of steps and 1 to 16 runs.

    Attributes:
        surface: key of a surface.
        parameters: a value for each of the surface's parameters.
        start: (x, y) where every run starts; inside the surface's domain or the view.
        steps: 1 to 10,000.
        runs: 1 to 16, the same method as often as wanted.
        view: x_low, x_high, y_low, y_high of what is shown, or None for the surface's domain.
        levels: the published contour levels where the surface has them, or levels made from the values.
        loss_axis: scale of the loss plot.
        tolerance: distance from the lowest known loss that counts as "there" in the table.
        link_learning_rates: one learning rate moved moves all by the same factor.
        step: where the player stands, or None for the last step.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    surface: str = "hills_and_canyon"
    parameters: dict[str, float] = {}
    start: tuple[float, float] | None = None
    steps: int = 125
    runs: tuple[Run, ...]
    view: tuple[float, float, float, float] | None = None
    levels: Literal["published", "automatic"] = "published"
    loss_axis: Literal["linear", "log"] = "log"
    tolerance: float = 0.01
    link_learning_rates: bool = False
    step: int | None = None

    @field_validator("surface", mode="before")
    @classmethod
    def _known_surface(cls, key: Any) -> str:
        return one_of("surface", key, SURFACES)

    @field_validator("parameters", mode="before")
    @classmethod
    def _allowed_parameters(cls, given: Any, info: ValidationInfo) -> dict[str, float]:
        key = info.data.get("surface")
        if key is None:
            return {}
        surface = find_surface(key)
        return settings("parameters", given, surface.parameters, surface.label)

    @field_validator("start", mode="before")
    @classmethod
    def _two_numbers(cls, start: Any) -> tuple[float, ...] | None:
        return None if start is None else numbers("start", start, ("x", "y"))

    @field_validator("steps", mode="before")
    @classmethod
    def _allowed_steps(cls, steps: Any) -> int:
        return whole("steps", steps, 1, MAX_STEPS)

    @field_validator("runs", mode="before")
    @classmethod
    def _allowed_count(cls, runs: Any) -> Any:
        return allowed_count(runs)

    @field_validator("view", mode="before")
    @classmethod
    def _box(cls, view: Any) -> tuple[float, ...] | None:
        if view is None:
            return None
        box = Box(*numbers("view", view, Box._fields))
        if not (box.x_low < box.x_high and box.y_low < box.y_high):
            raise refusal("view", view, "x_low, x_high, y_low, y_high with each low below its high")
        if max(map(abs, box)) > MAX_EXTENT or min(box.x_high - box.x_low, box.y_high - box.y_low) < 1e-9:
            raise refusal("view", view, f"between -{MAX_EXTENT:g} and {MAX_EXTENT:g} and at least 1e-9 wide")
        return tuple(box)

    @field_validator("levels", "loss_axis", mode="before")
    @classmethod
    def _listed(cls, choice: Any, info: ValidationInfo) -> str:
        allowed = {"levels": ("published", "automatic"), "loss_axis": ("linear", "log")}[info.field_name or ""]
        return one_of(str(info.field_name), choice, allowed)

    @field_validator("tolerance", mode="before")
    @classmethod
    def _positive(cls, tolerance: Any) -> float:
        return number("tolerance", tolerance, 1e-12, 1e6)

    @field_validator("link_learning_rates", mode="before")
    @classmethod
    def _yes_or_no(cls, choice: Any) -> bool:
        return truth("link_learning_rates", choice)

    @field_validator("step", mode="before")
    @classmethod
    def _within_steps(cls, step: Any, info: ValidationInfo) -> int | None:
        return None if step is None else whole("step", step, 0, info.data.get("steps", MAX_STEPS))

    @model_validator(mode="after")
    def _complete(self) -> "Experiment":
        surface = find_surface(self.surface)
        if not self.parameters:
            object.__setattr__(self, "parameters", {hyper.key: hyper.default for hyper in surface.parameters})
        if self.start is None:
            object.__setattr__(self, "start", surface.start)
        object.__setattr__(self, "runs", styled(self.runs))
        self._start_inside()
        return self

    def _start_inside(self) -> None:
        assert self.start is not None
        (x, y), frame = self.start, self.frame
        if not (frame.x_low <= x <= frame.x_high and frame.y_low <= y <= frame.y_high):
            allowed = f"inside the view, x from {frame.x_low:g} to {frame.x_high:g}, y from {frame.y_low:g} to "
            raise refusal("start", self.start, f"{allowed}{frame.y_high:g}")

    @property
    def frame(self) -> Box:
        """The smallest box around the surface's domain and the view: leaving it is leaving the picture."""
        domain = find_surface(self.surface).domain
        view = Box(*(self.view or domain))
        return Box(
            min(domain.x_low, view.x_low),
            max(domain.x_high, view.x_high),
            min(domain.y_low, view.y_low),
            max(domain.y_high, view.y_high),
        )
