"""What whoever runs the program may set in its environment: limits, folders, the queue, who may frame the page."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from fall_line.validation import InputError, quoted


@dataclass(frozen=True)
class Settings:
    """Each field is read from the environment variable `FALL_LINE_` and its name in capitals; `REDIS_URL` as it is.

    Attributes:
        max_side: greatest width or height of an exported picture, pixels.
        max_frames: most frames of an animation; more are thinned.
        max_pixels: most pixels of an animation, width × height × frames.
        jobs_folder: where jobs and their files are kept.
        plugins: a folder of surfaces, optimizers and tasks of the user's own, or "" for none.
        redis_url: the Redis server that carries the queue, or "" for SQLite in the job folder.
        keep_seconds: how long a finished file is kept.
        jobs_at_once: jobs that one worker draws at a time.
        max_waiting: jobs that may wait in all.
        max_waiting_per_browser: jobs of one browser that may wait or be drawn.
        training_seconds: seconds that a training may take while its reader waits; a longer one is a job.
        max_trainings: trainings that may wait or be under way as jobs.
        framed_by: sites whose pages may show the page in a frame, as the policy `frame-ancestors` lists them, or "" for
            none but its own.
    """

    max_side: int = 4096
    max_frames: int = 1800
    max_pixels: int = 2_500_000_000
    jobs_folder: str = ""
    plugins: str = ""
    redis_url: str = ""
    keep_seconds: int = 3600
    jobs_at_once: int = 2
    max_waiting: int = 50
    max_waiting_per_browser: int = 5
    training_seconds: int = 60
    max_trainings: int = 8
    framed_by: str = ""

    @property
    def folder(self) -> Path:
        """The job folder; by default in the user's cache folder."""
        return Path(self.jobs_folder) if self.jobs_folder else cache_folder() / "jobs"


SITE = re.compile(r"\*|(https?://)?(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*(:(\d+|\*))?", re.IGNORECASE)


def cache_folder() -> Path:
    """Return the folder for what can be made again, in the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fall-line"


def variable(name: str) -> str:
    """Return the environment variable of the field `name`."""
    return "REDIS_URL" if name == "redis_url" else f"FALL_LINE_{name.upper()}"


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings in `environment`.

    Raises:
        InputError: a number isn't a whole number from 1 on, or a site can't be one.
    """
    given = {one.name: text for one in fields(Settings) if (text := environment.get(variable(one.name)))}
    return Settings(**{name: _read(name, text) for name, text in given.items()})  # type: ignore[arg-type]


def _read(name: str, text: str) -> int | str:
    if name == "framed_by":
        return _sites(name, text)
    if isinstance(getattr(Settings, name), str):
        return text
    if not (text.isascii() and text.isdigit() and len(text) <= 15 and int(text) >= 1):
        raise InputError(f"{variable(name)} is {quoted(text)}; it must be a whole number from 1 on.")
    return int(text)


def _sites(name: str, text: str) -> str:
    for one in text.split():
        if not SITE.fullmatch(one):
            allowed = "sites such as https://example.org or https://*.example.org, with spaces between, or *"
            raise InputError(f"{variable(name)} has {quoted(one)}; it must be {allowed}.")
    return " ".join(text.split())
