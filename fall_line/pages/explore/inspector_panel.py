"""The step inspector: what one run sees, remembers and does at one step, as numbers, arrows and a worked formula."""

from dash import ClientsideFunction, Input, clientside_callback, html

from fall_line.components.attributes import aria
from fall_line.components.icon import icon, icon_button
from fall_line.pages.explore import ids


def inspect_button() -> html.Button:
    """Return the button of the player that opens and closes the inspector."""
    return html.Button(
        [icon("inspect"), html.Span("Inspect", className="button-text")],
        id=ids.INSPECT,
        className="button inspect-button",
        title="Look into the step where the player stands (i)",
        **aria(label="Inspect the step (i)", expanded=False, controls=ids.INSPECTOR),
    )


def inspector_panel() -> html.Aside:
    """Return the panel; the page's own code fills it."""
    return html.Aside(
        id=ids.INSPECTOR,
        className="inspector",
        hidden=True,
        **aria(label="Step inspector"),
        children=[
            html.Div(
                className="panel-head",
                children=[
                    html.H2("Inspector"),
                    html.Span(id=ids.INSPECTOR_STEP, className="caption"),
                    icon_button("close", "Close the inspector (i)", ids.INSPECTOR_CLOSE),
                ],
            ),
            html.Div(id=ids.INSPECTOR_RUNS, className="inspector-runs", role="group", **aria(label="Run")),
            html.P(id=ids.INSPECTOR_SENTENCE, className="inspector-sentence", hidden=True),
            html.Ul(id=ids.INSPECTOR_LEGEND, className="inspector-legend", **aria(label="Arrows on the plot")),
            _explanation(),
            html.Table(
                className="inspector-numbers",
                children=[
                    html.Thead(html.Tr([html.Td(), html.Th("x", scope="col"), html.Th("y", scope="col")])),
                    html.Tbody(id=ids.INSPECTOR_NUMBERS),
                ],
            ),
        ],
    )


def _explanation() -> html.Div:
    return html.Div(
        className="explanation",
        children=[
            html.Div(
                className="explanation-bar",
                children=[
                    html.Button(
                        "Explain this step",
                        id=ids.EXPLAIN,
                        className="button",
                        title="The update line by line, with this step's numbers put in",
                        **aria(expanded=False, controls=ids.CAPTIONS),
                    ),
                    icon_button("arrow-up", "Line before (up arrow)", ids.EXPLAIN_BACK),
                    icon_button("arrow-down", "Next line (down arrow)", ids.EXPLAIN_NEXT),
                ],
            ),
            html.P(id=ids.EXPLAIN_NOTE, className="inspector-sentence", hidden=True),
            html.Ul(id=ids.EXPLAIN_SIGNS, className="explain-signs", hidden=True, **aria(label="Signs of the formula")),
            html.Ol(id=ids.CAPTIONS, className="captions", hidden=True),
        ],
    )


for _function, _id in (
    ("toggle", ids.INSPECT),
    ("close", ids.INSPECTOR_CLOSE),
    ("explain", ids.EXPLAIN),
    ("back", ids.EXPLAIN_BACK),
    ("next", ids.EXPLAIN_NEXT),
):
    clientside_callback(ClientsideFunction("inspector", _function), Input(_id, "n_clicks"), prevent_initial_call=True)
