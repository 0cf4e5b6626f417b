"""One file is tried out: what must be refused is, with its line and a sentence, and nothing else."""

import json

import pytest

from fall_line.plugins.optimizer_trial import try_optimizer
from fall_line.plugins.surface_trial import try_surface
from fall_line.plugins.trial_process import tried
from landscapes import SURFACES
from optimizers import OPTIMIZERS
from tests.plugins.conftest import PRINTED

SURFACE = PRINTED["leaning_bowl"]
OPTIMIZER = PRINTED["my_momentum"]
VALUE_LINE = SURFACE[: SURFACE.index("def value")].count("\n") + 1
SURFACE_LINE = SURFACE[: SURFACE.index("leaning_bowl = ")].count("\n") + 1
STEP_LINE = OPTIMIZER[: OPTIMIZER.index("def step")].count("\n") + 1
OPTIMIZER_LINE = OPTIMIZER[: OPTIMIZER.index("my_momentum = ")].count("\n") + 1
INIT_LINE = OPTIMIZER[: OPTIMIZER.index("init=")].count("\n") + 1


def changed(text, *changes):
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new, 1)
    return text


def surface(*changes):
    return changed(SURFACE, *changes)


def optimizer(*changes):
    return changed(OPTIMIZER, *changes)


def value(expression):
    return surface("x**2 + 3 * y**2 + 2 * x * y", expression)


def refusal(tmp_path, text):
    path = tmp_path / "plugin of mine.py"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = tried(path)
    if found is None:
        return None
    assert str(found).startswith(f"plugin of mine.py, line {found.line}: ")
    assert found.sentence.isprintable()
    assert found.sentence[-1] in ".?…"
    json.dumps(found.sentence)
    return found.line, found.sentence


# The file


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n\nx = 1 / 0\n", 3, "ZeroDivisionError: division by zero."),
        ("def f():\n    raise RuntimeError('a\\nb')\n\nf()\n", 2, "RuntimeError: a."),
        ("x = 1\ny = (\n", 2, "SyntaxError: '(' was never closed."),
        ("def f():\nreturn\n", 2, "IndentationError: expected an indented block"),
        (b"x = '\xff'\n", 1, "SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff"),
        (b"x = 1\0\n", 1, "source code"),
        ("import json\njson.loads('{')\n", 2, "JSONDecodeError: Expecting property name"),
        ("import numpie\n", 1, "ModuleNotFoundError: No module named 'numpie'."),
        ("\nimport sys\nsys.exit()\n", 3, "SystemExit: it must not end the program."),
        ("raise BaseException\n", 1, "BaseException."),
        ("raise ValueError('x' * 9999)\n", 1, "xxx…"),
        ("x = 1\n", 1, "must define one public Surface, Optimizer or Task, not 0."),
        (SURFACE.replace("leaning_bowl = ", "_leaning_bowl = "), 1, "not 0."),
        (f"{SURFACE}\nother = leaning_bowl\n", 1, "must define one public Surface, Optimizer or Task, not 2."),
        (f"{SURFACE}\n{OPTIMIZER}", 1, "must define one public Surface, Optimizer or Task, not 2."),
    ],
)
def test_a_file_that_holds_no_plugin(text, line, words, tmp_path):
    found = refusal(tmp_path, text)
    assert words in found[1]
    assert found[0] == line


def test_a_file_that_can_t_be_read(tmp_path):
    (tmp_path / "a.py").mkdir()
    assert "IsADirectoryError" in tried(tmp_path / "a.py").sentence
    assert "FileNotFoundError" in tried(tmp_path / "b.py").sentence


def test_files_share_what_stands_beside_them(tmp_path):
    (tmp_path / "_shapes.py").write_text("def bowl(x, y):\n    return x**2 + y**2\n", encoding="utf-8")
    text = "from ._shapes import bowl\n" + surface("x**2 + 3 * y**2 + 2 * x * y", "bowl(x, y)")
    assert refusal(tmp_path, text) is None


# A surface


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (value("float('nan') * x"), "value at the start (3, 2) is nan; it must be finite."),
        (value("1 / (x - 3) + y"), "value at the start (3, 2) is inf; it must be finite."),
        (value("(x - 3) ** 0.5 + y"), "the gradient at the start (3, 2) is (inf, 1); it must be finite."),
        (value("(2 - y) ** 0.5 + x"), "the gradient at the start (3, 2) is (1, -inf); it must be finite."),
        (value("(x * y).sum()"), "for float64 (3, 4) it returns float64 ()."),
        (value("3.0"), "value must return an array of the shape of x and y"),
        (value("(x * y).astype('float32')"), "it returns float32 (3, 4)."),
        (value("[x, y]"), "value must return an array"),
        (value("None"), "it returns NoneType."),
        (value("x * y + (x - x.mean())"), "value must be elementwise"),
        (surface("def value(x, y):", "def value(x):"), "value can't be called as value(x, y): too many positional"),
        (surface("def value(x, y):", "def value(x, y, angle):"), "missing a required argument: 'angle'"),
    ],
)
def test_a_value_that_can_t_be_descended(text, words, tmp_path):
    line, sentence = refusal(tmp_path, text)
    assert words in sentence
    assert line == VALUE_LINE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (value("x**2 if x > y else y**2"), "TracerBoolConversionError: Attempted boolean conversion"),
        (value("__import__('math').sin(x) + y"), "use jax.numpy"),
        (value("z**2 + x + y"), "NameError: name 'z' is not defined."),
        (value("x @ y"), "ValueError: matmul"),
    ],
)
def test_a_value_that_raises_is_told_where(text, words, tmp_path):
    line, sentence = refusal(tmp_path, text)
    assert words in sentence
    assert line == VALUE_LINE + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (surface('key="leaning_bowl"', 'key="Leaning bowl"'), "key must be small letters"),
        (surface('key="leaning_bowl"', "key=7"), "key must be small letters"),
        (surface('key="leaning_bowl"', 'key="formula:x"'), "key must be small letters"),
        (surface('label="Leaning bowl"', 'label=" "'), "label must be a text"),
        (surface('formula="x^2 + 3y^2 + 2xy"', "formula=None"), "formula must be a text"),
        (surface('"x^2 + 3y^2 + 2xy"', '"$x^2$"'), "without dollar signs"),
        (surface("Box(-4, 4, -3, 3)", "(-4, 4, -3, 3)"), "domain must be a Box of four numbers"),
        (surface("Box(-4, 4, -3, 3)", "Box(-4, 4, -3, 3e9)"), "between -1e+06 and 1e+06."),
        (surface("Box(-4, 4, -3, 3)", "Box(4, -4, -3, 3)"), "each low below its high"),
        (surface("start=(3, 2)", "start=(3, 9)"), "start must be inside the domain."),
        (surface("start=(3, 2)", "start=(3,)"), "start must be a tuple of two numbers"),
        (surface("minima=(Minimum(0, 0, 0),)", "minima=Minimum(0, 0, 0)"), "minima must be a tuple of Minimum"),
        (surface('source="My lecture"', 'source="My lecture", levels=(1, 1)'), "increasing"),
        (surface('source="My lecture"', 'source="My lecture", spacing="even"'), "spacing must be"),
        (surface('source="My lecture"', 'source="My lecture", parameters=(7,)'), "parameters must be a tuple of Hyper"),
        (surface('source="My lecture"', 'source="My lecture", also="valley"'), "also must be a tuple of texts"),
        (
            surface('formula="x^2 + 3y^2 + 2xy"', r'formula=r"\frac{x}{"'),
            "formula can't be typeset: expected closing token",
        ),
        (surface('formula="x^2 + 3y^2 + 2xy"', r'formula=r"\foo{y}"'), r'unknown command "\foo", in ‘\foo{y}’.'),
        (surface("value=value", "value=7"), "value must be a function, to be called as value(x, y)."),
    ],
)
def test_a_surface_s_record_that_is_wrong(text, words, tmp_path):
    line, sentence = refusal(tmp_path, text)
    assert words in sentence
    assert line == SURFACE_LINE


@pytest.mark.parametrize(
    ("minima", "words"),
    [
        ("Minimum(1, 1, -5),", "Minimum(1, 1, -5) in minima has another loss than value, which is 6 there."),
        ("Minimum(1, 1, 6),", "Minimum(1, 1, 6) in minima is no minimum: value is 6 there and lower, 5.9"),
        ("Minimum(0, 0, 0), Minimum(0, 0, -1),", "minima must begin with the lowest; their losses are 0, -1."),
    ],
)
def test_minima_are_checked_against_the_surface(minima, words, tmp_path):
    line, sentence = refusal(tmp_path, surface("Minimum(0, 0, 0),", minima))
    assert words in sentence
    assert line == VALUE_LINE


@pytest.mark.parametrize("expression", ["abs(x) + abs(y)", "jnp.hypot(x, y)", "1e3 + jnp.sqrt(x**2 + y**2)"])
def test_minima_and_starts_at_kinks_are_allowed(expression, tmp_path):
    text = "import jax.numpy as jnp\n" + value(expression)
    height = 1000 if "1e3" in expression else 0
    text = changed(text, "Minimum(0, 0, 0)", f"Minimum(0, 0, {height})", "start=(3, 2)", "start=(0, 0)")
    assert refusal(tmp_path, text) is None


def test_the_refusal_of_memory_lists_the_state(tmp_path):
    text = optimizer('memory=("v",)', 'memory=("m",)', "init=lambda point, **_: jnp.zeros_like(point)",
                     'init=lambda point, **_: {"m": jnp.zeros_like(point), "t": jnp.zeros(())}')  # fmt: skip
    sentence = refusal(tmp_path, text)[1]
    assert "memory names 1 arrays (m), but the state has 2: ['m'] (2,), ['t'] (); give a symbol for each." in sentence


def test_a_surface_s_parameters_are_its_keywords(tmp_path):
    hyper = 'Hyper("tilt", "a", "tilt", 0.5, 0, 2)'
    text = "from hyperparameter import Hyper\n" + surface(
        "def value(x, y):",
        "def value(x, y, *, tilt):",
        "2 * x * y",
        "tilt * x * y",
        "key=",
        f"parameters=({hyper},), key=",
    )
    assert refusal(tmp_path, text) is None
    assert "(Hyper(…),)" in refusal(tmp_path, text.replace(f"({hyper},)", f"({hyper})"))[1]
    assert "each its own" in refusal(tmp_path, text.replace(f"({hyper},)", f"({hyper}, {hyper})"))[1]
    sentence = refusal(tmp_path, text.replace("*, tilt", "*, slope"))[1]
    assert sentence.startswith("value can't be called as value(x, y, tilt=…): ")


# An optimizer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (optimizer("learning_rate, gamma):", "learning_rate):"), "got an unexpected keyword argument 'gamma'"),
        (optimizer("learning_rate, gamma):", "learning_rate, gamma, ε):"), "missing a required argument: 'ε'"),
        (optimizer("problem, point, velocity", "point, velocity"), "too many positional arguments"),
        (optimizer("return point - velocity, velocity", "return point - velocity"), "a tuple of two"),
        (
            optimizer("return point - velocity, velocity", "return point[:1] - velocity[:1], velocity"),
            "step must keep the point's shapes and types: float64 (2,) becomes float64 (1,).",
        ),
        (
            optimizer("return point - velocity, velocity", "return point - velocity, (velocity, velocity)"),
            "step must keep the state's shapes and types: float64 (2,) becomes float64 (2,), float64 (2,).",
        ),
        (
            optimizer("return point - velocity, velocity", "return point - velocity, velocity.astype('float32')"),
            "float64 (2,) becomes float32 (2,).",
        ),
        (
            optimizer("return point - velocity, velocity", "return point / 0, velocity"),
            "the first step on the bowl (x² + y²)/2 leads to (inf, -inf); it must be finite.",
        ),
    ],
)
def test_a_step_that_can_t_be_repeated(text, words, tmp_path):
    line, sentence = refusal(tmp_path, text)
    assert words in sentence
    assert line == STEP_LINE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            optimizer('memory=("v",)', "memory=()"),
            "memory names 0 arrays (none), but the state has 1: the state (2,); give a symbol for each.",
        ),
        (
            optimizer("lambda point, **_:", "lambda point:"),
            "init can't be called as init(point, learning_rate=…",
        ),
        (optimizer("lambda point, **_:", "lambda point, **_: 1 / 0 *"), "ZeroDivisionError"),
    ],
)
def test_an_init_that_makes_no_memory(text, words, tmp_path):
    line, sentence = refusal(tmp_path, text)
    assert words in sentence
    assert line == INIT_LINE


def test_a_step_that_raises_is_told_where(tmp_path):
    line, sentence = refusal(tmp_path, optimizer("problem.gradient", "problem.slope"))
    assert "has no attribute 'slope'" in sentence
    assert line == STEP_LINE + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (optimizer('memory=("v",)', 'memory="v"'), "memory must be a tuple of symbols"),
        (optimizer('Hyper("learning_rate"', 'Hyper("rate"'), "must begin with the learning rate"),
        (optimizer('Hyper("gamma"', 'Hyper("label"'), "must not be called label"),
        (optimizer('variant="The learning rate is inside the velocity."', 'variant=""'), "variant must be a text"),
    ],
)
def test_an_optimizer_s_record_that_is_wrong(text, words, tmp_path):
    line, sentence = refusal(tmp_path, text)
    assert words in sentence
    assert line == OPTIMIZER_LINE


# What must not be refused


@pytest.mark.parametrize("key", PRINTED)
def test_the_printed_plugins_are_allowed(key, tmp_path):
    assert refusal(tmp_path, PRINTED[key]) is None


def some(registered, telling):
    """All of them, those that aren't telling only in the thorough run."""
    return [pytest.param(key, marks=() if key in telling else pytest.mark.thorough) for key in registered]


@pytest.mark.parametrize("key", some(SURFACES, ("ackley", "goldstein_price", "rotated_quadratic", "wobbly")))
def test_no_surface_of_the_program_would_be_refused(key, tmp_path):
    try_surface(SURFACES[key], tmp_path, 1)


@pytest.mark.parametrize(
    "key", some(OPTIMIZERS, ("gradient_descent", "adam", "adafactor", "lookahead", "barzilai_borwein", "newton"))
)
def test_no_optimizer_of_the_program_would_be_refused(key, tmp_path):
    try_optimizer(OPTIMIZERS[key], tmp_path, 1)


def test_a_file_from_before_the_package_finds_what_it_imports(tmp_path):
    text = OPTIMIZER.replace(
        "from optimizers import Hyper, Optimizer", "from hyperparameter import Hyper\nfrom optimizers import Optimizer"
    )
    assert "from hyperparameter" in text
    assert refusal(tmp_path, text) is None
