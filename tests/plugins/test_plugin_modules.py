"""A reader's own surface and rule, as the documentation prints them, are walked by the page too."""

from tests.plugins.conftest import PRINTED
from tests.plugins.test_plugin_command_line import program

CODE = """
import numpy as np
from fall_line.pages.explore.programs import program
import app
from fall_line.experiments.mending import check
from fall_line.trajectories.run import run
from tests.translation.programs import walked
for rule in ("sign_steps", "my_momentum"):
    experiment = check({"surface": "leaning_bowl", "steps": 40, "runs": [{"optimizer": rule}]})
    [one], [path] = experiment.runs, run(experiment)
    question = {
        "start": list(experiment.start),
        "hypers": [one.hypers[hyper.key] for hyper in one.optimizer.hypers],
        "parameters": [float(value) for value in experiment.landscape.parameters],
        "steps": 40,
        "conditions": None,
    }
    case = {"surface": "leaning_bowl", "rule": rule, "diagonal": 1.0, "question": question}
    modules = {"leaning_bowl": program("surface", "leaning_bowl")}, {rule: program("rule", rule)}
    [found] = walked(*modules, [case], 0.0)
    print(rule, np.abs(found.points[0] - path.points).max() < 1e-12)
"""


def test_plugins_are_translated(folder):
    place = folder({f"{key}.py": text for key, text in PRINTED.items()})
    ran = program("-c", CODE, FALL_LINE_PLUGINS=str(place))
    assert (ran.stdout.split(), ran.stderr) == (["sign_steps", "True", "my_momentum", "True"], "")
