"""What is read as what, and what is refused with which sentence."""

import random

import numpy as np
import pytest

from fall_line.formulas import Formula, FormulaError, parse
from fall_line.formulas.functions import FUNCTIONS
from fall_line.validation import InputError

AT = {"x": 0.7, "y": -1.3, "a": 2.5, "b": 0.4}


def at(text):
    formula = parse(text)
    names = (*formula.variables, *(hyper.key for hyper in formula.parameters))
    return float(formula.numpy(**{name: AT.get(name, 1.0) for name in names}))


def refusal(text):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("x + 2*y", "x + 2*y"),
        ("-x^2", "-(x**2)"),
        ("2^-x", "2**(-x)"),
        ("2^3^2", "2**9"),
        ("x**2", "x**2"),
        ("8/4/2*x", "x"),
        ("6/2*x", "3*x"),
        ("x - -y", "x + y"),
        ("x*-y", "-x*y"),
        ("--x", "x"),
        ("+x", "x"),
        ("2x", "2*x"),
        ("3(x+y)", "3*(x + y)"),
        ("(x+1)(y-2)", "(x + 1)*(y - 2)"),
        ("2sin(x)cos(y)", "2*sin(x)*cos(y)"),
        ("x²y", "x**2*y"),
        ("(x+y)³(x-y)²", "(x + y)**3*(x - y)**2"),
        ("x⁻¹", "1/x"),
        ("x¹⁰", "x**10"),
        ("2 − 3×x·y÷4", "2 - 3*x*y/4"),
        ("2π + τ", "4*pi"),
        ("2pi", "2*pi"),
        ("cos(2πx)", "cos(2*pi*x)"),
        ("cos(2pi x)", "cos(2*pi*x)"),
        ("2π(x + y) + pi x^2", "2*pi*(x + y) + pi*x**2"),
        ("tau x", "2*pi*x"),
        ("e^x", "exp(x)"),
        ("√(x+1)", "sqrt(x + 1)"),
        ("1.5e-1x + .5 + 2.", "0.15*x + 2.5"),
        ("a*x^2 + b", "2.5*x**2 + 0.4"),
        ("min(x, y, 0.1)", "y"),
        ("max(x, y)", "x"),
        ("where(x > y, x, y)", "x"),
        ("where(y ≥ x, 1, where(0 < x < 1, 2, 3))", "2"),
        ("where(x != x, 1, where(x == 0.7, 4, 5))", "4"),
        ("  x\n+\ty ", "x + y"),
    ],
)
def test_it_means_what_it_looks_like(text, python):
    names = {"sin": np.sin, "cos": np.cos, "exp": np.exp, "sqrt": np.sqrt, "pi": np.pi}
    expected = eval(python, {"__builtins__": {}}, names | AT)
    assert at(text) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", None, "The formula is empty; write for example x^2 + y^2."),
        ("   ", None, "empty"),
        ("1/2x", 3, "At character 4, ‘x’: this can be read in two ways, write * or brackets before it."),
        ("x^2y", 3, "two ways"),
        ("x^2(y)", 3, "two ways"),
        ("x y", 2, "write x*y"),
        ("2 3", 2, "write 2*3"),
        ("xy", 0, "write x*y"),
        ("ax", 0, "write a*x"),
        ("2x + pix", 5, "write pi*x"),
        ("sinx", 0, "write sin(x)"),
        ("sin x", 0, "write sin(x)"),
        ("sin^2(x)", 0, "write sin(x)^2"),
        ("sin²(x)", 0, "write sin(x)^2"),
        ("sinn(x)", 0, "write sin(…)"),
        ("qqq(x)", 0, "those that are read: sin, cos"),
        ("x(y+1)", 0, "x is no function, write x*(…)"),
        ("X + y", 0, "write x in small letters"),
        ("Sin + y", 0, "write sin in small letters"),
        ("(x + (y)", 0, "this bracket is never closed"),
        ("x + y)", 5, "no bracket was opened for it"),
        ("x +", 2, "must follow"),
        ("x + * y", 4, "must stand before it"),
        ("()", 1, "must stand before it"),
        ("1,5*x", 1, "decimals have a point: 0.5"),
        ("x > 1", 2, "only be the condition of where"),
        ("sin(x > 1)", 6, "only be the condition of where"),
        ("where(x, 1, 2)", 7, "must compare something"),
        ("where(x > 1, 1)", 0, "it has 2 arguments, write where(condition, a, b)"),
        ("sin(x, y)", 0, "it has 2 arguments, write sin(x)"),
        ("min(x)", 0, "it has 1 argument, write min(a, b, …)"),
        ("z = x", 2, "EQUALS SIGN"),
        ("|x|", 0, "write abs(…)"),
        ("[x]", 0, "use round brackets"),
        ("x!", 1, "no factorial"),
        ("½x", 0, "write 1/2"),
        ("1_000*x", 1, "LOW LINE"),
        ("1e400*x", 0, "the number is too large"),
        ("x²^3", 2, "put brackets around the power before it"),
        ("х + y", 0, "CYRILLIC SMALL LETTER HA"),
        ("ｘ + y", 0, "FULLWIDTH LATIN SMALL LETTER X"),
        ("x\u200b+y", 1, "ZERO WIDTH SPACE"),
        ("x + ο", 4, "GREEK SMALL LETTER OMICRON"),
        ("x\0", 1, "U+0000"),
        ("x\ud800", 1, "U+D800"),
        ("x if y else 1", 2, "write x*if"),
        ("if + x", 0, "where(condition, a, b)"),
        ("inf*x", 0, "can't have this name"),
        ("None", 0, "can't have this name"),
        ("a_very_long_name_of_a_number", 0, "at most 20 letters"),
        ("a1+a2+a3+a4+a5+a6+a7+x", None, "at most 6 can have a slider"),
        ("x" * 501, None, "501 characters; at most 500"),
        ("(" * 200 + "x" + ")" * 200, 31, "more than 30"),
        ("-" * 200 + "x", 31, "more than 30"),
        ("/".join(["x"] * 100), None, "nested too deeply"),
    ],
)
def test_a_refusal_names_the_place_and_what_to_write(text, place, words):
    sentence = refusal(text)
    assert words in sentence
    assert sentence.endswith(".")
    with pytest.raises(InputError) as caught:
        parse(text)
    assert caught.value.place == place


def test_other_names_become_parameters_with_a_slider():
    formula = parse("k*x + lambda*y + θ1*0 + a2 - k".replace("θ1", "θ"))
    assert [hyper.key for hyper in formula.parameters] == ["k", "lambda", "theta", "a2"]
    assert {(h.default, h.low, h.high, h.scale) for h in formula.parameters} == {(1.0, -10.0, 10.0, "linear")}


def test_variables_are_chosen():
    signal = parse("sin(k/10) + x", ("k",))
    assert [hyper.key for hyper in signal.parameters] == ["x"]
    np.testing.assert_allclose(signal.numpy(k=np.arange(5.0), x=2.0), np.sin(np.arange(5) / 10) + 2, rtol=1e-15)
    with pytest.raises(FormulaError, match=r"k\*t"):
        parse("kt", ("k",))


@pytest.mark.parametrize("name", ["floor", "ceil", "round", "sign"])
def test_steps_are_warned_of(name):
    assert parse(f"{name}(x) + {name}(y)").warnings == (f"{name} has slope 0 everywhere: methods won't move on it.",)
    assert parse("abs(x)").warnings == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10^10^10", np.inf),
        ("-10^10^10 + x", -np.inf),
        ("1/0", np.inf),
        ("0/0", np.nan),
        ("sqrt(-1)", np.nan),
        ("log(0)", -np.inf),
        ("0^-1", np.inf),
        ("0^0", 1.0),
        ("9^9^9^9^9", np.inf),
        ("1e308*10 - 1e308*10", np.nan),
        ("where(0/0 > 1, 1, 2)", 2.0),
    ],
)
def test_numbers_follow_ieee(text, value):
    assert at(text) == pytest.approx(value, nan_ok=True)
    assert float(parse(text).value(x=0.7, y=-1.3)) == pytest.approx(value, nan_ok=True)


WORDS = [
    "x",
    "y",
    "a",
    "k_1",
    "pi",
    "e",
    "xy",
    "if",
    "else",
    "lambda",
    "for",
    "in",
    "and",
    "import",
    "os",
    "None",
    "exec",
]
NUMBERS = ["0", "1", "2.5", ".5", "1e9", "1e-400", "1e400", "10", "0x1F", "1_0", "1j", "99999999999999999999999"]
SIGNS = [*"+-*/^%@()(),.:=<~[]{}'\"#\\$&|!?`;", "**", "//", ":=", "==", ">=", "!="]
STRANGE = [*"\n\t\0\x1b  −×·÷²³⁺πτ√λοхｘ∞½\u200b\u202e🙂\ud800", "⁻¹"]
PYTHON = [
    "10^10^10",
    "1/0",
    "x.real",
    "().__class__",
    "__import__('os')",
    "lambda: 0",
    "[x for x in y]",
    "(x:=1)",
    "f'{x}'",
]
PIECES = [*FUNCTIONS, *WORDS, *NUMBERS, *SIGNS, *STRANGE, *PYTHON]
NEARLY = ["x^2 + 3*sin(x*y)", "where(x > 0, a*x, y)/2", "exp(-(x^2 + y^2))", "max(x, y, 1)^2"]
HOSTILE = [
    "x" * 1_000_000,
    "(" * 1_000_000,
    "(" * 250 + "x" + ")" * 250,
    "-" * 499 + "x",
    "^".join(["9"] * 250),
    "x" + "²" * 499,
    "sin(" * 100 + "x" + ")" * 100,
    "+".join(["x"] * 250),
    "*".join(["x"] * 250),
    "/".join(["x"] * 250),
    "x" + "/2" * 40,
    "where(" * 80 + "x",
    "where(x>0,1," * 28 + "2" + ")" * 28,
    "x^" * 249 + "x",
    "9" * 500,
    "9" * 300,
    "." * 500,
    "e" * 500,
    "1" + "e" * 400,
    "((((((((((x^999)^999)^999)^999)^999)^999)^999)^999)^999)^999)",
]


def made():
    """Yield pieces in a row, signs in a row, and formulas with one piece too many."""
    generator = random.Random(2024)
    for _ in range(7000):
        yield "".join(generator.choices(PIECES, k=generator.randint(1, 14)))
    for _ in range(2000):
        yield "".join(chr(generator.randrange(generator.choice([127, 0x3000]))) for _ in range(9))
    for _ in range(1000):
        text = generator.choice(NEARLY)
        place = generator.randrange(len(text))
        yield text[:place] + generator.choice(PIECES) + text[place:]


def check_sentence(text, error):
    sentence = str(error)
    assert sentence.endswith(".")
    assert len(sentence) < 500
    assert "\n" not in sentence
    assert sentence.encode()
    assert error.place is None or 0 <= error.place <= len(text)


def check_formula(formula):
    assert isinstance(formula, Formula)
    values = formula.numpy(x=np.array([0.5, -2.0]), y=0.25, **{h.key: h.default for h in formula.parameters})
    assert (values.shape, values.dtype) == ((2,), np.float64)
    assert formula.latex.count("{") == formula.latex.count("}")
    assert formula.latex.count(r"\left") == formula.latex.count(r"\right")


def test_nothing_but_a_formula_or_a_sentence_comes_of_any_text():
    """Ten thousand texts: each is refused in one line that can be shown, or can be computed and typeset."""
    refused = []
    for text in (texts := [*HOSTILE, *made()]):
        try:
            formula = parse(text)
        except FormulaError as error:
            refused.append((text, error))
        else:
            check_formula(formula)
    for text, error in refused:
        check_sentence(text, error)
    assert 5000 < len(refused) < len(texts) - 500


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mod(x, 2)", "there is no function mod, a - b*floor(a/b) is the remainder of a/b."),
        ("pow(x, 2)", "there is no function pow, write a^b."),
        ("np.sin(x)", "‘np.’: functions stand alone, write sin(…) without what is before it."),
        ("2*math.sqrt(x)", "At character 3, ‘math.’: functions stand alone, write sqrt(…)"),
        ("arctan2(y, x)", "write atan2(y, x)."),
        ("x1^2 + x2^2", "has ‘x1’ and ‘x2’, but neither x nor y: write x for x1 and y for x2."),
        ("(1 - x_1)^2 + 100(x_2 - x_1^2)^2", "write x for x_1 and y for x_2."),
        ("1/2πx", "this can be read in two ways"),
    ],
)
def test_what_other_programs_write_gets_a_hint(text, words):
    assert words in refusal(text)


def test_numbered_names_beside_x_or_y_are_parameters():
    assert [hyper.key for hyper in parse("a1*x^2 + a2*y^2").parameters] == ["a1", "a2"]
