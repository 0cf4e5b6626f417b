"""Formulas as browsers set them without a script: LaTeX becomes MathML, as text."""

import re
from functools import lru_cache
from html import escape

from math_core import LatexError, LatexToMathML

_CONVERTER = LatexToMathML(xml_namespace=True, allow_unreliable_rendering=True)
_ROW_DISTANCE = re.compile(r"(?<=\\\\)\s*\[-?[\d.]+\s*(?:pt|em|ex|mu|mm|cm)\]")
_STYLE = re.compile(r' style="(?:text-align: (left|right))?[^"]*"')
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
# The converter's names of signs that aren't seen; XML knows none of them.
_UNSEEN = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062"}


@lru_cache(maxsize=1024)
def mathml(latex: str, display: bool = True) -> str:
    """Return `latex`, without dollar signs, as a `<math>` element; what can't be typeset stands in it as it is.

    With `display` it is a formula on lines of its own.
    """
    try:
        return typeset(latex, display)
    except LatexError:
        block = ' display="block"' if display else ""
        text = escape(latex, quote=False)
        return f'<math xmlns="http://www.w3.org/1998/Math/MathML"{block}><mtext>{text}</mtext></math>'


def typeset(latex: str, display: bool = True) -> str:
    """Return what `mathml` does.

    Raises:
        LatexError: `latex` can't be typeset.
    """
    text = _CONVERTER.convert_with_local_state(_ROW_DISTANCE.sub("", latex), displaystyle=display)
    for name, sign in _UNSEEN.items():
        text = text.replace(name, sign)
    return _STYLE.sub(_alignment, text)


def fault(latex: str) -> str:
    """Return in a few words why `latex` can't be typeset, or "" if it can."""
    try:
        typeset(latex)
    except LatexError as error:
        said = _COLOURS.sub("", str(error)).partition("Error:")[2].strip().partition("\n")[0].rstrip(". ")
        return f"{said[:1].lower()}{said[1:]}" or "it can't be read"
    return ""


def _alignment(style: re.Match[str]) -> str:
    """Of styles only a column's alignment is kept, as an attribute that the page's own styles follow."""
    return f' columnalign="{style[1]}"' if style[1] else ""


def gathered(lines: str) -> str:
    """Return LaTeX `lines` in the middle below each other."""
    return rf"\begin{{gathered}} {lines} \end{{gathered}}"
