"""A reader's formula such as `x^2 + 3*sin(x*y)`: read with a grammar of its own, computed, differentiated, typeset."""

from formulas.error import FormulaError
from formulas.formula import Formula
from formulas.parser import parse

__all__ = ["Formula", "FormulaError", "parse"]
