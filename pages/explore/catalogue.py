"""What the page's own code must know about surfaces, optimizers and experiments, as plain data."""

from dataclasses import asdict
from typing import Any

from components.run_list import method_numbers
from figures.contour import MARGIN
from figures.theme import PALETTES
from hyperparameter import Hyper
from landscapes import SURFACES
from trajectories.experiment import MAX_STEPS
from trajectories.published import PUBLISHED

STEPS = Hyper("steps", "", "steps", 125, 1, MAX_STEPS, "log", "How many updates each run makes.")


def catalogue() -> dict[str, Any]:
    """Return ranges, defaults, domains, palettes and published experiments, ready for JSON."""
    return {
        "optimizers": method_numbers(),
        "surfaces": {
            key: {
                "label": one.label,
                "domain": list(one.domain),
                "start": list(one.start),
                "parameters": {hyper.key: asdict(hyper) for hyper in one.parameters},
            }
            for key, one in SURFACES.items()
        },
        "numbers": {"steps": asdict(STEPS) | {"whole": True}},
        "published": {key: one.experiment.model_dump(mode="json") for key, one in PUBLISHED.items()},
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
        "margin": MARGIN,
    }
