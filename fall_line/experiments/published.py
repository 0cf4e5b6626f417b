"""The experiments that have a name: the article's ten, and some of our own for the classroom."""

from dataclasses import dataclass
from typing import Any

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import ExperimentError, check
from fall_line.validation import quoted
from landscapes import find_surface


@dataclass(frozen=True)
class Published:
    """An experiment with a name, a title and two to four sentences on what to look at."""

    name: str
    title: str
    lesson: str
    experiment: Experiment


CROSS_METHOD: list[dict[str, Any]] = [
    {"optimizer": "nesterov_at_lookahead", "hypers": {"learning_rate": 0.01, "gamma": 0.9}, "label": "Nesterov"},
    {"optimizer": "rmsprop", "hypers": {"learning_rate": 0.25, "gamma": 0.9, "epsilon": 1e-6}},
    {"optimizer": "adadelta", "hypers": {"learning_rate": 100, "gamma": 0.95, "epsilon": 1e-6}},
    {"optimizer": "adagrad", "hypers": {"learning_rate": 1, "epsilon": 1e-6}},
    {"optimizer": "adam_epsilon_hat", "hypers": {"learning_rate": 0.25}, "label": "Adam"},
]
NESTEROV_GAMMA: list[dict[str, Any]] = [
    {"optimizer": "nesterov_at_lookahead", "hypers": {"learning_rate": 0.01, "gamma": gamma}, "label": f"γ = {gamma}"}
    for gamma in (0.25, 0.9, 0.975)
]

CROSS_METHOD_LESSONS = {
    "wobbly": (
        "The bowl is creased along x = 0 and a hill stands near the start. Watch how RMSProp and Adadelta, whose steps "
        "don't shrink with the gradient, keep circling around the minimum, while the other three come to rest in it."
    ),
    "basins_and_walls": (
        "Walls run across the way and each trough between them is a trap. At these rates RMSProp, Adadelta and Adagrad "
        "reach the deepest trough, while Nesterov and Adam stop one short of it. Adadelta at η = 100 is chaotic here: "
        "change the start's x in the ninth digit and another path comes out."
    ),
    "giant_plateau": (
        "Far from the pit the gradient is nearly zero. Nesterov at η = 0.01 hardly moves, because its step is "
        "proportional to that gradient. The others divide by its size: Adam is off at once and Adagrad soon after, "
        "but RMSProp and Adadelta take dozens of steps, for so small a gradient hardly counts beside RMSProp's ε, and "
        "Adadelta measures each step by the steps before."
    ),
    "hills_and_canyon": (
        "A small basin lies between the start and the canyon. Only Adam carries enough speed to leave it and ends in "
        "the canyon near (−0.04, 0.07). RMSProp and Adadelta draw “hedgehogs” around the local minimum: their steps "
        "don't shrink as the gradient does."
    ),
    "bad_init": (
        "The start lies inside a shallow basin, and the deep one is far off across a plateau. Nothing gets out. "
        "Look at the hedgehogs: those of RMSProp and Adadelta stay large though the basin is small."
    ),
}
NESTEROV_GAMMA_LESSONS = {
    "wobbly": (
        "Three memories, one rate. With γ = 0.25 the path creeps down the slope; with 0.975 it shoots through the "
        "bottom and swings back for a long time. Drag γ between them and find where the overshoot begins."
    ),
    "basins_and_walls": (
        "With little memory the first wall holds. At γ = 0.975 the speed gathered on the slope carries the point over "
        "wall after wall, past the best basin. More momentum is not simply better."
    ),
    "giant_plateau": (
        "The gradient at the start is about 0.00002. Even γ = 0.975 multiplies it only by forty, so all three "
        "stand still. Move the start towards the pit to see them wake up one after the other."
    ),
    "hills_and_canyon": (
        "With γ = 0.25 and 0.9 the path stays in the small basin near the start. At 0.975 the speed gathered on the "
        "slope carries it through that basin into the canyon and past its lowest point, and after 125 steps it is "
        "still swinging along the floor."
    ),
    "bad_init": (
        "The small basin catches all three. Raise the learning rate of the γ = 0.975 run: up to η = 1 it doesn't climb "
        "out but comes to rest sooner, because the look-ahead brakes harder. At 2 it swings out further than it "
        "started, and at 3 it is thrown out of the basin."
    ),
}
GALLERY: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "gallery/condition-number",
        "Condition number",
        "The surface curves κ times more strongly across the valley than along it. The steep direction forbids "
        "gradient descent rates above 2, and at 1.8 it zigzags there while it crawls along the floor; momentum needs "
        "about half the steps, and a higher κ slows down both. Turn the angle: Adam, which scales each coordinate "
        "by itself, needs three times as many steps at 45° as along an axis.",
        {
            "surface": "rotated_quadratic",
            "parameters": {"condition_number": 50},
            "runs": [
                {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1.8}},
                {"optimizer": "momentum", "hypers": {"learning_rate": 1, "gamma": 0.7}},
                {"optimizer": "adam_kingma", "hypers": {"learning_rate": 0.2}},
            ],
        },
    ),
    (
        "gallery/saddle",
        "Leaving a saddle",
        "Every method starts almost on the ridge. Gradient descent leaves slowly, because the gradient across the "
        "ridge is tiny; momentum gathers speed; the adaptive methods enlarge the small coordinate and turn away at "
        "once.",
        {
            "surface": "saddle",
            "runs": [
                {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.02}},
                {"optimizer": "momentum", "hypers": {"learning_rate": 0.02, "gamma": 0.9}},
                {"optimizer": "adagrad", "hypers": {"learning_rate": 0.2}},
                {"optimizer": "rmsprop", "hypers": {"learning_rate": 0.02}},
                {"optimizer": "adam_kingma", "hypers": {"learning_rate": 0.05}},
            ],
        },
    ),
    (
        "gallery/rosenbrock",
        "Rosenbrock's banana",
        "Finding the curved valley is easy, walking along its floor is not. Gradient descent at η = 0.001 covers less "
        "than a fifth of the way to the minimum in 500 steps, and at 0.0025 the steep walls throw it out. Press play "
        "and watch Nesterov and Adam go round the bend.",
        {
            "surface": "rosenbrock",
            "steps": 500,
            "runs": [
                {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.001}},
                {"optimizer": "nesterov", "hypers": {"learning_rate": 0.0005, "gamma": 0.95}},
                {"optimizer": "adagrad", "hypers": {"learning_rate": 0.5}},
                {"optimizer": "adam_kingma", "hypers": {"learning_rate": 0.1}},
            ],
        },
    ),
]


def _article(group: str, title: str, runs: list[dict[str, Any]], lessons: dict[str, str]) -> list[Published]:
    return [
        Published(
            f"{group}/{key}", f"{title}: {find_surface(key).label}", lesson, check({"surface": key, "runs": runs})
        )
        for key, lesson in lessons.items()
    ]


PUBLISHED: dict[str, Published] = {
    one.name: one
    for one in [
        *_article("cross-method", "Five methods", CROSS_METHOD, CROSS_METHOD_LESSONS),
        *_article("nesterov-gamma", "Nesterov's γ", NESTEROV_GAMMA, NESTEROV_GAMMA_LESSONS),
        *(Published(name, title, lesson, check(data)) for name, title, lesson, data in GALLERY),
    ]
}
# Labels as they were printed, misspellings included.
PRINTED_LABELS = {"giant_plateu": "giant_plateau", "bad_init (two minimums)": "bad_init"}
OPENING = "cross-method/hills_and_canyon"


def find(name: str) -> Published:
    """Return the experiment called `name`; case and the printed labels of the surfaces don't matter.

    Raises:
        ExperimentError: there is none of that name.
    """
    if not is_published(name):
        raise ExperimentError(f"There is no experiment {quoted(name)}; the names are {', '.join(PUBLISHED)}.")
    return PUBLISHED[_key(name)]


def is_published(name: str) -> bool:
    """Return whether there is an experiment called `name`, as `find` takes it."""
    return _key(name) in PUBLISHED


def _key(name: str) -> str:
    group, _, surface = name.strip().lower().partition("/")
    return f"{group}/{PRINTED_LABELS.get(surface, surface)}"


def name_of(experiment: Experiment) -> str | None:
    """Return the name under which `experiment` is published, wherever its player stands, or None."""
    whole = experiment.model_copy(update={"step": None})
    return next((one.name for one in PUBLISHED.values() if one.experiment == whole), None)
