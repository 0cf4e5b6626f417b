"""How large the words of a picture are."""

from collections.abc import Iterator
from typing import NamedTuple

from fall_line.drawing.choices import Choices

# Names have 14.5 pixels in a small picture of 1200 × 800. Larger ones have this share of the shorter side, so that even
# from the top of an A to the foot of a p it is 4 % for slides.
NAME = 14.5
SHARES = {"slide": 0.0425, "large": 0.057}
LEAST = 0.25  # of the usual size


class Letters(NamedTuple):
    """Sizes of letters, pixels.

    `values` is that of the small print: values of hyperparameters, and what holds for all runs. `swatch` is the width
    of a run's sample, and `indent` where its words begin.
    """

    title: float
    formula: float
    counter: float
    name: float
    values: float
    axis: float
    caption: float
    swatch: float
    indent: float


def letters(choices: Choices, scale: float, small: float = 1.0) -> Letters:
    """Return the sizes for `choices`; the legend of a small text can be smaller still, by the factor `small`."""
    if choices.text_size == "small":
        size = scale * small
        title, formula, counter, axis, caption = (length * scale for length in (20, 15, 17, 12, 12.5))
        name, values, swatch, indent = (length * size for length in (NAME, 12, 30, 40))
        return Letters(title, formula, counter, name, values, axis, caption, swatch, indent)
    name = max(SHARES[choices.text_size] * min(choices.width, choices.height), NAME * scale)
    more = 1 + 0.35 * (name / (NAME * scale) - 1)  # what isn't read from the last row grows less
    return Letters(
        title=max(20 * scale, 0.98 * name),
        formula=15 * scale * more,
        counter=max(17 * scale, 0.75 * name),
        name=name,
        values=max(12 * scale, 0.55 * name),
        axis=12 * scale * more,
        caption=12.5 * scale * more,
        swatch=1.75 * name,
        indent=2.15 * name,
    )


def smaller(choices: Choices, scale: float, first: float) -> Iterator[Letters]:
    """Yield sizes in which a legend may stand, the first wish first: only small letters become smaller."""
    yield letters(choices, scale, first)
    while choices.text_size == "small" and first > LEAST:
        first *= 0.94
        yield letters(choices, scale, first)
