"""How large a file will be, roughly, before it is drawn."""

from drawing.choices import Choices

# Measured over the published experiments, five runs: bytes = per_pixel · pixels + per_frame · frames · √pixels.
MEASURED = {
    "png": (0.30, 0.0),
    "svg": (0.80, 0.0),
    "mp4": (0.05, 0.9),
    "gif": (0.06, 3.6),
    "webp": (0.06, 3.2),
}


def estimate(format_key: str, choices: Choices, frames: int) -> int | None:
    """Return about how many bytes the file will have, to within a factor of three, or None if that isn't known."""
    if format_key not in MEASURED:
        return None
    per_pixel, per_frame = MEASURED[format_key]
    pixels = choices.width * choices.height
    return round(per_pixel * pixels + per_frame * frames * pixels**0.5)
