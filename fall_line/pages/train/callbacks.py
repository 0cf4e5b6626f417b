"""What the Train page asks of the server, and what its own code does with Dash's events."""

from typing import Any

from dash import MATCH, ClientsideFunction, Input, Output, State, callback, clientside_callback, no_update

from fall_line.components import player
from fall_line.components.experiment_buttons import read_file
from fall_line.components.published_note import note_back
from fall_line.components.run_list import run_list
from fall_line.experiments.training_experiment import TrainingExperiment, mend
from fall_line.experiments.training_methods import training_methods
from fall_line.pages.opened_file import opened
from fall_line.pages.train import ids
from fall_line.pages.train.beginning import bounded
from fall_line.pages.train.methods import hypers_of


@callback(Output(ids.RUNS, "children"), Input(ids.STRUCTURE, "data"), prevent_initial_call=True)
def rebuild(structure: dict[str, Any]) -> list:
    """Build the list of runs anew."""
    experiment = TrainingExperiment.model_validate(structure["experiment"])
    return run_list(
        experiment.runs, structure["unfolded"], methods=training_methods(), schedules=True, hypers_of=hypers_of
    )


@callback(Output(ids.OPENED, "data"), Input(read_file(ids.OPEN_FILE), "data"), prevent_initial_call=True)
def open_file(file: dict[str, str] | None) -> Any:
    """Read a reader's JSON file."""
    return opened(file, TrainingExperiment.kind, lambda data: bounded(*mend(data))) if file else no_update


def _client(function: str, *arguments: Any, initial: bool = False) -> None:
    """Let `dash_clientside.train[function]` answer."""
    clientside_callback(ClientsideFunction("train", function), *arguments, prevent_initial_call=not initial)


clientside_callback(ClientsideFunction("runs", "rebuilt"), Input(ids.RUNS, "children"), prevent_initial_call=True)
_client("open", Output(ids.SINK, "data"), Input(ids.OPENING, "data"), Input(ids.CATALOGUE, "data"), initial=True)
_client("published", Input(ids.PUBLISHED, "value"))
_client("asPublished", Input(note_back(ids.LESSON), "n_clicks"))
_client("task", Input(ids.TASK, "value"))
_client("network", Input(ids.ACTIVATION, "value"), Input(ids.INITIALIZATION, "value"))
_client("growth", Input(ids.GROWTH, "value"))
_client("field", Output(ids.field(MATCH), "error"), Input(ids.field(MATCH), "value"), State(ids.field(MATCH), "id"))
_client("returnBest", Input(ids.RETURN_BEST, "checked"))
_client("newSeed", Input(ids.NEW_SEED, "n_clicks"))
_client("axes", Input(ids.LOSS_AXIS, "value"), Input(ids.ALONG, "value"), Input(ids.SMOOTH, "checked"))
_client("add", Output(ids.ADD_RUN, "value"), Input(ids.ADD_RUN, "value"))
_client("opened", Input(ids.OPENED, "data"))
_client("copy", Input(ids.COPY_LINK, "n_clicks"))
_client("goOn", Input(ids.GO_ON, "n_clicks"))
_client("takeBack", Input(ids.TAKE_BACK, "n_clicks"))
_client("pause", Input(ids.PAUSE, "n_clicks"))
_client("cancel", Input(ids.CANCEL, "n_clicks"))
_client("trainLong", Input(ids.LONG, "n_clicks"))
_client("play", Input(player.named(player.PLAY, ids.PLAYER), "n_clicks"))
_client(
    "step",
    Input(player.named(player.BACK, ids.PLAYER), "n_clicks"),
    Input(player.named(player.FORWARD, ids.PLAYER), "n_clicks"),
)
_client(
    "pace",
    Input(player.named(player.SPEED, ids.PLAYER), "value"),
    Input(player.named(player.LOOP, ids.PLAYER), "checked"),
)
