"""A Python script that makes the experiment again."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fall_line.drawing.choices import Choices
from fall_line.exports._whole_file import whole_file
from fall_line.exports.format import Format

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.experiments.reading import AnyExperiment
    from fall_line.experiments.response_experiment import ResponseExperiment
    from fall_line.experiments.training_experiment import TrainingExperiment

WIDTH = 88  # columns at which formatters break lines by default
ALWAYS = ("surface", "signal", "task", "start", "steps", "runs", "optimizer", "hypers")

HEAD = """\
# {title}
#
# Makes the experiment again and prints {printed}. In the project's folder:
#
#     {variables}PYTHONPATH=. .venv/bin/python FILE
#
# The same experiment as a link:
#
#     http://127.0.0.1:8050/{page}?{query}

{imports}"""
PATHS = """\
from fall_line.experiments.mending import check
{walks}

{loading}EXPERIMENT = {experiment}

experiment = check(EXPERIMENT)
"""
ENDS = """\
for one, path in zip(experiment.runs, run(experiment), strict=True):
    {step}(x, y), loss = path.points[{at}], path.losses[{at}]
    print(f"{{one.name!r}} ends at x {{x:.17g}}, y {{y:.17g}}, loss {{loss:.17g}}")
"""
# With several seeds: all of them, and what they say together.
SEEDS_END = """\
minima = minima_of(experiment.landscape)
for one, fan in zip(experiment.runs, each_fan(experiment), strict=True):
    for seed, path in zip(experiment.all_seeds, fan.paths, strict=True):
        {step}(x, y), loss = path.points[{at}], path.losses[{at}]
        print(f"{{one.name!r}}, seed {{seed}}, ends at x {{x:.17g}}, y {{y:.17g}}, loss {{loss:.17g}}")
    told = seed_statistics(experiment, fan, minima)
    lower, median, upper = told.final
    there = "" if told.reached is None else f"; {{told.reached}} of {{told.seeds}} came within the tolerance"
    print(f"{{one.name!r}}: median loss {{median:.17g}}, quartiles {{lower:.17g}} and {{upper:.17g}}{{there}}")
"""
SEEDS_IMPORTS = (
    "from fall_line.trajectories.minima import minima_of\n"
    "from fall_line.trajectories.run import {walks}\n"
    "from fall_line.trajectories.seed_statistics import seed_statistics"
)
ANSWERS = """\
from fall_line.trajectories.response import response
from fall_line.experiments.response_experiment import check

{loading}EXPERIMENT = {experiment}

experiment = check(EXPERIMENT)
for one in experiment.runs:
    updates = response(one.optimizer, one.hypers, experiment.values).updates
    print(f"{{one.name!r}} answers {{updates[-1]:.17g}} at epoch {{len(updates) - 1}}")
"""
LOSSES = """\
from fall_line.experiments.training_experiment import check
from fall_line.training.train import train

{loading}EXPERIMENT = {experiment}

experiment = check(EXPERIMENT)
for one in experiment.runs:
    for seed in experiment.all_seeds:
        history = train(experiment, one, seed)
        loss, kept_back = history.loss[-1], history.validation_loss[-1]
        print(f"{{one.name!r}}, seed {{seed}}: loss {{loss:.17g}}, of points kept back {{kept_back:.17g}}")
"""
# What the script needs besides, if its surface or a method is a plugin.
PLUGINS = {
    "variables": "FALL_LINE_PLUGINS=FOLDER ",
    "imports": "from fall_line.plugins import load_chosen\nfrom fall_line.settings import settings\n",
    "loading": "load_chosen(settings())\n\n",
}


def write(experiment: "Experiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write a script that holds `experiment` as plain data, runs it, and prints every run's last point and its loss.

    What is left out has its default value; every hyperparameter is there.

    Raises:
        OSError: the file can't be written.
    """
    from fall_line.experiments.link import to_query  # noqa: PLC0415, the engine is needed only here

    steps = "1 step" if experiment.steps == 1 else f"{experiment.steps} steps"
    used = {experiment.surface, *(one.optimizer for one in experiment.runs)}
    text = (HEAD + PATHS + (SEEDS_END if len(experiment.all_seeds) > 1 else ENDS)).format(
        **_plugins(used),
        title=f"{experiment.surface.label}: {_counted(experiment)} of {steps}",
        printed="where each seed of each run ends" if len(experiment.all_seeds) > 1 else "where each run ends",
        **_ending(experiment),
        page="",
        query=to_query(experiment),
        experiment=_literal(_data(experiment, {"parameters": {}}), taken=len("EXPERIMENT = ")),
    )
    with whole_file(path) as file:
        file.write(text)


def _ending(experiment: "Experiment") -> dict[str, str]:
    """Return what the script needs to know where a path ends."""
    several, back = len(experiment.all_seeds) > 1, experiment.return_best
    indent = "\n        " if several else "\n    "
    names = ("each_fan, " if several else "") + ("kept_step, " if back else "") + ("" if several else "run")
    imports = SEEDS_IMPORTS if several else "from fall_line.trajectories.run import {walks}"
    return {
        "walks": imports.format(walks=names.removesuffix(", ")),
        "step": f"step = kept_step(experiment, path) or 0  # it goes back to its best point{indent}" if back else "",
        "at": "step" if back else "-1",
    }


def write_response(experiment: "ResponseExperiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write a script that holds `experiment` as plain data, lets every run answer, and prints the last answers.

    Raises:
        OSError: the file can't be written.
    """
    from fall_line.experiments.response_link import to_query  # noqa: PLC0415, the engine is needed only here

    text = (HEAD + ANSWERS).format(
        **_plugins({one.optimizer for one in experiment.runs}),
        title=f"Answers to {experiment.signal_words}: {_counted(experiment)} of {experiment.steps + 1} epochs",
        printed="what each run answers at the last epoch",
        page="response",
        query=to_query(experiment),
        experiment=_literal(_data(experiment, {}), taken=len("EXPERIMENT = ")),
    )
    with whole_file(path) as file:
        file.write(text)


def write_training(experiment: "TrainingExperiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write a script that holds `experiment` as plain data, trains every run, and prints the losses at the end.

    Raises:
        OSError: the file can't be written.
    """
    from fall_line.experiments.training_experiment import OF_TASK  # noqa: PLC0415
    from fall_line.experiments.training_link import to_query  # noqa: PLC0415, the engine is needed only here

    text = (HEAD + LOSSES).format(
        **_plugins({experiment.task, *(one.optimizer for one in experiment.runs)}),
        title=f"{experiment.task.label}: {_counted(experiment)} of {experiment.length_words}",
        printed="the losses after the last step of each run",
        page="train",
        query=to_query(experiment),
        experiment=_literal(
            _data(experiment, {name: getattr(experiment.task, name) for name in OF_TASK}), taken=len("EXPERIMENT = ")
        ),
    )
    with whole_file(path) as file:
        file.write(text)


def _counted(experiment: "AnyExperiment") -> str:
    return "1 run" if len(experiment.runs) == 1 else f"{len(experiment.runs)} runs"


def _plugins(used: set) -> dict[str, str]:
    from fall_line.plugins import ADDED  # noqa: PLC0415

    return PLUGINS if any(one in used for one in ADDED) else dict.fromkeys(PLUGINS, "")


def _data(experiment: "AnyExperiment", defaults: dict[str, Any]) -> dict[str, Any]:
    """Return what has to be said of `experiment`; `defaults` are those that its fields don't have themselves."""
    runs = [_told(one, {"style": index}) for index, one in enumerate(experiment.runs)]
    return _told(experiment, defaults) | {"runs": runs}


def _told(model: Any, defaults: dict[str, Any]) -> dict[str, Any]:
    defaults = {name: field.default for name, field in type(model).model_fields.items()} | defaults
    return {name: value for name, value in model.model_dump().items() if name in ALWAYS or value != defaults[name]}


def _literal(value: Any, indent: int = 0, taken: int = 0) -> str:
    """Return `value` as Python source, on one line if it fits behind `taken` columns, else an item a line."""
    flat = _flat(value)
    if not isinstance(value, dict | list | tuple) or taken + _columns(flat) < WIDTH:
        return flat
    inner = indent + 4
    items = [f"{' ' * inner}{item},\n" for item in _items(value, inner)]
    left, right = _brackets(value)
    return f"{left}\n{''.join(items)}{' ' * indent}{right}"


def _items(value: Any, indent: int) -> Iterator[str]:
    if not isinstance(value, dict):
        yield from (_literal(item, indent, indent) for item in value)
        return
    for name, item in value.items():
        yield f"{_text(name)}: {_literal(item, indent, indent + len(_text(name)) + 2)}"


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_text(name)}: {_flat(item)}' for name, item in value.items())}}}"
    if isinstance(value, list | tuple):
        left, right = _brackets(value)
        alone = "," if isinstance(value, tuple) and len(value) == 1 else ""
        return f"{left}{', '.join(map(_flat, value))}{alone}{right}"
    return repr(value)


def _brackets(value: Any) -> tuple[str, str]:
    return ("{", "}") if isinstance(value, dict) else ("(", ")") if isinstance(value, tuple) else ("[", "]")


def _text(text: str) -> str:
    """Return `text` as a string literal, in double quotes unless that takes more escapes.

    What can't be seen, or would steer a terminal or an editor, is escaped.
    """
    quote = "'" if text.count('"') > text.count("'") else '"'
    signs = (f"\\{sign}" if sign in (quote, "\\") else sign for sign in text)
    return quote + "".join(sign if sign.isprintable() else _escaped(sign) for sign in signs) + quote


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def _columns(text: str) -> int:
    # Signs of East Asian scripts take two columns.
    return sum(1 if sign.isascii() else 2 for sign in text)


py = Format(
    key="py",
    label="Python script that makes it again",
    media_type="text/x-python",
    write=write,
    write_response=write_response,
    write_training=write_training,
)
