"""Every formula that the pages show becomes MathML that typeset.ts takes over whole."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from math_core import LatexError

from fall_line.experiments.mending import check
from fall_line.explanations.inspection_answer import inspection_answer
from fall_line.formulas import parse
from fall_line.formulas.functions import FUNCTIONS
from fall_line.typesetting import gathered, mathml, typeset
from landscapes import SURFACES
from optimizers import OPTIMIZERS

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
TAKEN_OVER = Path(__file__).parents[2] / "client" / "shell" / "typeset.ts"
ATTRIBUTES = set(" ".join(re.findall(r'(?m)^    "([a-z ]+)"', TAKEN_OVER.read_text(encoding="utf-8"))).split())


def elements(text):
    """All elements of the formula, read as the browser reads it."""
    read = list(ElementTree.fromstring(text).iter())
    assert read[0].tag == f"{NAMESPACE}math"
    return read


def sound(text):
    """Whether the formula is whole: only elements of MathML, no command left in it, no error, nothing dropped."""
    for one in elements(text):
        assert one.tag.startswith(NAMESPACE), text
        assert one.tag != f"{NAMESPACE}merror", text
        assert "\\" not in f"{one.text}{one.tail}", text
        assert set(one.attrib) <= ATTRIBUTES, text
    return True


def tables(text):
    """How many rows and columns each table in the formula has."""
    found = [one for one in elements(text) if one.tag == f"{NAMESPACE}mtable"]
    return [(len(table), len(table[0])) for table in found]


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_method_s_formula_has_its_lines(key):
    formula = OPTIMIZERS[key].formula
    text = typeset(gathered(formula))
    assert sound(text)
    cases = re.sub(r"(?s)\\begin\{cases\}.*?\\end\{cases\}", "", formula)
    assert tables(text)[0] == (cases.count("\\\\") + 1, 1)


@pytest.mark.parametrize("key", SURFACES)
def test_every_surface_s_formula_can_be_typeset(key):
    assert sound(typeset(f"J(x, y) = {SURFACES[key].formula}"))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_that_can_be_typed_can_be_typeset(name):
    given = ["x < 1", "x", "y"] if name == "where" else ["x / 2", "y"][: len(FUNCTIONS[name].arguments)]
    assert sound(typeset(parse(f"1 + {name}({', '.join(given)})^2").latex))


def test_the_deepest_formula_that_can_be_typed_can_be_typeset():
    assert sound(typeset(parse("1/(" * 28 + "x" + ")" * 28).latex))


@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("step", [0, 7])
def test_every_explained_line_and_its_numbers_can_be_typeset(key, step):
    experiment = check({"surface": "rotated_quadratic", "steps": 20, "runs": [{"optimizer": key}]})
    captions = inspection_answer(experiment, 0, step, explained=True)["captions"]
    assert captions
    for caption in captions:
        assert sound(caption["formula"])
        assert "<math" in caption["formula"]
        assert "\\" not in caption["formula"]
        for row in caption["numbers"]:
            assert row["axis"] in ("", "x", "y")
            assert all(sound(piece) and "\\" not in piece for piece in row["pieces"])


def test_a_row_of_numbers_may_be_broken_before_what_is_added_and_before_the_result():
    experiment = check({"surface": "rotated_quadratic", "runs": [{"optimizer": "momentum"}]})
    first, _ = inspection_answer(experiment, 0, 3, explained=True)["captions"]
    assert [row["axis"] for row in first["numbers"]] == ["x", "y"]
    for row in first["numbers"]:
        operators = [
            next(one.text for one in elements(piece) if one.tag == f"{NAMESPACE}mo") for piece in row["pieces"]
        ]
        assert operators == ["←", "+", "="]


@pytest.mark.parametrize(
    ("latex", "inside"),
    [
        (r"\tfrac12 g^2", '<mfrac displaystyle="false"><mn>1</mn><mn>2</mn></mfrac><msup><mi>g</mi><mn>2</mn></msup>'),
        (
            r"\hat m \leftarrow \left(x\right)",
            '<mover accent="true"><mi>m</mi><mo stretchy="false">ˆ</mo></mover><mo stretchy="false">←</mo>'
            "<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>",
        ),
        (r"\lvert -1 \rvert", '<mo stretchy="false" form="prefix">|</mo><mo lspace="0" rspace="0">−</mo><mn>1</mn>'),
    ],
)
def test_it_is_what_one_would_write_by_hand(latex, inside):
    start = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
    assert mathml(latex).startswith(start + inside)
    assert mathml(latex, display=False).startswith(start.replace(' display="block"', "") + inside)


def test_rows_may_say_how_far_apart_they_are():
    assert tables(typeset(r"\begin{aligned} x &= 1 \\[3pt] y &= 2 \\ z &= [3] \end{aligned}")) == [(3, 2)]


@pytest.mark.parametrize("latex", [r"\nonsense{x} < 1 & y", "{x", r"\left( x", "x_"])
def test_what_cannot_be_typeset_stands_as_it_was_written(latex):
    with pytest.raises(LatexError):
        typeset(latex)
    _, text = elements(mathml(latex))
    assert (text.tag, text.text) == (f"{NAMESPACE}mtext", latex)
