"""Experiments become files. One file here is one format."""

from fall_line.exports.format import ExportError, Format, Progress
from fall_line.registry import discover

FORMATS: dict[str, Format] = discover(__name__, Format)

__all__ = ["FORMATS", "ExportError", "Format", "Progress"]
