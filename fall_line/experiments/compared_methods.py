"""Methods beside each other: what several of them answer to one gradient signal."""

from dataclasses import dataclass

from fall_line.experiments.response_experiment import AnsweringRun, ResponseExperiment
from optimizers import OPTIMIZERS

# Rates at which the answers to a steady gradient of 1 meet; momentum's 0.025 becomes 0.25 in the end.
SETTINGS: dict[str, dict[str, float]] = {
    "gradient_descent": {"learning_rate": 0.25},
    "momentum": {"learning_rate": 0.025, "gamma": 0.9},
    "adagrad": {"learning_rate": 0.25, "epsilon": 1e-6},
    "rmsprop": {"learning_rate": 0.25, "gamma": 0.9, "epsilon": 1e-6},
    "adam": {"learning_rate": 0.25, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
}


@dataclass(frozen=True)
class Comparison:
    """Some methods and a signal that tells them apart.

    Attributes:
        signal: key of the signal, and the last part of the experiment's name.
        methods: their keys, in the order of the runs.
        lesson: a few sentences on what to look at.
    """

    signal: str
    methods: tuple[str, ...]
    lesson: str

    @property
    def experiment(self) -> ResponseExperiment:
        """The methods with their settings, answering the signal."""
        runs = tuple(AnsweringRun(optimizer=OPTIMIZERS[key], hypers=SETTINGS[key]) for key in self.methods)
        return ResponseExperiment(signal=self.signal, runs=runs)


THREE = ("momentum", "rmsprop", "adam")
COMPARISONS = (
    Comparison(
        "constant", ("gradient_descent", "momentum", "adagrad", "rmsprop", "adam"),
        "On a slope that never changes gradient descent and Adam answer 0.25 from first to last. Momentum starts small "
        "and is nine tenths there at epoch 21. RMSProp starts three times as high, because its average of squares "
        "begins at 0, and comes down to the same 0.25. Adagrad counts all it has met and shrinks for good, to 0.014.",
    ),
    Comparison(
        "rectangles", THREE,
        "The gradient keeps its size and changes its sign. RMSProp turns with it at once, for an average of squares "
        "knows no sign. Momentum and Adam average the gradient itself, so that both still go the old way for five "
        "epochs after each turn.",
    ),
    Comparison(
        "uneven_sawtooth", THREE,
        "After epoch 80 the teeth are a quarter as high, and so is what momentum answers. RMSProp divides by the size "
        "of recent gradients and soon answers as high as before. Adam divides as well, but with β₂ = 0.999 it "
        "remembers the high teeth to the end and answers less than half of what it did.",
    ),
    Comparison(
        "very_noisy_sin", THREE,
        "A slow wave under noise that is stronger than the wave. RMSProp scales the noise and keeps it: at 185 of 300 "
        "epochs its answer has the wave's sign, as the bare gradient has. Momentum and Adam average the noise away and "
        "have the sign at 265, a few epochs late.",
    ),
    Comparison(
        "spikes", ("momentum", "adagrad", "rmsprop", "adam"),
        "A lone spike now and then. Momentum and Adam spread it: their answers take seven or eight epochs to halve. "
        "RMSProp and Adagrad answer once and are still again; RMSProp as strongly each time, Adagrad less from spike "
        "to spike, 0.25, 0.18, 0.14, because it adds up all that came before.",
    ),
)  # fmt: skip
