"""The values that the article gives a method's runs, as buttons in the unfolded run."""

from dash import html

from fall_line.components.attributes import aria, data
from fall_line.components.run_list import spoken_name
from fall_line.experiments.experiment_run import Run
from fall_line.experiments.published_responses import METHODS, Method, runs_of
from optimizers import OPTIMIZERS


def published_values(run: Run, index: int) -> list[html.Div]:
    """Return a row of buttons for each way in which the article shows the method of `run`, at `index` in the list."""
    ways = [method for method in METHODS if method.optimizer == run.optimizer.key]
    return [_row(method, run, index, several=len(ways) > 1) for method in ways]


def _row(method: Method, run: Run, index: int, several: bool) -> html.Div:
    optimizer = OPTIMIZERS[method.optimizer]
    symbol = next(hyper.symbol for hyper in optimizer.hypers if hyper.key == method.varied)
    way = f", {method.title.removeprefix(optimizer.label).strip()}" if several else ""
    return html.Div(
        className="published-values",
        role="group",
        **aria(label=f"Published values of {method.title}, {spoken_name(run, index)}"),
        children=[
            html.Span(f"Published {symbol}{way}"),
            html.Span([_button(method, place, run) for place in range(len(method.values))], className="segments"),
        ],
    )


def _button(method: Method, place: int, run: Run) -> html.Button:
    published = runs_of(method)[place]
    symbols = {hyper.key: hyper.symbol for hyper in OPTIMIZERS[method.optimizer].hypers}
    values = ", ".join(f"{symbols[key]} = {value:g}" for key, value in published.hypers.items())
    return html.Button(
        published.label.partition(" = ")[2],
        type="button",
        className="segment",
        title=f"Sets {values}",
        **data(method=method.name, place=place),
        **aria(pressed=published.hypers == run.hypers, label=published.label),
    )
