"""What the Response page asks of the server, and what its own code does with Dash's events."""

from typing import Any

from dash import ClientsideFunction, Input, Output, callback, clientside_callback, no_update

from fall_line.components.experiment_buttons import read_file
from fall_line.components.published_note import note_back
from fall_line.components.run_list import run_list
from fall_line.experiments.response_experiment import ResponseExperiment, answering, mend
from fall_line.pages.opened_file import opened
from fall_line.pages.response import ids
from fall_line.pages.response.published_values import published_values


@callback(Output(ids.RUNS, "children"), Input(ids.STRUCTURE, "data"), prevent_initial_call=True)
def rebuild(structure: dict[str, Any]) -> list:
    """Build the list of runs anew."""
    experiment = ResponseExperiment.model_validate(structure["experiment"])
    return run_list(experiment.runs, structure["unfolded"], published_values, answering())


@callback(
    Output(ids.OPENED, "data"),
    Input(read_file(ids.OPEN_FILE), "data"),
    prevent_initial_call=True,
)
def open_file(file: dict[str, str] | None) -> Any:
    """Read a reader's JSON file."""
    return opened(file, ResponseExperiment.kind, mend) if file else no_update


def _client(function: str, *arguments: Any, initial: bool = False) -> None:
    """Let `dash_clientside.response[function]` answer."""
    clientside_callback(ClientsideFunction("response", function), *arguments, prevent_initial_call=not initial)


clientside_callback(ClientsideFunction("runs", "rebuilt"), Input(ids.RUNS, "children"), prevent_initial_call=True)
_client("open", Output(ids.SINK, "data"), Input(ids.OPENING, "data"), Input(ids.CATALOGUE, "data"), initial=True)
_client("published", Input(ids.PUBLISHED, "value"))
_client("asPublished", Input(note_back(ids.LESSON), "n_clicks"))
_client("signal", Input(ids.SIGNAL, "value"))
_client("flat", Input(ids.FLAT, "n_clicks"))
_client("view", Input(ids.VIEW, "value"))
_client("add", Output(ids.ADD_RUN, "value"), Input(ids.ADD_RUN, "value"))
_client("copy", Input(ids.COPY_LINK, "n_clicks"))
_client("opened", Input(ids.OPENED, "data"))
_client("zoom", Input(ids.ZOOM_IN, "n_clicks"), Input(ids.ZOOM_OUT, "n_clicks"), Input(ids.ALL_EPOCHS, "n_clicks"))
