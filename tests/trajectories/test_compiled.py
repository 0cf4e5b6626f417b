"""Compiled programs are kept and used again by another process, with the same numbers."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = """
import sys
from pathlib import Path
import jax
from jax import monitoring
from fall_line.trajectories.compiled import keep_compiled
from fall_line.experiments.published import find
from fall_line.trajectories.run import run
hits = []
monitoring.register_event_listener(lambda name, **_: hits.append(name) if name.endswith("cache_hits") else None)
keep_compiled(Path(sys.argv[1]))
print([path.points[-1].tolist() for path in run(find("gallery/saddle").experiment)])
print(len(hits))
"""


def process(folder):
    words = [sys.executable, "-W", "error", "-c", CODE, str(folder)]
    # Without the folder that these tests share.
    alone = {name: value for name, value in os.environ.items() if name != "JAX_COMPILATION_CACHE_DIR"}
    ran = subprocess.run(words, cwd=ROOT, env=alone, capture_output=True, text=True, timeout=120, check=True)
    assert ran.stderr == ""
    points, hits = ran.stdout.splitlines()
    return points, int(hits)


def test_a_second_process_compiles_nothing_and_says_the_same(tmp_path):
    first, before = process(tmp_path)
    second, after = process(tmp_path)
    assert before == 0
    assert after >= 5
    assert second == first


def test_a_cut_entry_is_made_anew(tmp_path):
    expected, _ = process(tmp_path)
    for entry in tmp_path.rglob("*-cache"):
        entry.write_bytes(entry.read_bytes()[:100])
    assert process(tmp_path)[0] == expected


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path):
    (tmp_path / "file").touch()
    points, hits = process(tmp_path / "file" / "folder")
    assert points
    assert hits == 0
