"""Names and values as the query string of a link, and back, whoever has written the link anew in between.

What is written has neither a plus nor a space: a space is `%20` and a plus is `%2B`, which every reader reads alike.
Programs that pass a link on may write it anew, with `+` for a space (forms, trackers, chats), and add fields.

A bare plus that is read is a space, as standard readers have it, but in two places:

- In an exponent, as in `1e+5`, it is a plus.
- In a formula, which somebody may have written by hand, it is an addition, unless something tells that it is a space:
  a program has escaped what nobody escapes by hand (`formula%3A`, or another plus as `%2B`); or a plus stands where no
  addition can, before `*`, as on both sides of a sign: `2+x+-+y`. Then three in a row are a plus between two spaces.
  Where spaces are written in another way, as `%20` or as themselves, each bare plus is an addition.
"""

import re
from urllib.parse import parse_qsl, quote, unquote

from fall_line.experiments.mending import ExperimentError
from landscapes import PREFIX

MAX_FIELDS = 100
SAFE = ",:/()*~@="  # beside letters, digits and -._, what no reader takes for anything else
OF_FORMULAS = ("surface", "signal")
# A plus before a sign that can't follow one, on both sides of a sign, or after a comma.
MISPLACED_PLUS = re.compile(r"\+(?=[*/^),<>=!×·⋅÷]|[-+−]\+)|(?<=,)\+")
EXPONENT = re.compile(r"(?<=[\d.][eE]) (?=\d)")
TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|gbraid|wbraid|msclkid|igshid|mc_cid|mc_eid|_ga|_gl")


def query_of(fields: list[tuple[str, str]]) -> str:
    """Return names and values as a query string that stays readable."""
    query = "&".join(f"{name}={quote(value, safe=SAFE)}" for name, value in fields)
    # Where a link ends with a mark, chats take the mark for their own sentence's.
    return query if query[-1:].isalnum() or query[-1:] == "=" else f"{query[:-1]}%{ord(query[-1]):02X}"


def fields_of(query: str) -> list[tuple[str, str]]:
    """Return names and values in a query string, without those that trackers add.

    Raises:
        ExperimentError: there are too many.
    """
    written = "&".join(map(_told_apart, query.removeprefix("?").split("&")))
    try:
        fields = parse_qsl(written, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise ExperimentError(f"The link has more than {MAX_FIELDS} fields; it can't be read.") from None
    return [(name, _with_exponents(value)) for name, value in fields if not TRACKERS.fullmatch(name)]


def _told_apart(field: str) -> str:
    """Return a field, still escaped, in whose formula, if it has one, each bare plus is a space."""
    name, _, value = field.partition("=")
    if "+" not in value or unquote(name) not in OF_FORMULAS or not unquote(value).startswith(PREFIX):
        return field
    if "%20" in value or " " in value or not _are_spaces(value):
        return f"{name}={value.replace('+', '%2B')}"
    return f"{name}={value.replace('+++', '+%2B+')}"


def _are_spaces(formula: str) -> bool:
    escaped = formula.upper()
    return "%3A" in escaped or "%2B" in escaped or MISPLACED_PLUS.search(unquote(formula)) is not None


def _with_exponents(value: str) -> str:
    """Return `value` with `1e+5` where a plus was read as a space, but in a formula and in a run's label."""
    if value.startswith(PREFIX):
        return value
    numbers, found, label = value.partition(",label=")
    return EXPONENT.sub("+", numbers) + found + label
