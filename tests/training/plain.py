"""The network and its loss written once more, points × features and a pytree of layers, as most people would."""

import jax
import jax.numpy as jnp

ACTIVATIONS = {
    "tanh": jnp.tanh,
    "relu": lambda x: jnp.maximum(x, 0.0),
    "sigmoid": lambda x: 1 / (1 + jnp.exp(-x)),
    "gelu": lambda x: 0.5 * x * (1 + jnp.tanh(jnp.sqrt(2 / jnp.pi) * (x + 0.044715 * x**3))),
}


def tree(network, weights):
    """The weights as a list of a matrix (in, out) and a vector (out,) a layer."""
    return [{"W": jnp.asarray(layer.weights).T, "b": jnp.asarray(layer.biases)} for layer in network.layers(weights)]


def flat(params):
    """The weights of a tree as one vector, in the order of `Perceptron.layers`."""
    return jnp.concatenate([part for layer in params for part in (layer["W"].T.ravel(), layer["b"])])


def outputs(params, points, activation):
    *hidden, last = params
    for layer in hidden:
        points = ACTIVATIONS[activation](points @ layer["W"] + layer["b"])
    return points @ last["W"] + last["b"]


def objective(params, inputs, targets, loss, activation, l2=0.0):
    """J of `inputs` and `targets`, both (features, points)."""
    z, y = outputs(params, inputs.T, activation), targets.T
    if loss == "logistic":
        p = 1 / (1 + jnp.exp(-z))
        each = -(y * jnp.log(p) + (1 - y) * jnp.log(1 - p)).sum(axis=1)
    elif loss == "cross_entropy":
        each = -(y * jnp.log(jax.nn.softmax(z, axis=1))).sum(axis=1)
    else:
        each = ((z - y) ** 2).sum(axis=1) / 2
    return each.mean() + l2 / 2 * sum((layer["W"] ** 2).sum() for layer in params)
