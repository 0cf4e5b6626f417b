"""What a file format is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fall_line.drawing.choices import Choices
from fall_line.experiments.kinds import KINDS, Kind
from fall_line.validation import InputError

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.experiments.reading import AnyExperiment
    from fall_line.experiments.response_experiment import ResponseExperiment
    from fall_line.experiments.training_experiment import TrainingExperiment

# Told what is done of what; may raise to stop the work, and then no file is left.
Progress = Callable[[int, int], None]
# Choices that mean nothing to experiments of a kind.
UNHEEDED: dict[Kind, frozenset[str]] = {
    "surface": frozenset(),
    "response": frozenset({"loss_panel", "statistics"}),
    "training": frozenset({"loss_panel", "statistics"}),
}

LOOK = frozenset({"width", "height", "theme", "line_width", "text_size", "loss_panel", "title", "heading", "formula"})
MOTION = frozenset({"fps", "duration", "steps_per_frame", "hold", "first_step", "last_step"})


class ExportError(RuntimeError):
    """A file that can't be written though the input is right; the text is one sentence for the reader."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""


class Beginning(NamedTuple):
    """How a table begins: its first lines, its bytes, whether they are not only about right, and its rows."""

    text: str
    size: int
    exact: bool
    rows: int


@dataclass(frozen=True)
class Format:
    """A kind of file that an experiment can be written to. It has either `draw` or at least one of the writers.

    Attributes:
        key: the file name's suffix without the dot, in lower case; also the module's name.
        label: what a reader gets, a few words.
        media_type: as HTTP names it.
        write: `write(experiment, choices, path)` makes or replaces the file at `path` for paths over a surface.
        write_response: the same for answers to a gradient signal.
        write_training: the same for the training of a network.
        draw: `draw(scene, path, progress)` does so for all of them from finished arrays, needing no engine. One that
            moves also takes `only`, the numbers of the frames to write instead of all.
        begin: `begin(experiment, choices)`, for tables, says how one begins without making all of it.
        heeds: the names of the choices that matter.
        fastest: most frames a second that an animation of this format can have; 0 for what doesn't move.

    Both leave either the whole file or what stood there before; they raise OSError if it can't be written and
    ExportError if something else is in the way.
    """

    key: str
    label: str
    media_type: str
    write: Callable[["Experiment", Choices, Path], None] | None = None
    write_response: Callable[["ResponseExperiment", Choices, Path], None] | None = None
    write_training: Callable[["TrainingExperiment", Choices, Path], None] | None = None
    draw: Callable[..., None] | None = None
    begin: Callable[[Any, Choices], Beginning] | None = None
    heeds: frozenset[str] = frozenset()
    fastest: int = 0

    @property
    def animated(self) -> bool:
        """Whether it moves: then its file takes seconds to draw."""
        return self.fastest > 0

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of experiment that it can hold."""
        return tuple(kind for kind in KINDS if self.draw or self._writer(kind))

    def _writer(self, kind: Kind) -> Callable[[Any, Choices, Path], None] | None:
        return {"surface": self.write, "response": self.write_response, "training": self.write_training}[kind]

    def heeded(self, kind: Kind) -> frozenset[str]:
        """Return the names of the choices that matter to an experiment of this kind."""
        return self.heeds - UNHEEDED[kind]

    def check_kind(self, kind: Kind) -> None:
        """Refuse experiments of a `kind` that it can't hold.

        Raises:
            InputError: it can't.
        """
        if kind not in self.kinds:
            from fall_line.exports import FORMATS  # noqa: PLC0415, it is made of the formats

            others = [f".{one.key}" for one in FORMATS.values() if kind in one.kinds]
            raise InputError(f"A .{self.key} file can't hold {KINDS[kind]}; it can be one of {', '.join(others)}.")

    def export(
        self,
        experiment: "AnyExperiment",
        path: Path,
        choices: Choices | None = None,
        progress: Progress = silent,
    ) -> None:
        """Make or replace the file at `path`.

        Raises:
            OSError: it can't be written.
            ExportError: something else is in the way, e.g. the video encoder is missing.
            InputError: the choices don't suit the experiment, or the format can't hold its kind.
        """
        choices = choices or Choices()
        self.check_kind(experiment.kind)
        writer = self._writer(experiment.kind)
        if self.draw is not None:
            from fall_line.exports._staging import staged  # noqa: PLC0415, the engine is needed only here

            self.draw(staged(experiment, choices), path, progress)
        elif writer is not None:
            writer(experiment, choices, path)
