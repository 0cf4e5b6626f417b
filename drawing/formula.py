"""Formulas as Matplotlib sets them."""

import re
from threading import Lock

# Matplotlib lays out formulas with one parser for all threads: whoever draws with words in it holds this.
drawing_lock = Lock()

FRACTION = re.compile(r"\\[td]?frac\s*(\{[^{}]*\}|\w)\s*(\{[^{}]*\}|\w)")


def mathtext(formula: str) -> str:
    """Return J(x, y) = `formula`, LaTeX without dollar signs, as Matplotlib understands it.

    It knows one kind of fraction and wants braces around both parts.
    """
    braced = FRACTION.sub(
        lambda found: r"\frac" + "".join(f"{{{part.strip('{}')}}}" for part in found.groups()), formula
    )
    return f"$J(x, y) = {braced}$"
