"""How large a file will be, roughly, before it is drawn."""

from fall_line.drawing.choices import Choices

# Measured over the published experiments. Flat areas take next to nothing and lines grow with the picture's sides:
# bytes = √pixels · (picture + frame · frames).
MEASURED = {
    "png": (220, 0.0),
    "svg": (780, 0.0),
    "mp4": (84, 0.8),
    "gif": (86, 4.0),
    "webp": (128, 3.1),
}


def estimate(format_key: str, choices: Choices, frames: int) -> int | None:
    """Return about how many bytes the file will have, to within a factor of three, or None if that isn't known."""
    if format_key not in MEASURED:
        return None
    picture, frame = MEASURED[format_key]
    return round((choices.width * choices.height) ** 0.5 * (picture + frame * frames))
