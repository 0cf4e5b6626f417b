"""Arrays become Plotly figures."""
