"""Arrays become pixels: what an exported picture shows, and its frames. No JAX, no Plotly, no Dash."""
