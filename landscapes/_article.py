"""What the article's surfaces share: view, start, contour levels and source."""

from landscapes.surface import Box

VIEW = Box(-3.0, 3.0, -3.0, 3.0)
START = (-2.8, -2.5)
LEVELS = (*(k / 4 for k in range(-8, 24)), 6.25, 6.5, 6.75, 7.0, *(float(k) for k in range(8, 20)))
SOURCE = "The article's script, cross-method comparison of optimizers on two-dimensional functions"
