"""What an experiment is about: paths over a surface, or answers to a gradient signal."""

from typing import Literal

Kind = Literal["surface", "response"]
KINDS: dict[Kind, str] = {"surface": "paths over a surface", "response": "answers to a signal"}
