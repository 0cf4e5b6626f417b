"""Captions: every symbol becomes its number, and what a line's numbers come to is what the rule made of them."""

import math
import re
from typing import Any

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.explanations.arithmetic import evaluate
from fall_line.explanations.explanation import explain
from fall_line.explanations.figures import in_latex
from fall_line.explanations.latex import LatexError, parse, write
from fall_line.explanations.recursion import lines, memory_kinds, moves_against, symbol_row
from fall_line.trajectories.inspection import Inspection, inspect
from optimizers import OPTIMIZERS, Optimizer

GREEK = {
    "η": "eta",
    "γ": "gamma",
    "β": "beta",
    "ε": "varepsilon",
    "λ": "lambda",
    "ρ": "rho",
    "α": "alpha",
    "Δ": "Delta",
    "ω": "omega",
    "ψ": "psi",
    "Π": "Pi",
}
# A loop goes on changing its own symbol; there is no one number for it.
IN_A_LOOP = {("gradient_descent_backtracking", symbol) for symbol in ("η", "η₀")}
LEADS_TO = {"gradient_descent_backtracking", "rprop"}
WORKED_OUT = [
    *("gradient_descent", "momentum", "ema_momentum", "nesterov", "nesterov_at_lookahead", "smoothed_nesterov_3"),
    *("smoothed_nesterov_4", "smoothed_nesterov_weighted", "adagrad", "adagrad_absolute", "adagrad_exponential"),
    *("adagrad_without_root", "rmsprop", "adadelta", "adam", "adam_epsilon_hat", "adam_kingma", "adam_nesterov"),
    *("adamax", "adamax_p", "adabelief", "adamw", "amsgrad", "lion", "sm3", "yogi", "schedule_free"),
]
SIMPLE = ["momentum", "ema_momentum", "nesterov_at_lookahead", "adagrad", "rmsprop", "adam", "adamw"]


def inspected(key: str, step: int = 7, **more: Any) -> Inspection:
    made = check({"surface": "rotated_quadratic", "steps": 40, "runs": [{"optimizer": key}]} | more)
    return inspect(made, 0, step)


@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("step", [0, 7])
def test_no_hyperparameter_and_no_memory_is_left_on_a_right_hand_side(key: str, step: int) -> None:
    optimizer = OPTIMIZERS[key]
    symbols = [hyper.symbol for hyper in optimizer.hypers] + [one for one in optimizer.memory if len(one) <= 2]
    captions = explain(inspected(key, step))
    assert [caption.line for caption in captions] == lines(optimizer.formula)
    for numbers in (numbers for caption in captions for numbers in caption.numbers):
        commands, letters = names(write(numbers.right))
        left = {one for one in symbols if (GREEK[one[0]] in commands if one[0] in GREEK else one in letters)}
        assert left - {symbol for method, symbol in IN_A_LOOP if method == key} == set(), numbers.latex


def names(latex: str) -> tuple[set[str], set[str]]:
    """The commands in `latex`, and its letters apart from those in words, under accents and in subscripts."""
    text = re.sub(r"\\(?:operatorname|text|mathrm|hat)\s*\{[^{}]*\}|_\{[^{}]*\}", " ", latex)
    return set(re.findall(r"\\([A-Za-z]+)", text)), set(re.sub(r"\\[A-Za-z]+|\{[a-z]+\}", " ", text))


@pytest.mark.parametrize("key", WORKED_OUT)
def test_the_numbers_of_every_line_come_to_the_new_state_of_the_rule(key: str) -> None:
    """The formula as it is printed and the code as it runs say the same."""
    found = inspected(key)
    assert found.after is not None
    assert found.next_point is not None
    new = {symbol_row(symbol): value for symbol, value in found.after.items()} | {symbol_row("θ"): found.next_point}
    seen = set()
    for caption in explain(found):
        targets = {write(one.target): one.target for one in caption.statements}
        for numbers in caption.numbers:
            told = evaluate(numbers.right)
            assert told is not None, numbers.latex
            target = targets[numbers.left]
            if target in new:
                wanted = new[target] if numbers.coordinate == "" else new[target]["xy".index(numbers.coordinate)]
                assert told == pytest.approx(float(wanted), rel=1e-9, abs=1e-15), numbers.latex
                seen.add(target)
    assert seen >= {symbol_row("θ")}


@pytest.mark.parametrize("key", SIMPLE)
def test_the_text_of_a_line_comes_to_its_result_for_another_reader_of_latex(key: str) -> None:
    """Python itself works out the text as it is shown, with all digits."""
    for caption in explain(inspected(key), digits=17):
        for numbers in caption.numbers:
            right, result = numbers.latex.split(numbers.sign, 1)[1].rsplit("=", 1)
            assert by_python(right) == pytest.approx(by_python(result), rel=1e-9)


def by_python(latex: str) -> float:
    text = latex.replace("\\left(", "(").replace("\\right)", ")").replace("\\cdot", "*")
    while (shorter := re.sub(r"\^\{([^{}]*)\}", r"**(\1)", text)) != text:
        text = shorter
    for _ in range(5):
        text = re.sub(r"\\sqrt\{([^{}]*)\}", r"((\1)**0.5)", text)
        text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
    return float(eval(re.sub(r"\)\s*\(", ")*(", text), {}))


def test_a_line_of_momentum_reads_as_one_would_write_it() -> None:
    found = inspected("momentum", runs=[{"optimizer": "momentum", "hypers": {"learning_rate": 0.1, "gamma": 0.5}}])
    first, second = explain(found, digits=3)
    x = {name: in_latex(float(value[0]), 3) for name, value in {**found.before, "g": found.gradient}.items()}
    assert found.after is not None
    signed = {name: f"\\left({text}\\right)" if text.startswith("-") else text for name, text in x.items()}
    new = in_latex(float(found.after["v"][0]), 3)
    assert first.numbers[0].latex == f"v \\leftarrow 0.5 \\cdot {signed['v']} + 0.1 \\cdot {signed['g']} = {new}"
    assert [numbers.coordinate for numbers in second.numbers] == ["x", "y"]


def test_a_symbol_set_by_an_earlier_line_has_its_new_value_in_later_ones() -> None:
    found = inspected("momentum")
    assert found.after is not None
    second = explain(found, digits=17)[1].numbers[0]
    assert evaluate(second.right) == pytest.approx(found.point[0] - found.after["v"][0], rel=1e-15)


def test_the_gradient_put_in_is_that_of_the_point_ahead() -> None:
    found = inspected("nesterov")
    text = explain(found, digits=12)[0].numbers[0].latex
    assert in_latex(float(found.looks[0].gradient[0]), 12) in text
    assert in_latex(float(found.gradient[0]), 12) not in text


def test_what_no_state_holds_stays_a_symbol_where_it_cannot_be_worked_out() -> None:
    *_, last = explain(inspected("nadam"))
    assert all("\\hat{m}" in numbers.latex for numbers in last.numbers)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("size", [1, 2])
def test_a_memory_that_no_line_sets_is_that_which_the_rule_used(first: bool, size: int) -> None:
    """A rule may move by its memory before or after it has changed it, and its formula may not tell."""

    def step(problem: Any, point: Any, memory: Any, *, learning_rate: Any) -> Any:
        gradient = problem.gradient(point)
        new = 0.9 * memory + (gradient if size == 2 else gradient.sum())
        return point - learning_rate * (memory if first else new), new

    own = Optimizer(
        key=f"unset_{first}_{size}",
        label="Unset",
        family="test",
        hypers=(OPTIMIZERS["momentum"].hypers[0],),
        init=lambda point, **_: 0 * (point if size == 2 else point.sum()),
        step=step,
        formula=r"\theta \leftarrow \theta - \eta\, m",
        variant="test",
        source="test",
        memory=("m",),
        listed=False,
    )
    OPTIMIZERS[own.key] = own
    try:
        found = inspected(own.key)
    finally:
        del OPTIMIZERS[own.key]
    assert found.after is not None
    used = np.broadcast_to((found.before if first else found.after)["m"], 2)
    (caption,) = explain(found, 12)
    for axis, numbers in enumerate(caption.numbers):
        assert in_latex(float(used[axis]), 12) in numbers.latex
        assert numbers.agrees


def test_at_the_end_of_a_run_nothing_is_explained() -> None:
    assert explain(inspected("adam", 40)) == []


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_run_that_is_not_finite_is_explained_all_the_same(key: str) -> None:
    found = inspected(key)
    broken = {symbol: np.full_like(np.asarray(value, dtype=float), math.nan) for symbol, value in found.before.items()}
    sick = Inspection(**{**vars(found), "before": broken, "after": broken, "point": np.full(2, math.inf)})
    captions = explain(sick)
    assert len(captions) == len(lines(OPTIMIZERS[key].formula))
    assert any("\\infty" in numbers.latex for caption in captions for numbers in caption.numbers)


def test_kinds_of_memory_are_read_from_the_formula() -> None:
    told = {
        key: memory_kinds(OPTIMIZERS[key]) for key in ("momentum", "adam", "adagrad_absolute", "adadelta", "amsgrad")
    }
    assert told["momentum"] == {"v": "direction"}
    assert {symbol: told["adam"][symbol] for symbol in "mv"} == {"m": "direction", "v": "square"}
    assert told["adagrad_absolute"] == {"G": "square"}
    assert told["adadelta"] == {"E": "square", "D": "square"}
    assert told["amsgrad"]["w"] == "square"
    assert moves_against(OPTIMIZERS["adam"], "m")
    assert not moves_against(OPTIMIZERS["barzilai_borwein"], "s")


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_formula_that_is_read_and_written_again_reads_the_same(optimizer: Any) -> None:
    for line in lines(optimizer.formula):
        tree = parse(line)
        assert parse(write(tree)) == parse(write(parse(write(tree))))


@pytest.mark.parametrize("text", [r"\left( 1", r"\frac{1}", "(1", "{", r"\sqrt"])
def test_a_formula_that_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(LatexError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"2 \cdot 3 - \tfrac12", 5.5),
        (r"-2^2 + \sqrt{16}/2", -2.0),
        (r"\frac{1 + |{-3}|}{2}(1-0.5)", 1.0),
        (r"\max\left(1, 2 \cdot 3\right) e^{-1}", 6 / math.e),
        (r"\operatorname{sign}(0.1 - 3) 4", -4.0),
        (r"2\,x", None),
        (r"\frac{0}{0}", math.nan),
        (r"\frac{1}{0}", math.inf),
        (r"", None),
    ],
)
def test_arithmetic(text: str, value: float | None) -> None:
    found = evaluate(parse(text))
    assert found == (value if value is None else pytest.approx(value, rel=1e-15, nan_ok=True))


def test_a_line_search_is_explained_with_the_rate_that_it_found() -> None:
    """A rate that was halved twice is told as what the loop led to, and used in the lines after it."""
    one = {"optimizer": "gradient_descent_backtracking", "hypers": {"learning_rate": 8.0}}
    found = inspected("gradient_descent_backtracking", 0, runs=[one])
    assert found.after is not None
    rate = in_latex(float(found.after["η"]), 4)
    assert rate != "8"
    told = [numbers.latex for caption in explain(found) for numbers in caption.numbers]
    assert any(text.endswith(f"\\Rightarrow\\; \\eta = {rate}") for text in told)
    assert f"- {rate} \\cdot" in told[-1]


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_numbers_and_result_are_equal_unless_the_method_loops_or_changes_a_symbol_in_a_case(key: str) -> None:
    captions = [caption for step in (0, 3, 20) for caption in explain(inspected(key, step))]
    led = any("\\Rightarrow" in numbers.latex for caption in captions for numbers in caption.numbers)
    assert led == (key in LEADS_TO)
