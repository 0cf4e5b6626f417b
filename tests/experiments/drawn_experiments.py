"""Experiments of both kinds as Hypothesis draws them: any surface or formula, any runs, any labels."""

from hypothesis import strategies as st

from fall_line.experiments import response_experiment
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import schedulable
from fall_line.experiments.mending import check
from fall_line.experiments.response_experiment import ResponseExperiment, answering
from fall_line.experiments.schedules import SCHEDULES
from fall_line.experiments.signals import EPOCHS, SIGNALS
from landscapes import SURFACES
from optimizers import OPTIMIZERS

HARD_LABELS = [
    "Adam, hidden",
    "hidden",
    ",label=twice",
    "a=b&c=d%20+e",
    "100 % ; # ?",
    "γ = 0.9 — 학습률",
    "🏔️ down & out",
    "run=adam,hidden",
    "‘quoted’ \"'`",
    "\x00\x7f",
    "+ +",
]


def within(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


def values(hypers) -> st.SearchStrategy[dict[str, float]]:
    return st.fixed_dictionaries({}, optional={hyper.key: within(hyper.low, hyper.high) for hyper in hypers})


@st.composite
def runs(draw) -> dict:
    key = draw(st.sampled_from(sorted(OPTIMIZERS)))
    return {
        "optimizer": key,
        "hypers": draw(values(OPTIMIZERS[key].hypers)),
        "label": draw(st.text(max_size=60) | st.sampled_from(HARD_LABELS)),
        "hidden": draw(st.booleans()),
        "style": draw(st.none() | st.integers(0, 15)),
        "schedules": {name: draw(schedules()) for name in schedulable(OPTIMIZERS[key]) if draw(st.booleans())},
        "tuned": draw(st.sampled_from(["", "64:final", "256:steps"])),
    }


@st.composite
def schedules(draw) -> dict:
    kind = SCHEDULES[draw(st.sampled_from(sorted(SCHEDULES)))]
    return {"kind": kind.key, **draw(values(kind.hypers))}


@st.composite
def views(draw) -> tuple[float, ...]:
    sides = [sorted(draw(st.lists(within(-1e6, 1e6), min_size=2, max_size=2, unique=True))) for _ in "xy"]
    for side in sides:
        side[1] = min(max(side[1], side[0] + 1e-3), 1e6)
        side[0] = min(side[0], side[1] - 1e-3)
    return (*sides[0], *sides[1])


@st.composite
def experiments(draw) -> Experiment:
    surface = SURFACES[draw(st.sampled_from(sorted(SURFACES)))]
    steps = draw(st.integers(1, 10_000))
    domain = surface.domain
    return check(
        {
            "surface": surface.key,
            "parameters": draw(values(surface.parameters)),
            "start": (draw(within(domain.x_low, domain.x_high)), draw(within(domain.y_low, domain.y_high))),
            "steps": steps,
            "runs": draw(st.lists(runs(), min_size=1, max_size=4)),
            "view": draw(st.none() | views()),
            "levels": draw(st.sampled_from(["published", "automatic"])),
            "loss_axis": draw(st.sampled_from(["linear", "log"])),
            "tolerance": draw(within(1e-12, 1e6)),
            "link_learning_rates": draw(st.booleans()),
            "step": draw(st.none() | st.integers(0, steps)),
            "noise": draw(st.sampled_from(["none", "additive", "multiplicative", "minibatch"])),
            "sigma": draw(within(0, 100)),
            "batch": draw(st.integers(1, 32)),
            "seed": draw(st.integers(0, 999_999)),
            "seeds": draw(st.integers(1, 32)),
            "return_best": draw(st.booleans()),
        }
    )


SPACES = st.sampled_from(["", " "])
SIGNS = st.sampled_from(["+", "-", "*", "+ -", "- +", "·", "−"])


@st.composite
def formulas(draw, variables: tuple[str, ...]) -> str:
    """Sums and products of the variables with and without spaces: `2 x + -y*(x -y)`."""
    leaves = st.sampled_from([*variables, *(f"2 {one}" for one in variables), "0.5", "1e-3", "1.5e+1"])

    def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        sums = st.tuples(parts, SPACES, SIGNS, SPACES, parts).map("".join)
        return sums | parts.map("({})^2".format) | st.tuples(parts, parts).map("max({0[0]}, {0[1]})".format)

    return draw(st.recursive(leaves, joined, max_leaves=5))


@st.composite
def typed_experiments(draw) -> Experiment:
    """On a surface whose formula was typed."""
    tilt = draw(st.sampled_from(["", "+a*y", " + a *y"]))
    surface = f"formula:x^2 + y^2 + 0.01*tanh({draw(formulas(('x', 'y')))}){tilt}"
    parameters = {"a": draw(within(-10, 10))} if tilt else {}
    return check({"surface": surface, "parameters": parameters, "runs": draw(st.lists(runs(), min_size=1, max_size=2))})


@st.composite
def responses(draw) -> ResponseExperiment:
    """Answers to a listed, a typed or a drawn signal."""
    kind = draw(st.sampled_from(["listed", "typed", "drawn"]))
    given: dict = {"listed": {"signal": draw(st.sampled_from(sorted(SIGNALS)))}, "drawn": {"signal": "drawn"}}.get(
        kind, {"signal": f"formula:{draw(formulas(('k',)))}/1e300"}
    )
    if kind == "drawn":
        fiftieths = st.integers(-100, 100).map(lambda count: count / 50)
        given["drawn"] = draw(st.lists(fiftieths, min_size=EPOCHS, max_size=EPOCHS))
    methods = st.sampled_from(sorted(answering()))
    label = st.text(max_size=60) | st.sampled_from(HARD_LABELS)
    given["runs"] = [{"optimizer": draw(methods), "label": draw(label)} for _ in range(draw(st.integers(1, 3)))]
    return response_experiment.check(given | {"epochs": draw(st.sampled_from([None, [40, 120.5]]))})
