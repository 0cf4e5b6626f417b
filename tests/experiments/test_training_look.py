"""What of a training is looked at, as a link has it: read back, mended, and no part of the experiment."""

import dataclasses

import pytest

from fall_line.experiments.reading import read_any
from fall_line.experiments.training_experiment import check
from fall_line.experiments.training_link import from_query, to_query
from fall_line.experiments.training_look import PLANES, READERS, TrainingLook, read_look

EXPERIMENT = check({"task": "xor", "steps": 150, "seed": 3, "seeds": 4, "runs": [{"optimizer": "adam"}] * 3})
LINK = to_query(EXPERIMENT)
ALL = {
    "view": ("plane", "plane"),
    "plane": ("random", "random"),
    "plane_runs": ("3,1", (3, 1)),
    "plane_seed": ("7", 7),
    "shown_seed": ("5", 5),
    "loss_axis": ("linear", "linear"),
    "along": ("epochs", "epochs"),
    "smooth": ("true", True),
    "step": ("40", 40),
}


def test_all_that_is_looked_at_is_read_from_the_link_and_changes_nothing_of_the_experiment():
    query = LINK + "".join(f"&{name}={text}" for name, (text, _) in ALL.items())
    look, problems = read_look(query, EXPERIMENT)
    assert dataclasses.asdict(look) == {name: value for name, (_, value) in ALL.items()}
    assert problems == []
    assert from_query(query) == (EXPERIMENT, [])
    assert read_any(query) == EXPERIMENT
    assert set(ALL) == set(READERS) == {field.name for field in dataclasses.fields(TrainingLook)}


def test_a_link_that_says_nothing_of_it_looks_at_what_is_usual():
    assert read_look(LINK, EXPERIMENT) == (TrainingLook(), [])


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("view=3d", "View is ‘3d’; it must be one of learned, plane, sharpness."),
        ("plane=tsne", f"Plane is ‘tsne’; it must be one of {', '.join(PLANES)}."),
        ("plane_runs=1", "Plane_runs is ‘1’; it must be the places of two runs, such as 1,2."),
        ("plane_runs=1,4", "The place of a run in plane_runs is ‘4’; it must be a whole number from 1 to 3."),
        ("plane_seed=-1", "Plane_seed is ‘-1’; it must be a whole number from 0 to 999999."),
        ("shown_seed=7", "Shown_seed is ‘7’; it must be a whole number from 3 to 6."),
        ("loss_axis=cubic", "Loss_axis is ‘cubic’; it must be one of log, linear."),
        ("along=days", "Along is ‘days’; it must be one of steps, epochs."),
        ("smooth=very", "Smooth is ‘very’; it must be true or false."),
        ("step=151", "Step is ‘151’; it must be a whole number from 0 to 150."),
        ("step=", "Step is ‘’; it must be a whole number from 0 to 150."),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_holds(field, sentence):
    look, problems = read_look(f"{LINK}&{field}&plane_seed=9", EXPERIMENT)
    assert problems == [sentence]
    assert look == TrainingLook(plane_seed=9)
