"""What the export dialog asks, from checked input to plain data and files."""

import base64
import re
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import imageio.v3 as imageio
import numpy as np
import orjson

from fall_line import jobs
from fall_line.drawing import frames, timeline
from fall_line.drawing.choices import Choices, check_choices
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.reading import CHECKS, AnyExperiment
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.exports import FORMATS, ExportError, Format
from fall_line.exports._estimate import estimate, weighed
from fall_line.exports._staging import staged
from fall_line.pages.train.long_trainings import files_take
from fall_line.training.cost import check_cost
from fall_line.trajectories.cost import check_seeds
from fall_line.validation import InputError, quoted

PREVIEW, LARGE_PREVIEW = 560, 1600  # pixels on the longer side
LONGEST_NAME = 60  # letters, before the number of runs
LINES, LINE = 14, 200  # of a file that is text
LONGEST_TRAINING = 120.0  # seconds that a file may train for while a reader waits
MOST_ROWS = 1_000_000  # of a table that the page makes: about 150 MB


def preview(request: Any) -> bytes:
    """Return the last step shown as a small picture, or a text file's first lines, and the file's facts, as JSON.

    Raises:
        InputError: something in the experiment, the format or the choices can't be used.
        ExportError: the file can't be made.
    """
    experiment, form, choices = _read(request)
    if "theme" not in form.heeds:
        return orjson.dumps(_first_lines(experiment, form, choices))
    facts: dict[str, Any] = {"frames": 1, "seconds": 0.0, "notes": []}
    if "width" in form.heeds:
        facts |= {"width": choices.width, "height": choices.height}
    if form.animated:
        plan = timeline.timeline(choices, experiment.steps, form.fastest)
        facts |= {"frames": len(plan.times) + plan.held, "seconds": plan.seconds, "notes": list(plan.notes)}
    side = LARGE_PREVIEW if request.get("large") is True else PREVIEW
    scene = staged(experiment, _small(choices, side))
    facts["notes"] += frames.notes(scene)
    facts["image"] = _data_url(frames.picture(scene))
    facts["bytes"] = None  # is asked for by itself, since it takes longer
    return orjson.dumps(facts)


def weight(request: Any) -> bytes:
    """Return how many bytes the file will have, as JSON: exactly, or of an animation about so many.

    Raises:
        InputError: something in the experiment, the format or the choices can't be used.
        ExportError: the file can't be made.
    """
    experiment, form, choices = _read(request)
    if form.begin is not None:
        begun = form.begin(experiment, choices)
        return orjson.dumps({"bytes": begun.size, "exact": begun.exact})
    if not form.animated:
        return orjson.dumps({"bytes": len(_made(experiment, form, choices)), "exact": True})
    about = estimate(form, staged(experiment, weighed(choices)), choices)
    return orjson.dumps({"bytes": about, "exact": False})


def _first_lines(experiment: AnyExperiment, form: Format, choices: Choices) -> dict[str, Any]:
    """Return how the file begins and its size, which is that of the file itself."""
    size, exact = 0, True
    if form.begin is not None:
        begun, size, exact, rows = form.begin(experiment, choices)
        _check_rows(rows)
        content = begun.encode()
    else:
        content = _made(experiment, form, choices)
        size = len(content)
    lines = content[: 4 * LINES * LINE].decode(errors="ignore").splitlines()
    shown = "\n".join(line if len(line) <= LINE else f"{line[:LINE]}…" for line in lines[:LINES])
    more = "\n…" if len(lines) > LINES else ""
    return {"text": shown + more, "frames": 1, "seconds": 0.0, "bytes": size, "exact": exact, "notes": []}


def _check_rows(rows: int) -> None:
    if rows > MOST_ROWS:
        raise InputError(
            f"This table would have {rows:,} rows; the page makes {MOST_ROWS:,} at most. Choose the statistics or "
            "fewer steps, or make it with the command line, which has no limit."
        )


def _read(request: Any) -> tuple[AnyExperiment, Format, Choices]:
    if not isinstance(request, dict):
        raise InputError("An export is asked for with an object.")
    form = request.get("format")
    if not isinstance(form, str) or form not in FORMATS:
        raise InputError(f"Format is {quoted(form)}; it must be one of {', '.join(FORMATS)}.")
    kind = request.get("kind")
    if not isinstance(kind, str) or kind not in CHECKS:
        raise InputError(f"Kind is {quoted(kind)}; it must be one of {', '.join(CHECKS)}.")
    experiment = CHECKS[kind](request.get("experiment"))
    FORMATS[form].check_kind(experiment.kind)
    if isinstance(experiment, Experiment):
        check_seeds(experiment)
    if isinstance(experiment, TrainingExperiment) and not files_take(experiment):
        check_cost(experiment, LONGEST_TRAINING)
    return experiment, FORMATS[form], check_choices(request.get("choices", {}))


def _small(choices: Choices, longest: int) -> Choices:
    """Return `choices` with the same proportions, but no side longer than `longest`."""
    scale = min(1.0, longest / max(choices.width, choices.height))
    sides = {"width": round(choices.width * scale / 2) * 2, "height": round(choices.height * scale / 2) * 2}
    return choices.model_copy(update=sides)


def _data_url(pixels: np.ndarray) -> str:
    """Return (height, width, 4) red, green, blue and alpha as the address of a PNG."""
    png = imageio.imwrite("<bytes>", pixels, extension=".png")
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def file(request: Any) -> tuple[bytes, str, str]:
    """Return a file's content, name and media type.

    Raises:
        InputError: something in the request can't be used, or the format takes a job.
        ExportError: the file can't be made.
    """
    experiment, form, choices = _read(request)
    if form.animated:
        raise InputError(f"{form.label} takes a while to draw and is asked for as a job.")
    if form.begin is not None:
        _check_rows(form.begin(experiment, choices).rows)
    return _made(experiment, form, choices), file_name(experiment, form, choices), form.media_type


def _made(experiment: AnyExperiment, form: Format, choices: Choices) -> bytes:
    with tempfile.TemporaryDirectory(prefix="fall-line-") as folder:
        path = Path(folder) / f"export.{form.key}"
        try:
            form.export(experiment, path, choices)
            return path.read_bytes()
        except OSError as error:
            raise ExportError(f"The file can't be written: {error.strerror or error}.") from error


def file_name(experiment: AnyExperiment, form: Format, choices: Choices) -> str:
    """Return a file name of plain letters, digits and hyphens, e.g. `wobbly-5-runs.png`.

    The reader's own title, if it has plain letters, stands instead of what the experiment is called.
    """
    count = sum(not run.hidden for run in experiment.runs)
    own = _plain(choices.heading) if "heading" in form.heeds and choices.title else ""
    about = own or _plain(experiment.subject)
    return f"{about}-{count}-run{'' if count == 1 else 's'}.{form.key}"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:LONGEST_NAME].strip("-")


def job(request: Any, browser: str) -> bytes:
    """Put the export into the queue for `browser` and return the job's state as JSON.

    Raises:
        InputError: something in the request can't be used.
        ExportError: too many jobs wait.
    """
    experiment, form, choices = _read(request)
    if not form.animated:
        raise InputError(f"{form.label} is made at once and takes no job.")
    timeline.timeline(choices, experiment.steps, form.fastest)
    scene = staged(experiment, choices)
    return state(jobs.submit(scene, form.key, file_name(experiment, form, choices), browser))


def state(id: str) -> bytes:
    """Return where the job stands as JSON.

    Raises:
        jobs.UnknownJob: there is no such job.
    """
    return orjson.dumps(asdict(jobs.state(id)))
