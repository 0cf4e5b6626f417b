"""Loops and branches: `while`, `cond` and `scan` become those of JavaScript."""

from collections.abc import Callable
from typing import Any

import numpy as np
from jax.extend.core import ClosedJaxpr

from fall_line.translation.body import Body, Scalars
from fall_line.translation.untranslatable import UntranslatableError

Written = Callable[[Body, ClosedJaxpr, list[Scalars]], list[Scalars]]

UNROLLED = 32  # rounds of a scan up to which it is written out


def flat(arrays: list[Scalars]) -> list[str]:
    """Return the elements of all arrays in a row."""
    return [element for array in arrays for element in np.asarray(array, object).ravel()]


def shaped(elements: list[str], like: list[Scalars]) -> list[Scalars]:
    """Return the elements in a row as arrays of the shapes of `like`."""
    made, begin = [], 0
    for array in like:
        part = np.array(elements[begin : begin + array.size], object).reshape(array.shape)
        made.append(part)
        begin += array.size
    return made


def repeated(body: Body, settings: dict[str, Any], taken: list[Scalars], written: Written) -> list[Scalars]:
    """Write a `while`."""
    asked, kept = settings["cond_nconsts"], settings["body_nconsts"]
    for_test, for_body, first = taken[:asked], taken[asked : asked + kept], taken[asked + kept :]
    names = body.variables(flat(first))
    now = shaped(names, first)
    with body.block("for (;;)"):
        [test] = written(body, settings["cond_jaxpr"], for_test + now)
        body.add(f"if (!{test[()]}) break;")
        body.assign(names, flat(written(body, settings["body_jaxpr"], for_body + now)))
    return now


def branched(body: Body, settings: dict[str, Any], taken: list[Scalars], written: Written) -> list[Scalars]:
    """Write a `cond` or a `switch`; an index beyond its branches takes the nearest."""
    which, arguments, branches = taken[0][()], taken[1:], settings["branches"]
    like = [np.empty(aval.shape, object) for aval in branches[0].out_avals]
    last = len(branches) - 1

    def write() -> list[str]:
        names = body.variables(["0"] * sum(array.size for array in like))
        for k, branch in enumerate(branches):
            test = f"if ({which} <= {k})" if k == 0 else f"else if ({which} <= {k})" if k < last else "else"
            with body.block(test if last else "if (true)"):
                body.assign(names, flat(written(body, branch, arguments)))
        return names

    return shaped(body.once(write), like)


def scanned(body: Body, settings: dict[str, Any], taken: list[Scalars], written: Written) -> list[Scalars]:
    """Write a `scan`: written out if it is short, else a loop."""
    consts, carried = settings["num_consts"], settings["num_carry"]
    fixed, carry, rows = taken[:consts], taken[consts : consts + carried], taken[consts + carried :]
    length, step = settings["length"], settings["jaxpr"]
    collected = len(step.out_avals) - carried
    if length > UNROLLED and not rows and not collected:
        return _counted(body, length, lambda now: written(body, step, fixed + now), carry)
    if length > UNROLLED:
        raise UntranslatableError(f"A scan of {length} rounds over rows of arrays can't be translated.")
    order = range(length - 1, -1, -1) if settings["reverse"] else range(length)
    made: dict[int, list[Scalars]] = {}
    for k in order:
        results = written(body, step, fixed + carry + [np.asarray(row[k], object) for row in rows])
        carry, made[k] = results[:carried], results[carried:]
    return carry + [np.stack([made[k][column] for k in range(length)]) for column in range(collected)]


def _counted(
    body: Body, length: int, step: Callable[[list[Scalars]], list[Scalars]], first: list[Scalars]
) -> list[Scalars]:
    names, count = body.variables(flat(first)), body.name()
    now = shaped(names, first)
    with body.block(f"for (let {count} = 0; {count} < {length}; {count} += 1)"):
        body.assign(names, flat(step(now)))
    return now


def asked_of_all(body: Body, settings: dict[str, Any], taken: list[Scalars], written: Written) -> list[Scalars]:
    """Write the question that `fall_line.subgradients.for_all` asks of each row, up to the first that denies it."""
    rows, given = taken[0], taken[1:]
    length, width = rows.shape
    table, [answer], place = body.let(f"[{', '.join(rows.ravel())}]"), body.variables(["true"]), body.name()
    with body.block(f"for (let {place} = 0; {answer} && {place} < {length * width}; {place} += {width})"):
        row = [np.array(body.let(f"{table}[{place} + {k}]"), object) for k in range(width)]
        body.assign([answer], flat(written(body, settings["question"], row + given)))
    return [np.array(answer, object)]
