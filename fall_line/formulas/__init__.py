"""A reader's formula such as `x^2 + 3*sin(x*y)`: read with a grammar of its own, computed, differentiated, typeset."""

from fall_line.formulas.error import FormulaError
from fall_line.formulas.formula import Formula
from fall_line.formulas.parser import parse

__all__ = ["Formula", "FormulaError", "parse"]
