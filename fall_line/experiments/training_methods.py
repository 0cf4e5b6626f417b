"""Which methods can train a network, and the learning rates with which a reader meets them there."""

from optimizers import OPTIMIZERS, Optimizer

# Those that make the whole Hessian and all its axes, at each step.
REFUSED = ("newton", "saddle_free_newton")
REASON = "one that doesn't need the whole Hessian; of a network that is a square of numbers for every weight"

# A surface's learning rates are made for paths as wide as the picture; these are made for weights.
FIRST_RATES = {
    "gradient_descent": 0.5,
    "momentum": 0.1,
    "ema_momentum": 0.5,
    "nesterov": 0.1,
    "nesterov_at_lookahead": 0.1,
    "smoothed_nesterov_3": 0.1,
    "smoothed_nesterov_4": 0.1,
    "smoothed_nesterov_weighted": 0.1,
    "adagrad": 0.05,
    "adagrad_absolute": 0.05,
    "adagrad_exponential": 0.5,
    "adagrad_without_root": 0.01,
    "rmsprop": 0.005,
    "adadelta": 1.0,
    "sm3": 0.1,
    "lion": 0.002,
    "rprop": 0.01,
    "lookahead": 0.1,
    "schedule_free": 1.0,
    "barzilai_borwein": 0.1,
    "lbfgs": 1.0,
    "gradient_descent_backtracking": 1.0,
    "exact_line_search": 0.2,  # the whole way leaps where a batch happens to be almost straight
}
OF_ADAM = 0.01  # of Adam and all that divide by a root of squares and aren't named


def training_methods() -> dict[str, Optimizer]:
    """Return the methods that can train a network; see `REASON` for the others."""
    return {key: one for key, one in OPTIMIZERS.items() if key not in REFUSED}


def first_rate(optimizer: Optimizer) -> float:
    """Return the learning rate with which `optimizer` begins to train, within its range."""
    rate = optimizer.hypers[0]
    if not optimizer.listed:
        return rate.default
    return min(max(FIRST_RATES.get(optimizer.key, OF_ADAM), rate.low), rate.high)
