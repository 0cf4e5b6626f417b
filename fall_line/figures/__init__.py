"""Colours, contour levels and Plotly figures."""
