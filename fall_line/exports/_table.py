"""Tables as text: their columns, their rows, and how numbers are written."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from fall_line.drawing.choices import Choices
from fall_line.exports._whole_file import whole_file
from fall_line.exports.format import Beginning

Cell = str | int | float
SAMPLED = 4000  # rows from which the size of a longer table is estimated


class Table(NamedTuple):
    """A table that is made row by row.

    Attributes:
        columns: their names.
        rows: one cell a column; floats are numbers that read back as the same float64.
        total: how many rows there are.
    """

    columns: tuple[str, ...]
    rows: Iterator[list[Cell]]
    total: int


def write_table(table: Table, choices: Choices, path: Path) -> None:
    """Make or replace the file at `path`.

    Raises:
        OSError: the file can't be written.
    """
    with whole_file(path) as file:
        write_rows(file, table, choices)


def beginning(table: Table, choices: Choices) -> Beginning:
    """Return the first rows as text and the size of the whole table, estimated if it is long."""
    text = io.StringIO()
    write_rows(text, table._replace(rows=islice(table.rows, SAMPLED)), choices)
    size = len(text.getvalue().encode())
    whole = table.total <= SAMPLED
    return Beginning(text.getvalue(), size if whole else round(size * table.total / SAMPLED), whole, table.total)


def write_rows(file: TextIO, table: Table, choices: Choices) -> None:
    """Write the columns' names and all rows into `file`."""
    writer = csv.writer(file, lineterminator="\n", delimiter=";" if choices.decimal_comma else ",")
    writer.writerow(table.columns)
    written = _with_comma if choices.decimal_comma else _with_point
    writer.writerows([written(cell) if isinstance(cell, float) else cell for cell in row] for row in table.rows)


def _with_point(number: float) -> str:
    return f"{number:.17g}"


def _with_comma(number: float) -> str:
    return f"{number:.17g}".replace(".", ",")
