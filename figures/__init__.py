"""Arrays become Plotly figures."""

from figures.descent import descent

__all__ = ["descent"]
