"""What the page's own code must know about surfaces, optimizers and experiments, as plain data."""

from dataclasses import asdict
from typing import Any

from components.run_list import method_numbers
from figures.contour import MARGIN
from figures.theme import PALETTES
from hyperparameter import Hyper
from landscapes import SURFACES, Surface, find_surface
from pages.explore.noise_panel import noise_numbers
from trajectories.experiment import MAX_STEPS, Experiment
from trajectories.experiment_run import CRITERIA
from trajectories.published import PUBLISHED
from trajectories.schedules import SCHEDULES

STEPS = Hyper("steps", "", "steps", 125, 1, MAX_STEPS, "log", "How many updates each run makes.")


def surface_entry(surface: Surface) -> dict[str, Any]:
    """Return what the page's own code must know of one surface."""
    return {
        "label": surface.label,
        "domain": list(surface.domain),
        "start": list(surface.start),
        "parameters": {hyper.key: asdict(hyper) for hyper in surface.parameters},
    }


def catalogue(experiment: Experiment) -> dict[str, Any]:
    """Return ranges, defaults, domains, palettes and published experiments, ready for JSON.

    The surface of `experiment` is among the surfaces, also if it is a typed one.
    """
    surfaces = SURFACES | {experiment.surface: find_surface(experiment.surface)}
    return {
        "optimizers": method_numbers(),
        "surfaces": {key: surface_entry(one) for key, one in surfaces.items()},
        "numbers": {"steps": asdict(STEPS) | {"whole": True}} | noise_numbers(),
        "schedules": {key: {hyper.key: asdict(hyper) for hyper in one.hypers} for key, one in SCHEDULES.items()},
        "published": {key: one.experiment.model_dump(mode="json") for key, one in PUBLISHED.items()},
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
        "criteria": CRITERIA,
        "margin": MARGIN,
    }
