"""Files of what a notebook has."""

from pathlib import Path
from typing import Any

from fall_line.drawing.choices import check_choices
from fall_line.experiments.reading import AnyExperiment
from fall_line.exports import FORMATS
from fall_line.validation import InputError, quoted

REOPENED = ("json", "py")  # formats that are read again, which takes what is in the catalogue


def saved(experiment: AnyExperiment, path: str | Path, choices: dict[str, Any], own: str) -> Path:
    """Make or replace the file at `path` and return the path; `own` is what was made in Python, or "".

    Raises:
        InputError: there is no such format, or a choice or the file can't be used.
        ExportError: the file can't be made, e.g. because the video encoder is missing.
    """
    target = Path(path)
    key = target.suffix[1:].lower()
    if key not in FORMATS:
        raise InputError(f"The file is {quoted(str(path))}; its name must end in .{', .'.join(FORMATS)}.")
    FORMATS[key].check_kind(experiment.kind)
    if key in REOPENED and own:
        raise InputError(f"A .{key} file can't hold {quoted(own)}, which was made in Python; make it a plugin first.")
    try:
        FORMATS[key].export(experiment, target, check_choices(choices))
    except OSError as error:
        raise InputError(f"The file {quoted(str(path))} can't be written ({error.strerror}).") from None
    return target
