"""Experiments become files. One file here is one format."""

from exports.format import Format
from registry import discover

FORMATS: dict[str, Format] = discover(__name__, Format)

__all__ = ["FORMATS", "Format"]
