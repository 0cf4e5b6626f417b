"""Arrays become Plotly figures."""

from fall_line.figures.descent import descent

__all__ = ["descent"]
