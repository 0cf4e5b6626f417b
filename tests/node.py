"""Runs the page's own modules in Node, which comes with the tests' packages."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
NODE = Path(sys.executable).with_name("node")


def node(module: str, program: str, data: Any = None) -> Any:
    """Return what `program` returns, a function of the module `module` of client/ and of `data`."""
    frame = f"""
        import * as fs from "node:fs";
        globalThis.window = globalThis;
        const data = JSON.parse(fs.readFileSync(0, "utf8"));
        const module = await import("./client/{module}");
        process.stdout.write(JSON.stringify(await ({program})(module, data)) ?? "null");
    """
    words = [NODE, "--input-type=module", "--eval", frame]
    told = json.dumps(data)
    ran = subprocess.run(words, cwd=ROOT, input=told, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


def read_grid(encoded: dict[str, Any]) -> np.ndarray:
    """Return what the page makes of the heights of a contour plot."""
    rows = node(
        "wire/grid.ts", "({ decodedGrid }, data) => decodedGrid(data).map((row) => [...row].map(String))", encoded
    )
    return np.array(rows, dtype=np.float64)
