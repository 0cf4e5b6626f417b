"""Formulas as Matplotlib sets them."""

import re
from functools import reduce
from threading import Lock

from matplotlib.mathtext import MathTextParser

# Matplotlib lays out formulas with one parser for all threads: whoever draws with words in it holds this.
drawing_lock = Lock()

FRACTION = re.compile(r"\\[td]?frac\s*(\{[^{}]*\}|\w)\s*(\{[^{}]*\}|\w)")
CASES = (
    (r"\begin{cases}", r"\left\{"),
    (r" & ", r"\;\;"),
    (r" \\ ", r",\quad "),
    (r"\end{cases}", r"\right."),
)


def mathtext(formula: str) -> str:
    """Return J(x, y) = `formula`, LaTeX without dollar signs, as Matplotlib understands it.

    It knows one kind of fraction and wants braces around both parts; cases come on one line. What it can't set
    at all is shown as it is typed.
    """
    formula = reduce(lambda text, pair: text.replace(*pair), CASES, formula)
    braced = FRACTION.sub(
        lambda found: r"\frac" + "".join(f"{{{part.strip('{}')}}}" for part in found.groups()), formula
    )
    text = f"$J(x, y) = {braced}$"
    try:
        MathTextParser("path").parse(text)
    except ValueError:
        return f"J(x, y) = {formula}".replace("$", r"\$")
    return text
