"""A run as a notebook gives it."""

from typing import Any

from pydantic import PrivateAttr

from fall_line.experiments.experiment_run import Run


class GivenRun(Run):
    """A run that remembers which values were given: the others are different ones for weights than for surfaces."""

    _given: dict[str, float] = PrivateAttr(default_factory=dict)

    @classmethod
    def of(cls, data: dict[str, Any]) -> "GivenRun":
        """Return the run that is made of `data`, whose `hypers` are those that were given."""
        made = cls.model_validate(data)
        made._given = dict(data["hypers"])
        return made

    def descending(self) -> Run:
        """Return the run with which it descends a surface."""
        return Run.model_validate(dict(self))

    def training(self) -> dict[str, Any]:
        """Return the data of the run with which it trains a network."""
        return {**dict(self), "hypers": self._given}
