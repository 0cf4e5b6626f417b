"""What the Explore page asks of the server, and what its own code does with Dash's events."""

from typing import Any

from dash import MATCH, ClientsideFunction, Input, Output, State, callback, clientside_callback, no_update

from fall_line.components import ids as shared
from fall_line.components import player
from fall_line.components.experiment_buttons import read_file
from fall_line.components.published_note import note_back
from fall_line.components.run_list import run_list
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import mend
from fall_line.pages.explore import answers, ids
from fall_line.pages.explore.beginning import bounded
from fall_line.pages.explore.surface_panel import formula, surface_numbers
from fall_line.pages.opened_file import opened


@callback(
    Output(ids.RUNS, "children"),
    Output(ids.SURFACE_NUMBERS, "children"),
    Input(ids.STRUCTURE, "data"),
    prevent_initial_call=True,
)
def rebuild(structure: dict[str, Any]) -> tuple[list, Any]:
    """Build the list of runs anew, and for another surface its panel."""
    experiment = Experiment.model_validate(structure["experiment"])
    panel = surface_numbers(experiment) if structure["surface"] else no_update
    return run_list(experiment.runs, structure["unfolded"], schedules=True, responses=True), panel


@callback(
    Output(ids.SURFACE_FORMULA, "children"),
    Input(ids.FORMULA_SWITCH, "n_clicks"),
    State(ids.SURFACE, "value"),
    prevent_initial_call=True,
)
def typeset(clicks: int | None, surface: str) -> Any:
    """Typeset the surface's formula when a reader first asks for it."""
    return formula(answers.surface(surface)) if clicks else no_update


@callback(
    Output(ids.OPENED, "data"),
    Input(read_file(ids.OPEN_FILE), "data"),
    prevent_initial_call=True,
)
def open_file(file: dict[str, str] | None) -> Any:
    """Read a reader's JSON file."""
    return opened(file, Experiment.kind, lambda data: bounded(*mend(data))) if file else no_update


def _client(function: str, *arguments: Any, initial: bool = False) -> None:
    """Let `dash_clientside.explore[function]` answer."""
    clientside_callback(ClientsideFunction("explore", function), *arguments, prevent_initial_call=not initial)


SINK = Output(ids.SINK, "data", allow_duplicate=True)

_client("open", Output(ids.SINK, "data"), Input(ids.OPENING, "data"), Input(ids.CATALOGUE, "data"), initial=True)
clientside_callback(ClientsideFunction("runs", "rebuilt"), Input(ids.RUNS, "children"), prevent_initial_call=True)
_client(
    "field", Output(shared.field(MATCH), "error"), Input(shared.field(MATCH), "value"), State(shared.field(MATCH), "id")
)
_client("surface", SINK, Input(ids.SURFACE, "value"))
_client("published", SINK, Input(ids.PUBLISHED, "value"))
_client("asPublished", SINK, Input(note_back(ids.LESSON), "n_clicks"))
_client("choice", SINK, Input(ids.LEVELS, "value"), Input(ids.LOSS_AXIS, "value"), Input(ids.LINK_RATES, "checked"))
_client("noise", SINK, Input(ids.NOISE, "value"))
_client("newSeed", SINK, Input(ids.NEW_SEED, "n_clicks"))
_client("returnBest", SINK, Input(ids.RETURN_BEST, "checked"))
_client("add", Output(ids.ADD_RUN, "value"), Input(ids.ADD_RUN, "value"))
_client("tune", SINK, Input(ids.TUNE, "n_clicks"), State(ids.TUNE_WHAT, "value"), State(ids.TUNE_CRITERION, "value"))
_client("untune", SINK, Input(ids.UNTUNE, "n_clicks"))
_client("showTuning", SINK, Input(ids.TUNE_SWITCH, "n_clicks"))
_client("copy", SINK, Input(ids.COPY_LINK, "n_clicks"))
_client("opened", SINK, Input(ids.OPENED, "data"))
_client("play", SINK, Input(player.PLAY, "n_clicks"))
_client("step", SINK, Input(player.BACK, "n_clicks"), Input(player.FORWARD, "n_clicks"))
_client("wholeView", SINK, Input(ids.WHOLE_VIEW, "n_clicks"))
_client("pace", SINK, Input(player.SPEED, "value"), Input(player.LOOP, "checked"))
