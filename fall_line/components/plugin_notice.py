"""The notice that tells which plugins can't be used, and why."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback, dcc, html

from fall_line.components import ids
from fall_line.components.attributes import aria
from fall_line.plugins import REFUSED


def plugin_notice() -> list:
    """Return a line for each plugin that was refused, which the reader can put away; nothing if there is none."""
    if not REFUSED:
        return []
    count = "A plugin" if len(REFUSED) == 1 else f"{len(REFUSED)} plugins"
    return [
        html.Section(
            id=ids.PLUGINS,
            className="plugin-notice",
            **aria(label="Plugins that can't be used"),
            children=[
                html.P(f"{count} can’t be used", className="plugin-count"),
                html.Ul(
                    [html.Li([html.Span(fault.place, className="plugin-place"), fault.sentence]) for fault in REFUSED],
                    className="plugin-faults",
                    tabIndex="0",
                ),
                html.Button("Dismiss", id=ids.PLUGINS_SEEN, className="plugin-dismiss"),
            ],
        ),
        dcc.Store(id=ids.PLUGIN_FAULTS, data="\n".join(map(str, REFUSED))),
    ]


clientside_callback(
    ClientsideFunction("header", "plugins"),
    Output(ids.PLUGINS, "hidden"),
    Input(ids.PLUGINS_SEEN, "n_clicks"),
    State(ids.PLUGIN_FAULTS, "data"),
)
