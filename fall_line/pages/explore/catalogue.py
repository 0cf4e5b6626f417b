"""What the page's own code must know about surfaces, optimizers and experiments, as plain data."""

from dataclasses import asdict
from typing import Any

from fall_line.components.run_list import method_numbers
from fall_line.experiments.experiment import MAX_STEPS, Experiment
from fall_line.experiments.experiment_run import CRITERIA
from fall_line.experiments.published import PUBLISHED
from fall_line.experiments.schedules import SCHEDULES
from fall_line.figures.contour import MARGIN
from fall_line.figures.theme import PALETTES
from fall_line.hyperparameter import Hyper
from fall_line.pages.explore.noise_panel import noise_numbers
from landscapes import SURFACES, Surface

STEPS = Hyper("steps", "", "steps", 125, 1, MAX_STEPS, "log", "How many updates each run makes.")


def surface_entry(surface: Surface) -> dict[str, Any]:
    """Return what the page's own code must know of one surface."""
    floor = {"floor": surface.minima[0].loss if surface.minima else None} if surface.listed else {}
    return floor | {
        "label": surface.label,
        "domain": list(surface.domain),
        "start": list(surface.start),
        "parameters": {hyper.key: asdict(hyper) for hyper in surface.parameters},
        "levels": surface.levels,
        "spacing": surface.spacing,
    }


def catalogue(experiment: Experiment) -> dict[str, Any]:
    """Return ranges, defaults, domains, palettes and published experiments, ready for JSON.

    The surface of `experiment` is among the surfaces, also if it is a typed one.
    """
    surfaces = SURFACES | {experiment.surface.key: experiment.surface}
    return {
        "optimizers": method_numbers(),
        "surfaces": {key: surface_entry(one) for key, one in surfaces.items()},
        "numbers": {"steps": asdict(STEPS) | {"whole": True}} | noise_numbers(),
        "schedules": {key: {hyper.key: asdict(hyper) for hyper in one.hypers} for key, one in SCHEDULES.items()},
        "published": {
            key: {"title": one.title, "lesson": one.lesson, "experiment": one.experiment.model_dump(mode="json")}
            for key, one in PUBLISHED.items()
        },
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
        "criteria": CRITERIA,
        "margin": MARGIN,
    }
