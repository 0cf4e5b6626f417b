"""What a reader chooses about an exported picture or animation."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from fall_line.settings import settings
from fall_line.validation import InputError, number, one_line, one_of, quoted, refusal, truth, typed, whole

SMALLEST = 200  # pixels; below it no label can be read
MAX_STEPS = 10_000
SIZES = {
    "1200×800": (1200, 800),
    "1280×720": (1280, 720),
    "1920×1080": (1920, 1080),
    "1080×1080": (1080, 1080),
    "1080×1920": (1080, 1920),
}
TEXT_SIZES = ("small", "slide", "large")
LONGEST_HEADING = 120  # letters


class Choices(BaseModel):
    """How a file looks and, if it moves, how it moves.

    Attributes:
        width, height: of the picture, pixels, even.
        fps: frames a second, 10 to 60.
        duration: seconds that the file plays, the hold at its end included.
        steps_per_frame: how many steps each frame goes on, instead of a duration.
        hold: seconds for which the last frame stays; of a duration it takes at most three quarters.
        first_step, last_step: the part of the paths that is played; `None` is the experiment's last step. A still
            picture shows the last.
        theme: light or dark.
        transparent: no background, where the format can do without.
        line_width: of the paths, pixels in a picture of 1200 × 800 and in proportion in others.
        text_size: small as in a document, or so that names have 4 % or more of a slide's height.
        loss_panel, title, formula: whether they are shown.
        heading: what the title says, if it is not empty, instead of what the experiment is called.
        statistics: a table has the quartiles over the seeds after each step instead of each seed's path.
        hyperparameters: a table has columns for the label and the hyperparameters of each row's run.
        decimal_comma: a table's numbers have a decimal comma, and a semicolon stands between its columns.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: int = 1200
    height: int = 800
    fps: int = 30
    duration: float = 5.5
    steps_per_frame: float | None = None
    hold: float = 1.5
    first_step: int = 0
    last_step: int | None = None
    theme: Literal["light", "dark"] = "light"
    transparent: bool = False
    line_width: float = 2.0
    text_size: Literal["small", "slide", "large"] = "small"
    loss_panel: bool = True
    title: bool = True
    heading: str = ""
    formula: bool = False
    statistics: bool = False
    hyperparameters: bool = False
    decimal_comma: bool = False

    @field_validator("width", "height", mode="before")
    @classmethod
    def _even_side(cls, side: Any, info: ValidationInfo) -> int:
        most = settings().max_side
        pixels = typed(str(info.field_name), side)
        if not SMALLEST <= pixels <= most or pixels % 2:
            raise refusal(str(info.field_name), side, f"an even whole number of pixels from {SMALLEST} to {most}")
        return int(pixels)

    @field_validator("fps", mode="before")
    @classmethod
    def _frames_a_second(cls, fps: Any) -> int:
        return whole("fps", fps, 10, 60)

    @field_validator("duration", "hold", "line_width", mode="before")
    @classmethod
    def _in_range(cls, value: Any, info: ValidationInfo) -> float:
        low, high = {"duration": (0.1, 120), "hold": (0, 20), "line_width": (0.5, 10)}[str(info.field_name)]
        return number(str(info.field_name), value, low, high)

    @field_validator("steps_per_frame", mode="before")
    @classmethod
    def _pace(cls, steps: Any) -> float | None:
        return None if steps is None else number("steps_per_frame", steps, 0.01, MAX_STEPS)

    @field_validator("first_step", "last_step", mode="before")
    @classmethod
    def _step(cls, step: Any, info: ValidationInfo) -> int | None:
        if step is None and info.field_name == "last_step":
            return None
        return whole(str(info.field_name), step, 0, MAX_STEPS)

    @field_validator("theme", mode="before")
    @classmethod
    def _known_theme(cls, theme: Any) -> str:
        return one_of("theme", theme, ("light", "dark"))

    @field_validator("text_size", mode="before")
    @classmethod
    def _known_text_size(cls, size: Any) -> str:
        return one_of("text_size", size, TEXT_SIZES)

    @field_validator("heading", mode="before")
    @classmethod
    def _one_line(cls, heading: Any) -> str:
        line = one_line(heading) if isinstance(heading, str) else None
        if line is None or len(line) > LONGEST_HEADING:
            raise refusal("heading", heading, f"a text of at most {LONGEST_HEADING} letters")
        return line

    @field_validator(
        "transparent", "loss_panel", "title", "formula", "statistics", "hyperparameters", "decimal_comma", mode="before"
    )
    @classmethod
    def _yes_or_no(cls, choice: Any, info: ValidationInfo) -> bool:
        return truth(str(info.field_name), choice)


def check_choices(data: Any) -> Choices:
    """Return the choices in `data`, a mapping of names and values; what is left out takes its default.

    Raises:
        InputError: something in it can't be used; the text names the field, the value and what is allowed.
    """
    if not isinstance(data, dict):
        raise InputError(f"Choices must be an object of names and values, not {quoted(data)}.")
    settings()  # refused here if it can't be read: inside a validator its sentence would be lost
    try:
        return Choices.model_validate({one_line(str(key)): value for key, value in data.items()})
    except ValidationError as refused:
        error = refused.errors(include_url=False)[0]
    if error["type"] == "extra_forbidden":
        known = ", ".join(Choices.model_fields)
        raise InputError(f"There is no choice {quoted(error['loc'][-1])}; the choices are {known}.")
    text = error["ctx"]["text"]
    raise InputError(f"{text[0].upper()}{text[1:]}.")
