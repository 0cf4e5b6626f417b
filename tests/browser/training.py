"""Opens the Train page and reads what it shows and holds."""

import math
from typing import Any

import numpy as np
from playwright.sync_api import Page

from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.training.train import train
from tests.browser.conftest import Server

SLOW = 120_000  # ms for trainings that must be compiled on a busy machine
TWO = "task=xor&layers=4&steps=150&run=adam,learning_rate=0.01&run=momentum,learning_rate=0.1"


def opened(page: Page, server: Server, query: str = TWO) -> Page:
    page.goto(f"{server.address}/train{'?' if query else ''}{query}")
    trained(page)
    return page


def trained(page: Page) -> None:
    """Wait until all has been trained and the address holds what the controls say."""
    page.wait_for_timeout(50)
    page.wait_for_function(
        "() => { if (!window.client) return false; const { state } = client.train;"
        " return client.trainAsking.idle() && state.answer?.done && state.good === state.experiment"
        " && state.query === state.answer.query }",
        polling=30,
        timeout=SLOW,
    )


def state(page: Page, name: str) -> Any:
    return page.evaluate("(name) => client.train.state[name]", name)


def experiment(page: Page) -> TrainingExperiment:
    """The experiment as the page's controls have it."""
    return check(state(page, "experiment"))


def curve(page: Page, run: int, column: int = 0) -> list[float]:
    """What is drawn of the first seed of a run: 0 for the loss, 1 for the validation loss, 2 and 3 for accuracies.

    What isn't finite is NaN.
    """
    found = page.evaluate(
        "([run, column]) => Array.from(client.train.state.answer.trainings[run][0].columns[column])"
        ".map((value) => (Number.isFinite(value) ? value : null))",
        [run, column],
    )
    return [math.nan if value is None else float(value) for value in found]


def expected(page: Page, run: int) -> np.ndarray:
    """The losses of a run as the engine makes them by itself."""
    shown = experiment(page)
    history = train(shown, shown.runs[run], shown.seed)
    return history.loss[history.looked].astype(np.float32)


def lines(page: Page) -> str:
    """The pixels of axes and curves, to see whether something was drawn anew."""
    return page.evaluate("document.querySelector('canvas.train-lines').toDataURL()")
