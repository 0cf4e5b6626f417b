"""Formulas as they are typeset, and that Matplotlib can set them."""

import pytest

from fall_line.drawing.formula import mathtext
from fall_line.exports._standalone.formula import svg
from fall_line.formulas import latex as latex_module
from fall_line.formulas import parse
from fall_line.formulas.functions import FUNCTIONS
from fall_line.formulas.tokens import GREEK


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("x^2 + 3*sin(x*y)", r"x^{2} + 3\sin(xy)"),
        ("2*x*y", "2xy"),
        ("2*3x", r"2 \cdot 3x"),
        ("x/2*y", r"\frac{x}{2}y"),
        ("3*(1/2)", r"3 \cdot \frac{1}{2}"),
        ("(x+y)/(2x)", r"\frac{x + y}{2x}"),
        ("(x/y)^2", r"\left(\frac{x}{y}\right)^{2}"),
        ("-(x+y)^2", "-(x + y)^{2}"),
        ("(-x)^2", "(-x)^{2}"),
        ("x - (y - 1)", "x - (y - 1)"),
        ("(x - y) - 1", "x - y - 1"),
        ("x + (-y)", "x + (-y)"),
        ("x*-y", "x(-y)"),
        ("(2^x)^y", "(2^{x})^{y}"),
        ("2^x^y", "2^{x^{y}}"),
        ("x^(a/2)", r"x^{\frac{a}{2}}"),
        ("sqrt(x)*cbrt(y)", r"\sqrt{x}\sqrt[3]{y}"),
        ("abs(x/2)", r"\left|\frac{x}{2}\right|"),
        ("sin(2π*x)^2", r"\sin^{2} 2\pi x"),
        ("sin(x)^2*y", r"\sin^{2}(x)y"),
        ("sin(x)cos(y)", r"\sin(x)\cos y"),
        ("sin(x)^0.5", r"(\sin x)^{0.5}"),
        ("sin(x/2)", r"\sin\left(\frac{x}{2}\right)"),
        ("exp(-(x^2+y^2))", "e^{-(x^{2} + y^{2})}"),
        ("e^-x", "e^{-x}"),
        ("log(x) + log10(y)", r"\ln x + \log_{10} y"),
        ("max(x, 1/y)", r"\max\left(x, \frac{1}{y}\right)"),
        ("hypot(x, y-1)", r"\sqrt{x^{2} + (y - 1)^{2}}"),
        ("alpha*x + k_max*y + a1", r"\alpha x + k_{\mathrm{max}}y + a_{1}"),
        ("speed*x", r"\mathrm{speed}\,x"),
        ("1e-7x + 2.5e20", r"10^{-7}x + 2.5 \cdot 10^{20}"),
        ("where(x>0, x, y)", r"\begin{cases} x & \text{if } x > 0 \\ y & \text{otherwise} \end{cases}"),
        (
            "where(x<=1, 1, where(x!=y, 2, 3))",
            r"\begin{cases} 1 & \text{if } x \leq 1 \\ 2 & \text{if } x \neq y \\ 3 & \text{otherwise} \end{cases}",
        ),
        (
            "2*where(0<x<1, x, y)",
            r"2\left(\begin{cases} x & \text{if } 0 < x < 1 \\ y & \text{otherwise} \end{cases}\right)",
        ),
    ],
)
def test_it_is_typeset_with_few_brackets(text, latex):
    assert parse(text).latex == latex


FIRST = {"where": "where(x>=y, x, y)"}
EVERY = [FIRST.get(name, f"{name}({', '.join(['x', 'y/2'][: len(one.arguments)])})") for name, one in FUNCTIONS.items()]


NESTED = "where(x<1, where(y!=1, 1, 2), x/2)^2"


@pytest.mark.parametrize("text", [*(f"2*{text}^2.5*y" for text in EVERY), *GREEK, NESTED])
def test_matplotlib_sets_it(text):
    latex = parse(text).latex
    assert mathtext(latex).startswith("$J(x, y) = ")
    assert svg(latex).startswith("<svg")


def test_each_piece_is_written_once_however_deep_it_lies(monkeypatch):
    """Each nesting that wrote its arguments twice would double the work: 2²⁸ at the depth that is allowed."""
    counted = 0
    written = latex_module._written

    def counting(node):
        nonlocal counted
        counted += 1
        return written(node)

    monkeypatch.setattr(latex_module, "_written", counting)
    for function in ("hypot", "max", "atan2"):
        counted = 0
        text = f"{function}(x," * 20 + "y" + ")" * 20
        assert parse(text).latex
        assert counted <= 100
