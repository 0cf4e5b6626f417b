"""Answers of methods to gradient signals, each under a name: the article's 48, and methods compared."""

from dataclasses import dataclass

from fall_line.experiments.compared_methods import COMPARISONS, Comparison
from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.response_experiment import AnsweringRun, ResponseExperiment
from fall_line.experiments.signals import SIGNALS
from fall_line.validation import quoted
from optimizers import OPTIMIZERS


@dataclass(frozen=True)
class Method:
    """One method as the article shows it: three values of one hyperparameter, the others fixed.

    Attributes:
        name: the second part of its experiments' names, e.g. `adadelta-zero-start`.
        title: what a reader calls it.
        optimizer: key of the method.
        varied: key of the hyperparameter that differs between the three runs.
        values: the three.
        others: the values that the three share.
        lesson: a few sentences on what to look at.
    """

    name: str
    title: str
    optimizer: str
    varied: str
    values: tuple[float, ...]
    others: dict[str, float]
    lesson: str


@dataclass(frozen=True)
class PublishedResponse:
    """An experiment with a name, a title and some sentences on what to look at."""

    name: str
    title: str
    lesson: str
    experiment: ResponseExperiment


COMPARED = "compared"  # the second part of the names of experiments with several methods
GAMMAS = (0.25, 0.9, 0.975)
EPSILONS = (1e-7, 0.1, 10.0)
METHODS = (
    Method(
        "momentum", "Momentum", "momentum", "gamma", GAMMAS, {"learning_rate": 0.25},
        "The velocity sums what came before. A lone spike echoes for as long as γ remembers; noise averages out; and "
        "where the gradient keeps its sign the answer grows towards η/(1\u00a0−\u00a0γ) times the gradient. "
        "The price is delay: on the rectangles γ = 0.9 still goes the old way for five epochs after the turn.",
    ),
    Method(
        "nesterov", "Nesterov", "nesterov", "gamma", GAMMAS, {"learning_rate": 0.25},
        "The gradient is read where the velocity is about to carry the point, so the answer turns before plain "
        "momentum's does. With γ = 0.975 the look-ahead reaches many epochs far and overshoots: on the rectangles "
        "its swings grow from 3.4 to 4.4, while those of plain momentum shrink from 4.0 to 2.5.",
    ),
    Method(
        "smoothed_nesterov_4", "Smoothed Nesterov", "smoothed_nesterov_4", "gamma", GAMMAS, {"learning_rate": 0.25},
        "The gradient is averaged over four places on the way to the look-ahead. On the rectangles at γ = 0.975 the "
        "last swings stand between plain momentum's 2.5 and Nesterov's 4.4: some of the foresight, less of the "
        "overshoot.",
    ),
    Method(
        "adagrad", "Adagrad", "adagrad", "epsilon", EPSILONS, {"learning_rate": 2.5},
        "G adds up all squared gradients and never forgets, so the answer dies away: on the rectangles from 2.5 to "
        "less than 0.15 after 300 epochs, though the gradient is as strong as ever. ε matters only as long as G is "
        "small; 10 tames the first steps and is forgotten in the end.",
    ),
    Method(
        "rmsprop", "RMSProp", "rmsprop", "gamma", GAMMAS, {"learning_rate": 0.25, "epsilon": 1e-5},
        "E is a moving average, so the method forgets and recovers. When the sawtooth's teeth become a quarter as "
        "high, γ = 0.9 answers the new teeth as it did the old ones; γ = 0.975 shrinks at first and grows back "
        "slowly. Only the first step is too long, up to η/√(1\u00a0−\u00a0γ), because E begins at 0.",
    ),
    Method(
        "adadelta-zero-start", "Adadelta from 0", "adadelta", "gamma", GAMMAS,
        {"learning_rate": 1.0, "epsilon": 1e-3, "initial_update": 0.0},
        "The step length comes from D, the average of the method's own updates. D begins at 0 and only ε gets it "
        "going: on the rectangles all three begin small and still grow at epoch 299, γ = 0.25 by more than a factor "
        "of ten.",
    ),
    Method(
        "adadelta-big-start", "Adadelta from 50", "adadelta", "gamma", GAMMAS,
        {"learning_rate": 1.0, "epsilon": 1e-3, "initial_update": 50.0},
        "D begins at 50, which is distrust turned around: the first answer is huge. Spikes let D decay between them: "
        "with γ = 0.25 the second spike finds nothing left of the large start, with γ = 0.975 the fifth still does. "
        "The steady rectangles keep D where it is: a step as long as the last one is never called too long.",
    ),
    Method(
        "adam", "Adam", "adam", "beta1", GAMMAS, {"learning_rate": 0.25, "beta2": 0.999, "epsilon": 1e-7},
        "Both averages begin at 0 and the bias correction makes up for it: the first answer is η whatever β₁, and on "
        "the rectangles it stays at η until the gradient turns for the first time. After that β₁ averages over "
        "both signs, and at 0.975 little remains of the swings.",
    ),
)  # fmt: skip


def runs_of(method: Method) -> tuple[AnsweringRun, ...]:
    """Return the three runs with which the article shows `method`."""
    symbol = next(hyper.symbol for hyper in OPTIMIZERS[method.optimizer].hypers if hyper.key == method.varied)
    return tuple(
        AnsweringRun(
            optimizer=OPTIMIZERS[method.optimizer],
            hypers=method.others | {method.varied: value},
            label=f"{symbol} = {value:g}".replace("e-07", "e-7"),
        )
        for value in method.values
    )


def _published(method: Method, signal: str) -> PublishedResponse:
    return PublishedResponse(
        f"response/{method.name}/{signal}",
        f"{method.title}: {SIGNALS[signal].label.lower()}",
        method.lesson,
        ResponseExperiment(signal=signal, runs=runs_of(method)),
    )


def _compared(one: Comparison) -> PublishedResponse:
    title = f"Methods compared: {SIGNALS[one.signal].label.lower()}"
    return PublishedResponse(f"response/{COMPARED}/{one.signal}", title, one.lesson, one.experiment)


PUBLISHED_RESPONSES: dict[str, PublishedResponse] = {
    one.name: one
    for method in METHODS
    for signal in SIGNALS
    if SIGNALS[signal].published
    for one in [_published(method, signal)]
} | {one.name: one for one in map(_compared, COMPARISONS)}
OPENING_RESPONSE = "response/momentum/rectangles"


def find(name: str) -> PublishedResponse:
    """Return the experiment called `name`; case doesn't matter.

    Raises:
        ExperimentError: there is none of that name.
    """
    key = name.strip().lower()
    if key not in PUBLISHED_RESPONSES:
        methods = ", ".join(method.name for method in METHODS)
        signals = ", ".join(signal.key for signal in SIGNALS.values() if signal.published)
        compared = ", ".join(one.signal for one in COMPARISONS)
        raise ExperimentError(
            f"There is no experiment {quoted(name)}; the names are response/method/signal with the methods {methods} "
            f"and the signals {signals}, and response/{COMPARED}/signal with the signals {compared}."
        )
    return PUBLISHED_RESPONSES[key]


def name_of(experiment: ResponseExperiment) -> str | None:
    """Return the name under which `experiment` is published, whatever of it is looked at, or None."""
    answered = experiment.unseen()
    return next((one.name for one in PUBLISHED_RESPONSES.values() if one.experiment == answered), None)
