"""When which step is shown: the laws that every animation keeps."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fall_line.drawing.choices import Choices
from fall_line.drawing.timeline import span, timeline
from fall_line.settings import Settings
from fall_line.validation import InputError

SIZE = {"width": 200, "height": 200}


@st.composite
def animations(draw):
    """Choices and a number of steps that suit each other."""
    steps = draw(st.integers(1, 10_000))
    last = draw(st.none() | st.integers(0, steps))
    return (
        Choices(
            **SIZE,
            fps=draw(st.integers(10, 60)),
            duration=draw(st.floats(0.1, 120)),
            steps_per_frame=draw(st.none() | st.floats(0.01, 10_000)),
            hold=draw(st.floats(0, 20)),
            first_step=draw(st.integers(0, steps if last is None else last)),
            last_step=last,
        ),
        steps,
        draw(st.sampled_from([50, 60])),
    )


@given(animations())
def test_time_goes_from_the_first_step_to_the_last_and_never_back(animation):
    choices, steps, fastest = animation
    first, last = span(choices, steps)
    shown = timeline(choices, steps, fastest)
    assert (first, last) == (choices.first_step, steps if choices.last_step is None else choices.last_step)
    assert shown.times[-1] == last
    assert shown.times[0] == first
    assert (np.diff(shown.times) > 0).all()
    assert 1 <= len(shown.times) <= Settings.max_frames
    assert 1 <= shown.fps <= min(choices.fps, fastest)
    if first < last and choices.steps_per_frame is None:
        assert shown.seconds == pytest.approx(choices.duration, abs=1.5 / shown.fps)  # the hold included
        moving = max(choices.duration - choices.hold, choices.duration / 4)
        assert len(shown.times) / shown.fps == pytest.approx(moving, abs=2 / shown.fps)
    else:
        assert shown.fps == min(choices.fps, fastest)
    assert shown.seconds == (len(shown.times) + shown.held) / shown.fps
    assert all(note.endswith(".") and note.isprintable() for note in shown.notes)


@given(animations())
def test_the_number_of_frames(animation):
    choices, steps, fastest = animation
    first, last = span(choices, steps)
    fps = min(choices.fps, fastest)
    if first == last:
        wanted = 1
    elif choices.steps_per_frame is None:
        wanted = max(2, round(max(choices.duration - choices.hold, choices.duration / 4) * fps))
    else:
        wanted = math.ceil((last - first) / choices.steps_per_frame - 1e-9) + 1
    shown = timeline(choices, steps, fastest)
    said = any(f"{wanted:,} frames are too many; " in note for note in shown.notes)
    assert said == (wanted > Settings.max_frames)
    if choices.steps_per_frame is not None or wanted <= Settings.max_frames:
        assert len(shown.times) == min(wanted, Settings.max_frames)
    else:
        assert Settings.max_frames - choices.duration <= len(shown.times) <= Settings.max_frames


@given(animations())
def test_frames_are_evenly_spread(animation):
    choices, steps, fastest = animation
    shown = timeline(choices, steps, fastest)
    between = np.diff(shown.times)
    if choices.steps_per_frame is None or any("thinned" in note for note in shown.notes):
        assert between == pytest.approx(between[:1].repeat(len(between)), rel=1e-6)
    else:
        assert between[:-1] == pytest.approx(choices.steps_per_frame, rel=1e-6)
        assert (between[-1:] <= choices.steps_per_frame * (1 + 1e-6)).all()


def test_one_step_a_frame():
    shown = timeline(Choices(**SIZE, steps_per_frame=1), 7)
    assert shown.times.tolist() == [0, 1, 2, 3, 4, 5, 6, 7]


def test_many_steps_a_frame_end_with_the_last():
    shown = timeline(Choices(**SIZE, steps_per_frame=3, first_step=1), 9)
    assert shown.times.tolist() == [1, 4, 7, 9]


@pytest.mark.parametrize("pace", [{}, {"steps_per_frame": 5}])
def test_first_and_last_step_the_same_is_one_frame_for_the_whole_length(pace):
    shown = timeline(Choices(**SIZE, first_step=4, last_step=4, hold=0.5, duration=2, fps=20, **pace), 9)
    assert (shown.times.tolist(), shown.held, shown.notes) == ([4.0], 10 if pace else 39, ())


def test_an_experiment_of_one_step_moves():
    shown = timeline(Choices(**SIZE, duration=0.5, fps=10, hold=0), 1)
    assert shown.times == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_a_format_that_can_not_be_that_fast_says_so():
    choices = Choices(**SIZE, fps=60, duration=2, hold=0)
    shown = timeline(choices, 20, fastest=50)
    assert (shown.fps, len(shown.times)) == (50, 100)
    assert shown.notes == ("This format shows at most 50 frames a second, so it plays at 50, not 60.",)
    assert timeline(choices, 20).notes == ()


def test_the_limit_of_frames_is_a_setting(monkeypatch):
    monkeypatch.setenv("FALL_LINE_MAX_FRAMES", "12")
    shown = timeline(Choices(**SIZE, steps_per_frame=1, fps=10), 19)
    assert len(shown.times) == 12
    assert shown.notes == ("20 frames are too many; they are thinned to 12.",)
    shown = timeline(Choices(**SIZE, duration=2, fps=10, hold=0), 20)
    assert (len(shown.times), shown.fps) == (12, 6)
    assert shown.notes == ("20 frames are too many; it plays at 6 frames a second, not 10.",)
    assert timeline(Choices(**SIZE, duration=1.2, fps=10, hold=0), 20).notes == ()
    monkeypatch.setenv("FALL_LINE_MAX_FRAMES", "1")
    assert timeline(Choices(**SIZE), 20).times.tolist() == [20]


def test_a_hold_leaves_a_quarter_of_the_length_to_the_movement_and_says_so():
    shown = timeline(Choices(**SIZE, duration=2, hold=1.9, fps=20), 20)
    assert (len(shown.times), shown.held, shown.seconds) == (10, 30, 2)
    assert shown.notes == ("The end is held for 1.5 s, which is most of the length, not for 1.9 s.",)
    assert timeline(Choices(**SIZE, duration=2, hold=1.5, fps=20), 20).notes == ()


def test_giant_strides_are_told():
    (note,) = timeline(Choices(**SIZE, duration=1, fps=10, hold=0), 1000).notes
    assert note == "Each frame goes on by 111 steps."


def test_too_many_pixels_are_refused(monkeypatch):
    with pytest.raises(InputError, match=r"^960 frames of 4096×4096 are 16 billion pixels; at most 2.5 billion are "):
        timeline(Choices(width=4096, height=4096, duration=16, fps=60, hold=1 / 3), 100)
    monkeypatch.setenv("FALL_LINE_MAX_PIXELS", str(200 * 200 * 12))
    assert len(timeline(Choices(**SIZE, duration=1.2, fps=10, hold=0.2), 20).times) == 10
    with pytest.raises(InputError, match=r"^13 frames of 200×200") as refused:
        timeline(Choices(**SIZE, duration=1.3, fps=10, hold=0.3), 20)
    assert "Choose a smaller size, fewer frames a second or a shorter time." in str(refused.value)


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ({"last_step": 21}, "The last step is 21; it must be at most 20, the experiment's number of steps."),
        ({"first_step": 21}, "The first step is 21; it must not be after the last, 20."),
        ({"first_step": 5, "last_step": 4}, "The first step is 5; it must not be after the last, 4."),
    ],
)
def test_steps_that_are_not_there_are_refused(steps, sentence):
    for asked in (span, timeline):
        with pytest.raises(InputError) as refused:
            asked(Choices(**SIZE, **steps), 20)
        assert str(refused.value) == sentence
