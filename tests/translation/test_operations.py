"""One operation after the other, on numbers of each type at special places: JavaScript has what JAX has.

The zeros' signs count, and so do infinities, NaN, and whole numbers that go round at the end.
"""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from fall_line.translation.body import Body
from fall_line.translation.equations import written
from fall_line.translation.module import function, module
from fall_line.translation.untranslatable import UntranslatableError
from tests.translation.programs import values_at

REALS = (0.0, -0.0, 1.0, -1.0, 0.3, 0.5, -2.5, 3.5, 700.0, -700.0, 3e9, -1e19, 1e100, np.inf, -np.inf, np.nan)
WHOLES = (0.0, 1.0, -1.0, 2.0, -7.0, 10.0, 46341.0, 2.0**31 - 1, -(2.0**31))


def of(names):
    return {name: getattr(jax.lax, name) for name in names.split()}


ASKED = of("eq ge gt le lt ne")
FUNCTIONS = of(
    "abs acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp2 expm1 floor is_finite log log1p logistic"
    " neg rsqrt sign sin sinh sqrt square tan tanh"
)
OWN_BITS = {"float32": (8, 23), "float64": (11, 52)}
OF_REALS = {
    **{name: lambda x, _, one=one: one(x) for name, one in FUNCTIONS.items()},
    **{f"power {n}": lambda x, _, n=n: jax.lax.integer_pow(x, n) for n in (-3, 0, 2, 5, 7)},
    **{f"to {name}": lambda x, _, name=name: x.astype(name) for name in ("bool", "float32", "int32", "int64")},
    "clamp": lambda x, y: jax.lax.clamp(x.dtype.type(-1), x, y),
    "round": lambda x, _: jax.lax.round(x, jax.lax.RoundingMethod.TO_NEAREST_EVEN),
    "bits": lambda x, _: jax.lax.reduce_precision(x, *OWN_BITS[str(x.dtype)]),
    **of("add atan2 div max min mul pow rem sub"),
    **ASKED,
}
OF_WHOLES = {
    **{name: lambda x, _, one=one: one(x) for name, one in of("abs neg sign square").items()},
    **{f"power {n}": lambda x, _, n=n: jax.lax.integer_pow(x, n) for n in (0, 2, 5)},
    **{f"to {name}": lambda x, _, name=name: x.astype(name) for name in ("bool", "float32", "int32", "int64")},
    **of("add div max min mul rem sub"),
    **ASKED,
}
OF_BITS = of("bitwise_and bitwise_or bitwise_xor") | {"bitwise_not": lambda x, _: jax.lax.bitwise_not(x)}
KINDS = {
    "float64": (REALS, OF_REALS),
    "float32": (REALS, OF_REALS),
    "int32": (WHOLES, OF_WHOLES | OF_BITS),
    "int64": (WHOLES[:-3], OF_WHOLES),  # exact up to 2⁵³, so that they don't go round
}


def translated(operation):
    """Return the module of an operation on two float64."""
    number = jax.ShapeDtypeStruct((), jnp.float64)
    body = Body()
    [result] = written(body, jax.make_jaxpr(operation)(number, number), [np.array(name, object) for name in "xy"])
    body.add(f"return {result[()]};")
    return module([function("value", "x, y", body)], [body])


@pytest.mark.parametrize("dtype", KINDS)
def test_operations(dtype):
    places, operations = KINDS[dtype]
    chosen = {
        name: lambda x, y, one=one: one(x.astype(dtype), y.astype(dtype)).astype("float64")
        for name, one in operations.items()
    }
    x, y = (np.ravel(one) for one in np.meshgrid(places, places))
    found = values_at({name: translated(one) for name, one in chosen.items()}, np.stack([x, y], axis=1).tolist())
    wrong = {}
    for name, one in chosen.items():
        expected = np.asarray(jax.jit(one)(x, y))
        # XLA's cosh of 700 is the exponential of a sum, which was rounded before: 700 times as far off as a single one.
        off = 4e-7 if dtype == "float32" else 1e-13
        near = np.isclose(found[name], expected, rtol=off, atol=0, equal_nan=True)
        near &= (np.signbit(found[name]) == np.signbit(expected)) | np.isnan(expected)
        if not near.all():
            k = np.argmin(near)
            wrong[name] = (x[k], y[k], found[name][k], expected[k], (~near).sum())
    assert wrong == {}


@pytest.mark.parametrize(
    ("operation", "sentence"),
    [
        (lambda x, y: jax.lax.lgamma(x) + y, r"The operation lgamma can't be translated\."),
        (lambda x, y: jax.lax.reduce_precision(x, 8, 7) + y, "The operation reduce_precision on float64 can't be"),
        (lambda x, y: (x.astype("float16") + y.astype("float16")).astype("float64"), "the type float16 can't be"),
        (lambda x, y: (x.astype("uint32") + y.astype("uint32")).astype("float64"), "the type uint32 can't be"),
        (lambda x, y: jax.lax.bitwise_and(x.astype("int64"), y.astype("int64")).astype("float64"), "and on int64"),
    ],
)
def test_what_can_not_be_translated_is_named(operation, sentence):
    with pytest.raises(UntranslatableError, match=sentence):
        translated(operation)
