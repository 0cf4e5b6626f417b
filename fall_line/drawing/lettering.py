"""The letters of a picture: how wide they are, and where a line of them breaks."""

from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

FONT = "DejaVu Sans"  # comes with Matplotlib, so that a picture is the same everywhere
BOX = "□"  # stands for what the font lacks
SPARE = 1.06  # letters on a screen's grid of pixels are a little wider than their outlines


def legible(text: str) -> str:
    """Return `text` with a box for every sign that the font lacks, and no sign that Matplotlib takes for an escape."""
    return "".join(sign if ord(sign) in _signs() else BOX for sign in text).replace("\\", "∖")


def plain(text: str) -> str:
    """Return a reader's text as Matplotlib takes it literally, with a box for every sign that the font lacks."""
    return legible(text).replace("$", r"\$")


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide one line of letters of this size is at most; both in pixels."""
    return SPARE * size * sum(_advance(sign, bold) for sign in legible(text))


@lru_cache(4096)
def wrapped(text: str, room: float, size: float, bold: bool = False, gap: str = " ") -> tuple[str, ...]:
    """Return the lines in which `text` is not wider than `room`, pixels.

    It breaks where it has a `gap`, and within words only if they are wider than that.
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, text.split(gap)):
        longer = f"{line}{gap}{word}" if line else word
        if text_width(longer, size, bold) <= room:
            line = longer
            continue
        *whole, line = _pieces(word, room, size, bold)
        lines += [*([longer[: -len(word) - len(gap)]] if longer != word else []), *whole]
    return (*lines, line) if line else tuple(lines)


def broken(text: str, room: float, size: float, bold: bool = False, gap: str = " ") -> bool:
    """Return whether a word of `text` is wider than `room`."""
    return any(text_width(word, size, bold) > room for word in text.split(gap))


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Return `word` in pieces that are not wider than `room`, each of one letter at least."""
    pieces, piece = [], ""
    for sign in word:
        if piece and text_width(piece + sign, size, bold) > room:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


@cache
def _signs() -> frozenset[int]:
    """Return the code points of all signs in the font."""
    return frozenset(get_font(findfont(FONT)).get_charmap())


@cache
def _advance(sign: str, bold: bool) -> float:
    """Return how far a sign moves the next one, in terms of the letters' size."""
    font = get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))
    return font.load_char(ord(sign), LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM
