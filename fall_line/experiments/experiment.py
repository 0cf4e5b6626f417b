"""Every choice that determines a picture, in one frozen value.

An `Experiment` is the share link, the JSON file, the command line's argument and the cache key. It is validated on
entry; `mending` turns the refusals into sentences for a person.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    InstanceOf,
    PlainSerializer,
    ValidationInfo,
    field_validator,
    model_validator,
)

from fall_line.experiments.experiment_run import Run, allowed_count, styled
from fall_line.experiments.kinds import Kind
from fall_line.experiments.landscape import Landscape, landscape
from fall_line.experiments.noise_kinds import COPIES, NOISE_KINDS, NoiseKind
from fall_line.validation import (
    MAX_EXTENT,
    InputError,
    number,
    numbers,
    one_of,
    passed_on,
    refusal,
    settings,
    truth,
    whole,
)
from landscapes import PREFIX, SURFACES, Box, Surface, find_surface

MAX_STEPS = 10_000
MAX_SEEDS = 32
MAX_FAN = 200_000  # points that a plot draws of the paths of all seeds; of a greater fan it draws fewer seeds


LISTED: dict[str, Any] = {
    "levels": ("published", "automatic"),
    "loss_axis": ("linear", "log"),
    "noise": tuple(NOISE_KINDS),
}
COUNTED = {"batch": (1, COPIES), "seed": (0, 999_999), "seeds": (1, MAX_SEEDS)}


class Experiment(BaseModel):
    """A surface, a start, a number of steps and 1 to 16 runs.

    Attributes:
        surface: the surface; as data it is its key.
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
        noise: what blurs the gradient: nothing, σn added (`additive`), a factor 1 + σn on each coordinate
            (`multiplicative`), or a `minibatch` of `batch` out of 32 copies of the surface, shifted with standard
            deviation σ; then the surface itself is the mean of the copies.
        sigma: σ. In units of the gradient, of 1, or of x and y.
        batch: copies in a minibatch.
        seed: of the noise.
        seeds: how many seeds, from `seed` on, are walked; the run shown is the one with the median final loss.
        return_best: a run ends by going back to the best point that it has met, as training scripts do that keep it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    surface: Annotated[InstanceOf[Surface], PlainSerializer(lambda one: one.key)] = SURFACES["hills_and_canyon"]
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
    noise: NoiseKind = "none"
    sigma: float = 0.3
    batch: int = 4
    seed: int = 0
    seeds: int = 1
    return_best: bool = False
    kind: ClassVar[Kind] = "surface"

    @field_validator("surface", mode="before")
    @classmethod
    def _known_surface(cls, key: Any) -> Surface:
        if isinstance(key, Surface):
            return key
        try:
            typed = isinstance(key, str) and key.startswith(PREFIX)
            return find_surface(key if typed else one_of("surface", key, SURFACES))
        except InputError as error:
            raise passed_on("surface", error) from None

    @field_validator("parameters", mode="before")
    @classmethod
    def _allowed_parameters(cls, given: Any, info: ValidationInfo) -> dict[str, float]:
        surface = info.data.get("surface")
        return {} if surface is None else settings("parameters", given, surface.parameters, surface.label)

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

    @field_validator("levels", "loss_axis", "noise", mode="before")
    @classmethod
    def _listed(cls, choice: Any, info: ValidationInfo) -> str:
        return one_of(str(info.field_name), choice, LISTED[str(info.field_name)])

    @field_validator("sigma", mode="before")
    @classmethod
    def _allowed_sigma(cls, sigma: Any) -> float:
        return number("noise σ", sigma, 0.0, 100.0)

    @field_validator("batch", "seed", "seeds", mode="before")
    @classmethod
    def _counted(cls, count: Any, info: ValidationInfo) -> int:
        return whole(str(info.field_name), count, *COUNTED[str(info.field_name)])

    @field_validator("tolerance", mode="before")
    @classmethod
    def _positive(cls, tolerance: Any) -> float:
        return number("tolerance", tolerance, 1e-12, 1e6)

    @field_validator("link_learning_rates", "return_best", mode="before")
    @classmethod
    def _yes_or_no(cls, choice: Any, info: ValidationInfo) -> bool:
        return truth(str(info.field_name), choice)

    @field_validator("step", mode="before")
    @classmethod
    def _within_steps(cls, step: Any, info: ValidationInfo) -> int | None:
        return None if step is None else whole("step", step, 0, info.data.get("steps", MAX_STEPS))

    @model_validator(mode="after")
    def _complete(self) -> "Experiment":
        if not self.parameters:
            object.__setattr__(self, "parameters", {hyper.key: hyper.default for hyper in self.surface.parameters})
        if self.start is None:
            object.__setattr__(self, "start", self.surface.start)
        object.__setattr__(self, "runs", styled(self.runs))
        self._start_inside()
        return self

    def _start_inside(self) -> None:
        assert self.start is not None
        (x, y), frame = self.start, self.frame
        if not (frame.x_low <= x <= frame.x_high and frame.y_low <= y <= frame.y_high):
            allowed = f"inside the view, x from {frame.x_low:g} to {frame.x_high:g}, y from {frame.y_low:g} to "
            raise refusal("start", self.start, f"{allowed}{frame.y_high:g}")

    def __hash__(self) -> int:
        return hash(self.model_dump_json())

    @property
    def landscape(self) -> Landscape:
        """The loss that is descended."""
        return landscape(self.surface, self.parameters, self.sigma if self.noise == "minibatch" else None)

    @property
    def shown(self) -> Box:
        """What is shown: the view, or the surface's domain."""
        return Box(*(self.view or self.surface.domain))

    @property
    def frame(self) -> Box:
        """The smallest box around the surface's domain and the view: leaving it is leaving the picture."""
        domain, view = self.surface.domain, self.shown
        return Box(
            min(domain.x_low, view.x_low),
            max(domain.x_high, view.x_high),
            min(domain.y_low, view.y_low),
            max(domain.y_high, view.y_high),
        )

    @property
    def subject(self) -> str:
        """What it is about, in the name of a file."""
        return self.surface.key

    @property
    def length_words(self) -> str:
        """How long it is."""
        return "1 step" if self.steps == 1 else f"{self.steps} steps"

    @property
    def all_seeds(self) -> range:
        """The seeds that are walked: as many as are asked for, or one where there is no noise."""
        alike = self.noise == "none" or self.sigma == 0
        return range(self.seed, self.seed + (1 if alike else self.seeds))

    @property
    def drawn_seeds(self) -> int:
        """How many of the seeds, the first ones, a plot draws; 1 is the median's alone."""
        return min(len(self.all_seeds), max(1, MAX_FAN // (len(self.runs) * (self.steps + 1))))
