"""What the page's own code reads of a sheet is off by less than it shows."""

import json
from pathlib import Path

import numpy as np
import pytest

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import check
from fall_line.trajectories.run import Fan, Trajectory, kept_step, last_finite
from fall_line.trajectories.sheet import CHUNK, moving, read_variations
from fall_line.trajectories.sheet_encoding import LEVELS, blocks, box_around, header
from landscapes import Box
from tests.node import node
from tests.trajectories.sheet_cases import CASES, METHODS, NAMES, OTHERS, walked

SCREEN = 3840  # pixels


def all_fans(name: str) -> list[Fan]:
    """Those of a case's sheet, in float64; they are the ones of the runs alone."""
    return [fan for stop in walked(name) for fan in stop.fans]


def all_paths(name: str) -> list[Trajectory]:
    return [path for fan in all_fans(name) for path in fan.paths]


def floor_of(experiment: Experiment) -> float | None:
    listed = experiment.surface.minima
    return listed[0].loss if listed else None


def box_of(experiment: Experiment) -> Box:
    return box_around(experiment.surface.domain)


def body(name: str) -> bytes:
    """The sheet as it is sent, not squeezed."""
    one = check(CASES[name].data)
    box, floor = box_of(one), floor_of(one)
    runs = moving(one, read_variations(one, CASES[name].vary))
    every = walked(name)
    told = [blocks(one, every[first : first + CHUNK], box, floor or 0.0) for first in range(0, len(every), CHUNK)]
    return header(one, runs, one.steps, box, floor) + b"".join(told)


READ = """({ createSheet, read }, [path, values]) => {
const sheet = createSheet(values);
sheet.take(new Uint8Array(fs.readFileSync(`${path}.sheet`)));
const { header } = sheet;
const rows = header.steps + 1;
const count = header.runs.length * header.seeds * rows;
const out = { points: [], heights: [], ends: [], runs: [] };
for (const value of values) {
  const [points, heights] = [new Float32Array(2 * count), new Float32Array(count)];
  const row = (run, seed) => (header.runs.indexOf(run) * header.seeds + seed) * rows;
  const target = (run, seed) => ({ points, heights, row: row(run, seed) });
  out.ends.push(read(sheet, value, target, (run, { kept, middle }) => out.runs.push([run, kept, middle])));
  out.points.push(new Uint8Array(points.buffer));
  out.heights.push(new Uint8Array(heights.buffer));
}
for (const part of ["points", "heights"]) fs.writeFileSync(`${path}.${part}`, Buffer.concat(out[part]));
fs.writeFileSync(`${path}.json`, JSON.stringify({ header, ends: out.ends, runs: out.runs }));
}"""


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """A case; the tests of one follow each other, for they share what was read."""
    return request.param


@pytest.fixture(scope="module")
def decoded(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the page's own code reads of the case."""
    folder = tmp_path_factory.mktemp("sheets")
    (folder / f"{name}.sheet").write_bytes(body(name))
    node("wire/sheet.ts", READ, [str(folder / name), CASES[name].vary[0]["values"]])
    return folder


def test_a_point_is_read_within_half_a_step_of_the_box_and_outside_it_exactly(name: str, decoded: Path) -> None:
    exact = np.stack([path.points for path in all_paths(name)])
    read = np.fromfile(decoded / f"{name}.points", "<f4").reshape(exact.shape)
    box = box_of(check(CASES[name].data))
    low, high = np.array([box.x_low, box.y_low]), np.array([box.x_high, box.y_high])
    half = (high - low) / LEVELS / 2
    with np.errstate(over="ignore", invalid="ignore"):
        narrow = exact.astype(np.float32)
        off = np.abs(read - exact)
        inside = ((exact >= low - half) & (exact <= high + half)).all(axis=-1)
    np.testing.assert_array_equal(read[~inside], narrow[~inside])
    rounding = np.spacing(np.abs(narrow[inside])) / 2
    assert (off[inside] <= half * (1 + 1e-9) + rounding).all()
    # The box is three views wide.
    assert (off[inside] * SCREEN / ((high - low) / 3) < 0.25).all()


def test_a_height_is_read_within_a_4096th_of_itself(name: str, decoded: Path) -> None:
    exact = np.stack([path.losses for path in all_paths(name)])
    exact = exact - (floor_of(check(CASES[name].data)) or 0.0)
    read = np.fromfile(decoded / f"{name}.heights", "<f4").reshape(exact.shape)
    most = float(np.finfo(np.float32).max)
    huge = np.abs(exact) > most * (1 - 2.0**-12)
    usual = np.isfinite(exact) & ~huge
    np.testing.assert_array_equal(np.isnan(read), np.isnan(exact))
    assert (np.sign(read[huge]) == np.sign(exact[huge])).all()
    assert (np.abs(read[huge]) > most * (1 - 2.0**-11)).all()
    # Both roundings together; below 2⁻¹²⁶ a float32 has steps of 2⁻¹⁴⁹, of which 12 digits are dropped.
    bound = np.abs(exact[usual]) * (2.0**-12 + 2.0**-24) + 2.0**-137
    assert (np.abs(read[usual] - exact[usual]) <= bound).all()


def test_ends_kept_steps_and_medians_are_those_of_the_server(name: str, decoded: Path) -> None:
    told = json.loads((decoded / f"{name}.json").read_text())
    one, every = check(CASES[name].data), walked(name)
    assert told["ends"] == [[[last_finite(path) for path in fan.paths] for fan in stop.fans] for stop in every]
    moved = moving(one, read_variations(one, CASES[name].vary))
    steps = [kept_step(one, fan.median) for fan in all_fans(name)]
    expected = [[-1 if step is None else step, fan.middle] for step, fan in zip(steps, all_fans(name), strict=True)]
    assert [row[1:] for row in told["runs"]] == expected
    assert [row[0] for row in told["runs"]] == moved * len(every)
    seeds, box = len(one.all_seeds), list(box_of(one))
    header = {"runs": moved, "seeds": seeds, "steps": one.steps, "box": box, "floor": floor_of(one)}
    assert told["header"] == header


def test_among_all_cases_is_everything_that_may_happen() -> None:
    """Paths that stay, that leave the box and come back, that stop being finite; several medians and kept steps."""
    points = np.stack([path.points for path in all_paths("gradient_descent")])
    box = box_of(check(METHODS["gradient_descent"].data))
    outside = (np.abs(points) > box.x_high).any(axis=-1)
    assert not np.isfinite(points).all()
    assert (np.isfinite(points).all(axis=-1) & outside).any()
    assert (~outside).all(axis=1).any()
    left = [np.abs(path.points).max(axis=1) > box.x_high for path in all_paths("nesterov")]
    assert any((out[:-1] & ~out[1:]).any() for out in left)
    noisy = all_fans("added noise")
    assert len({fan.middle for fan in noisy}) > 2
    kept = {kept_step(check(OTHERS["added noise"].data), fan.median) for fan in noisy}
    assert len(kept) > 5
