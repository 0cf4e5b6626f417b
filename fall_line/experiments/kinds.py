"""What an experiment is about: paths over a surface, answers to a gradient signal, or the training of a network."""

from typing import Literal

Kind = Literal["surface", "response", "training"]
KINDS: dict[Kind, str] = {
    "surface": "paths over a surface",
    "response": "answers to a signal",
    "training": "the training of a network",
}
