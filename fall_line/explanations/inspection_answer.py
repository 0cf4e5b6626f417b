"""What the page is sent for one step of one run: numbers as text for a table, vectors for arrows, captions."""

from typing import Any

import numpy as np

from fall_line.experiments.experiment import Experiment
from fall_line.explanations.answer import number
from fall_line.explanations.explanation import Caption, Numbers, explain
from fall_line.explanations.latex import Leaf, Row
from fall_line.explanations.recursion import Kind, asks, has, memory_kinds, moves_against, statements, symbol_row
from fall_line.trajectories.inspection import Floats, Inspection, inspect
from fall_line.trajectories.run import kept_step, run
from fall_line.typesetting import mathml
from optimizers import Optimizer

SHOWN_ROWS = 8  # of a memory that is a list of vectors
SIGNS = {
    "θ": ("\\theta", "point"),
    "∇J": ("\\nabla", "gradient of the loss J"),
    "g": ("g", "gradient that the rule is told"),
    "H": ("H", "Hessian, how the gradient changes"),
    "t": ("t", "number of the step, the first is 1"),
}
MEMORY_WORDS: dict[Kind, str] = {"direction": "memory of directions", "square": "memory of sizes", "other": "memory"}


def inspection_answer(experiment: Experiment, run_index: int, step: int, explained: bool) -> dict[str, Any]:
    """Return everything that the page shows of the step, ready for JSON; numbers that aren't finite become null.

    `rows` are the table's, in groups; each has a symbol, a label, and the texts of x and y, or of one number.
    `arrows` have the place they start from, the vector, and what they are: `gradient`, `asked`, `memory`, `update`.
    `squares` have sums or averages of squares. Those of the memory come before and, in `later`, after the step.
    `chosen` is η where the method finds it itself. `captions` are those of the method's formula, if `explained`.
    """
    found = inspect(experiment, run_index, step)
    return {
        "run": run_index,
        "step": step,
        "name": experiment.runs[run_index].name,
        "sentence": _sentence(experiment, run_index, found),
        "groups": [group for group in _groups(found) if group["rows"]],
        "point": _plain(found.point),
        "looks": [_plain(look.place) for look in found.looks if _elsewhere(found, look.place)],
        "arrows": _arrows(found),
        "squares": _squares(found),
        "chosen": _chosen(found),
        "captions": [_caption(found, one) for one in explain(found)] if explained else None,
        "signs": _signs(found.optimizer) if explained else [],
    }


def _sentence(experiment: Experiment, run_index: int, found: Inspection) -> str:
    if not found.finite:
        return "The run is no longer finite here: numbers are NaN or ∞, and there is nothing to draw."
    if found.next_point is not None and not np.isfinite(found.next_point).all():
        return "The step from here leads out of the finite numbers."
    kept = kept_step(experiment, run(experiment)[run_index]) if experiment.return_best else None
    if found.next_point is not None:
        last = kept is not None and found.step == experiment.steps - 1
        return f"After this step, the last, the run goes back to its best point, that of step {kept}." if last else ""
    if kept is None:
        return "This is the end of the run: there is no further step."
    return f"This is the end of the run; it goes back to its best point, that of step {kept}."


# ---- the table ----


def _groups(found: Inspection) -> list[dict[str, Any]]:
    memory = [row for symbol in found.before for row in _memory_rows(found, symbol)]
    return [
        {"title": "Here", "rows": _here(found)},
        {"title": "What the rule was told", "rows": _told(found)},
        {"title": "Hyperparameters at this step", "rows": _settings(found)},
        {"title": "Memory, before → after", "rows": memory},
        {"title": "The step", "rows": _moved(found)},
    ]


def _row(symbol: str, name: str, hint: str, values: Any, after: Any = None, key: str = "") -> dict[str, Any]:
    return {
        "symbol": symbol,
        "name": name,
        "hint": hint,
        "key": key,
        "text": [number(float(value)) for value in np.atleast_1d(values)],
        "after": None if after is None else [number(float(value)) for value in np.atleast_1d(after)],
    }


def _here(found: Inspection) -> list[dict[str, Any]]:
    seed = "" if found.seed is None else f" of seed {found.seed}"
    return [
        _row("θ", "point", f"The point{seed} before the step", found.point),
        _row("J(θ)", "loss", "The loss there", found.loss),
        _row("∇J(θ)", "gradient", "The true gradient there, without noise", found.gradient, key="gradient"),
    ]


def _told(found: Inspection) -> list[dict[str, Any]]:
    """Where the rule asked for the gradient and what it was told, unless that is ∇J(θ) itself."""
    rows = []
    for index, look in enumerate(found.looks):
        away = _elsewhere(found, look.place)
        name = f" {index + 1}" if len(found.looks) > 1 else ""
        if away:
            rows.append(
                _row(
                    f"ahead{name}",
                    "where it asks",
                    "The point ahead at which the rule asks for the gradient",
                    look.place,
                )
            )
        if away or not np.array_equal(look.gradient, found.gradient, equal_nan=True):
            hint = "The gradient that the rule was told there" + ("" if found.seed is None else ", noise included")
            rows.append(_row(f"g{name}", "gradient told", hint, look.gradient, key=f"asked-{index}"))
    return rows


def _settings(found: Inspection) -> list[dict[str, Any]]:
    return [
        _row(hyper.symbol, hyper.label, f"{hyper.label}, after its schedule", found.settings[hyper.key])
        for hyper in found.optimizer.hypers
    ]


def _memory_rows(found: Inspection, symbol: str) -> list[dict[str, Any]]:
    words = _memory_words(found.optimizer)[symbol].removeprefix("memory").removeprefix(" of ")
    before, after = found.before[symbol], None if found.after is None else found.after[symbol]
    if before.ndim <= 1:
        note = ": chosen by the line search" if symbol == "η" else ""
        return [_row(symbol, words, f"Memory {symbol}{note}", before, after, key=f"memory-{symbol}")]
    lines = before.reshape(-1, before.shape[-1])[:SHOWN_ROWS]
    later = [None] * len(lines) if after is None else list(after.reshape(-1, before.shape[-1]))
    return [
        _row(f"{symbol} {k + 1}", words, f"Memory {symbol}, entry {k + 1}", line, later[k])
        for k, line in enumerate(lines)
    ]


def _moved(found: Inspection) -> list[dict[str, Any]]:
    if found.update is None:
        return []
    effective = "Effective step Δθ/(−∇J): the η with which plain gradient descent would go as far along this axis"
    return [
        _row("Δθ", "update", "The update: how far this step leads", found.update, key="update"),
        _row("Δθ/(−∇J)", "effective step", effective, found.effective_step),
        _row("next θ", "point after", "The point after the step", found.next_point),
    ]


# ---- the plot ----


def _arrows(found: Inspection) -> list[dict[str, Any]]:
    arrows = [_arrow("gradient", "gradient", "−∇J(θ)", found.point, -found.gradient)]
    for index, look in enumerate(found.looks):
        if _elsewhere(found, look.place) or not np.array_equal(look.gradient, found.gradient):
            arrows.append(_arrow(f"asked-{index}", "asked", "−g", look.place, -look.gradient))
    kinds = memory_kinds(found.optimizer)
    for symbol, before in found.before.items():
        if kinds[symbol] == "direction" and before.shape == (2,):
            against = moves_against(found.optimizer, symbol)
            sign, name = (-1.0, f"−{symbol}") if against else (1.0, symbol)
            arrow = _arrow(f"memory-{symbol}", "memory", name, found.point, sign * before)
            arrows.append(arrow | {"later": None if found.after is None else _plain(sign * found.after[symbol])})
    if found.update is not None:
        arrows.append(_arrow("update", "update", "Δθ", found.point, found.update))
    return arrows


def _arrow(key: str, kind: str, symbol: str, at: Floats, vector: Floats) -> dict[str, Any]:
    return {"key": key, "kind": kind, "symbol": symbol, "at": _plain(at), "vector": _plain(vector)}


def _squares(found: Inspection) -> list[dict[str, Any]]:
    kinds = memory_kinds(found.optimizer)
    return [
        {
            "key": f"memory-{symbol}",
            "symbol": symbol,
            "values": _plain(before),
            "later": None if found.after is None else _plain(found.after[symbol]),
        }
        for symbol, before in found.before.items()
        if kinds[symbol] == "square" and before.shape == (2,)
    ]


def _chosen(found: Inspection) -> dict[str, Any] | None:
    """The η that the method itself found for this step, and the hyperparameter whose slider shows it."""
    memory = found.before if found.after is None else found.after
    keys = [hyper.key for hyper in found.optimizer.hypers if hyper.symbol in ("η", "η₀")]
    if "η" not in memory or memory["η"].ndim:
        return None
    value = float(memory["η"])
    return {"key": keys[0] if keys else None, "value": value if np.isfinite(value) else None, "text": number(value)}


def _caption(found: Inspection, one: Caption) -> dict[str, Any]:
    """The line and the same with numbers, as MathML, and the keys of the arrows and squares that belong to it."""
    targets = [statement.target for statement in one.statements]
    told = any(asks(statement.body) for statement in one.statements)
    looks = [f"asked-{index}" for index in range(len(found.looks))]
    sets = [f"memory-{symbol}" for symbol in found.before if symbol_row(symbol) in targets]
    return {
        "formula": mathml(one.line),
        "numbers": [_row_of_numbers(numbers) for numbers in one.numbers],
        "sets": sets + ["update"] * (symbol_row("θ") in targets),
        "uses": [*looks, "gradient"] if told else [],
    }


def _row_of_numbers(numbers: Numbers) -> dict[str, Any]:
    """The coordinate, and the pieces between which the row may be broken."""
    first, *others = numbers.pieces
    # Nothing before it would make a sign of the operator with which a piece begins.
    return {"axis": numbers.coordinate, "pieces": [mathml(first), *(mathml(f"{{}} {piece}") for piece in others)]}


def _signs(optimizer: Optimizer) -> list[dict[str, str]]:
    """What the signs of the method's formula stand for, in the order in which a reader asks."""
    formula = tuple(node for one in statements(optimizer.formula) for node in (*one.target, *one.body))
    rows: dict[str, Row] = {symbol: (Leaf(token),) for symbol, (token, _) in SIGNS.items()}
    words = {symbol: meaning for symbol, (_, meaning) in SIGNS.items()}
    hypers = {one.symbol: one.label for one in optimizer.hypers}
    for symbol, meaning in (_memory_words(optimizer) | hypers).items():
        rows.setdefault(symbol, symbol_row(symbol))
        words.setdefault(symbol, meaning)
    return [{"symbol": symbol, "words": words[symbol]} for symbol, row in rows.items() if has(formula, row)]


def _memory_words(optimizer: Optimizer) -> dict[str, str]:
    """What each symbol of the memory is called."""
    kinds = memory_kinds(optimizer)
    found = {"η": "step size found by the method", "t": "number of steps made"}
    found = {symbol: words for symbol, words in found.items() if symbol in optimizer.memory}
    corrections = {symbol: "bias correction" for symbol in optimizer.memory if symbol.startswith("1 −")}
    return {symbol: MEMORY_WORDS[kinds[symbol]] for symbol in optimizer.memory} | found | corrections


def _elsewhere(found: Inspection, place: Floats) -> bool:
    return not np.array_equal(place, found.point, equal_nan=True)


def _plain(vector: Floats) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in vector]
