"""When an animation shows which step."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fall_line.drawing.choices import Choices
from fall_line.settings import settings
from fall_line.validation import InputError

MOST_HELD = 0.75  # of a duration


@dataclass(frozen=True)
class Timeline:
    """The frames of an animation.

    Attributes:
        times: (frames,) the step that each frame shows, with its fraction: between two steps the head is under way.
        fps: frames a second.
        held: how many frames more the last one takes for the hold.
        notes: sentences about what differs from what was asked for.
    """

    times: NDArray[np.float64]
    fps: int
    held: int
    notes: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it plays, the hold included."""
        return (len(self.times) + self.held) / self.fps


def span(choices: Choices, steps: int) -> tuple[int, int]:
    """Return the first and the last step that are shown of an experiment of `steps` steps.

    Raises:
        InputError: they are not within the experiment, or in the wrong order.
    """
    first, last = choices.first_step, steps if choices.last_step is None else choices.last_step
    if last > steps:
        raise InputError(f"The last step is {last}; it must be at most {steps}, the experiment's number of steps.")
    if first > last:
        raise InputError(f"The first step is {first}; it must not be after the last, {last}.")
    return first, last


def timeline(choices: Choices, steps: int, fastest: int = 60) -> Timeline:
    """Return the frames for `choices` of an experiment of `steps` steps, at most `fastest` frames a second.

    With a duration the file has duration · fps frames: the steps are spread evenly, both ends included, over those
    that the hold leaves. With steps_per_frame each frame goes on by as many, the last one shows the last step, and the
    hold comes after it. More frames than the limit are thinned: the steps evenly, or the frames a second if there is a
    duration, which stays.

    Raises:
        InputError: the steps are not within the experiment, or the frames hold more pixels than is allowed.
    """
    first, last = span(choices, steps)
    fps, hold, notes = choices.fps, _hold(choices), []
    if hold < choices.hold and first < last:
        notes.append(f"The end is held for {hold:.3g} s, which is most of the length, not for {choices.hold:.3g} s.")
    if fps > fastest:
        notes.append(f"This format shows at most {fastest} frames a second, so it plays at {fastest}, not {fps}.")
        fps = fastest
    fps, slower = _slowed(choices, first, last, fps)
    notes += slower
    times = _times(choices, first, last, fps)
    if len(times) > settings().max_frames:
        times, note = _thinned(len(times), first, last)
        notes.append(note)
    if last - first > 10 * (len(times) - 1) > 0:
        notes.append(f"Each frame goes on by {(last - first) / (len(times) - 1):.3g} steps.")
    held = _held(choices, len(times), fps)
    _refuse_too_many_pixels(choices, len(times) + held)
    return Timeline(times, fps, held, tuple(notes))


def _hold(choices: Choices) -> float:
    """Return for how many seconds the end is held: of a duration it leaves something for the movement."""
    return choices.hold if choices.steps_per_frame is not None else min(choices.hold, MOST_HELD * choices.duration)


def _held(choices: Choices, moving: int, fps: int) -> int:
    """Return how many frames stand still at the end; of a duration all that don't move."""
    if choices.steps_per_frame is not None:
        return round(choices.hold * fps)
    return max(0, round(choices.duration * fps) - moving)


def _times(choices: Choices, first: int, last: int, fps: int) -> NDArray[np.float64]:
    if first == last:
        return np.array([float(last)])
    if choices.steps_per_frame is None:
        return np.linspace(first, last, max(2, round((choices.duration - _hold(choices)) * fps)))
    count = math.ceil((last - first) / choices.steps_per_frame - 1e-9) + 1
    return np.minimum(first + choices.steps_per_frame * np.arange(count), last)


def _slowed(choices: Choices, first: int, last: int, fps: int) -> tuple[int, list[str]]:
    """Return fewer frames a second where a duration would take more frames than allowed, and what to say of it."""
    frames, most = len(_times(choices, first, last, fps)), settings().max_frames
    if choices.steps_per_frame is not None or frames <= most:
        return fps, []
    kept = max(1, int(most / (choices.duration - _hold(choices))))
    return kept, [f"{frames:,} frames are too many; it plays at {kept} frames a second, not {fps}."]


def _thinned(frames: int, first: int, last: int) -> tuple[NDArray[np.float64], str]:
    most = settings().max_frames
    return np.linspace(last, first, most)[::-1], f"{frames:,} frames are too many; they are thinned to {most:,}."


def _refuse_too_many_pixels(choices: Choices, frames: int) -> None:
    pixels, most = choices.width * choices.height * frames, settings().max_pixels
    if pixels > most:
        raise InputError(
            f"{frames:,} frames of {choices.width}×{choices.height} are {pixels / 1e9:.2g} billion pixels; at most "
            f"{most / 1e9:.2g} billion are allowed. Choose a smaller size, fewer frames a second or a shorter time."
        )
