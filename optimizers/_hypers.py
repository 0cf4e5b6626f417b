"""Hyperparameters that several methods share, so that they bear one name, symbol and range everywhere."""

from fall_line.hyperparameter import Hyper


def learning_rate(default: float, low: float = 1e-4, high: float = 10.0) -> Hyper:
    """η, the factor on every update."""
    note = "How far a step goes: with too small a rate the run creeps, with too large a one it overshoots."
    return Hyper("learning_rate", "η", "learning rate", default, low, high, "log", note, "rate")


def momentum(default: float = 0.9) -> Hyper:
    """γ of the momentum methods, the share of the velocity that survives a step."""
    note = "Share of the velocity kept at each step: 0 forgets at once, 0.99 remembers about a hundred steps."
    return Hyper("gamma", "γ", "momentum", default, 0.0, 0.9999, "one_minus_log", note, "window")


def decay(default: float) -> Hyper:
    """γ of RMSProp and Adadelta (ρ in many libraries), the share of the squared-gradient average that survives."""
    note = "Share of the running average of squared gradients kept at each step (ρ in many libraries)."
    return Hyper("gamma", "γ", "decay", default, 0.0, 0.9999, "one_minus_log", note)


def beta1(default: float = 0.9) -> Hyper:
    """β₁, the decay of the first moment."""
    note = "Share of the running average of gradients kept at each step."
    return Hyper("beta1", "β₁", "first-moment decay", default, 0.0, 0.9999, "one_minus_log", note, "window")


def beta2(default: float = 0.999) -> Hyper:
    """β₂, the decay of the second moment."""
    note = "Share of the running average of squared gradients kept at each step."
    return Hyper("beta2", "β₂", "second-moment decay", default, 0.0, 0.99999, "one_minus_log", note)


def norm_decay(default: float = 0.999) -> Hyper:
    """β₂ of Adamax, the decay of the norm."""
    note = "Share of the norm of past gradients kept at each step."
    return Hyper("beta2", "β₂", "norm decay", default, 0.0, 0.99999, "one_minus_log", note)


def epsilon(default: float) -> Hyper:
    """ε, what keeps a quotient finite."""
    note = "Keeps the division finite where gradients vanish; a large one brakes small gradients."
    return Hyper("epsilon", "ε", "smoothing", default, 1e-12, 10.0, "log", note)


def weight_decay(default: float = 0.01) -> Hyper:
    """λ of decoupled weight decay, the share of θ that is taken off at each step, times η."""
    note = "Pulls towards the origin: each step takes the share ηλ off the point itself. 0 turns it off."
    return Hyper("weight_decay", "λ", "weight decay", default, 0.0, 10.0, "linear", note)


def damping(default: float = 1e-6) -> Hyper:
    """λ of the Newton methods, what is added to every curvature."""
    note = "Added to the curvature along each axis: a large one turns the method into short steps down the gradient."
    return Hyper("damping", "λ", "damping", default, 1e-12, 1e3, "log", note)
