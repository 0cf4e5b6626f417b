"""Makes the Dash app: every page of this package, one shell, the security headers."""

import importlib
import importlib.util
import pkgutil
import threading
from typing import Any

import dash
import dash_mantine_components as dmc
import numpy as np
from dash import State, html

from fall_line import pages
from fall_line.components import ids
from fall_line.experiments import published_responses, published_trainings
from fall_line.experiments.published import OPENING, find
from fall_line.experiments.published_responses import OPENING_RESPONSE
from fall_line.experiments.published_trainings import OPENING_TRAINING
from fall_line.explanations.answer import answer
from fall_line.explanations.response_answer import response_answer
from fall_line.folders import ASSETS
from fall_line.pages.compressed_files import compress_files, visit
from fall_line.pages.document import Page, first_script_hash, plotly
from fall_line.pages.explore.programs import METHODS, catalogue
from fall_line.pages.json_answer import code
from fall_line.pages.mantine_defaults import mantine_theme
from fall_line.pages.sharing.answers import FRAMED_BY, NETWORK
from fall_line.pages.train.trained import trained
from fall_line.settings import cache_folder, settings
from fall_line.trajectories.compiled import keep_compiled
from fall_line.trajectories.loss import loss_grid

MAX_QUESTION = 2_000_000  # bytes; an uploaded file of 1 MB travels as text


def create_app(framed_by: str = "", network: str = "") -> Page:
    """Return the app. Call it once per process: Dash keeps callbacks that pages share in one place and takes them.

    `framed_by` says whose pages may show it in a frame, as the policy `frame-ancestors` lists them; unless it is given
    they are its own and those that the settings name. `network` is the address at which other machines find it.
    """
    keep_compiled(cache_folder() / "compiled")
    address = dash.page_container.children[0].id
    app = Page(
        "fall_line",
        assets_folder=str(ASSETS),
        include_assets_files=False,  # what is loaded, and in what order, document.py says
        use_pages=True,
        pages_folder="",
        routing_callback_inputs={"search": State(address, "search")},
        title="Fall Line",
        update_title="",
        compress=True,
        health_endpoint="/health",
        suppress_callback_exceptions=True,
        description="Watch optimizers descend a loss surface, live.",
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.renderer = ""  # the page's own code starts it, once what Dash will call is there
    app.config.external_scripts = [app.own(plotly())]
    # The address of every asset that the page loads changes with the asset, so that browsers may keep it.
    app.server.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000
    app.server.config["MAX_CONTENT_LENGTH"] = MAX_QUESTION
    app.server.config[NETWORK] = network
    app.server.config[FRAMED_BY] = framed_by or f"'self' {settings().framed_by}".strip()
    _import_pages(app)
    app.layout = dmc.MantineProvider(
        html.Div(dash.page_container, className="site"),
        id=ids.PROVIDER,
        defaultColorScheme="auto",
        theme=mantine_theme(),
    )
    code()
    compress_files(app.server)
    _guard(app, app.server.config[FRAMED_BY])
    _begin(app)
    # Not a daemon: a process that ends in the middle of a compilation aborts.
    threading.Thread(target=_warm_up, args=(app,)).start()
    return app


def _import_pages(app: Page) -> None:
    """Register every package's page, beginning, callbacks and routes, whichever of them it has."""
    for package in pkgutil.iter_modules(pages.__path__, prefix=f"{pages.__name__}."):
        for part in ("page", "beginning", "callbacks", "routes"):
            if package.ispkg and importlib.util.find_spec(f"{package.name}.{part}"):
                module = importlib.import_module(f"{package.name}.{part}")
                if part == "beginning":
                    app.beginnings[module.PATH] = module.begin
                if part == "routes":
                    app.server.register_blueprint(module.routes)


def _guard(app: Page, framed_by: str) -> None:
    """Allow scripts, styles and data from this server only; Dash's own inline scripts by their hashes."""
    policy = ""

    @app.server.after_request
    def headers(response: Any) -> Any:
        nonlocal policy
        if not policy:
            scripts = " ".join(["'self'", first_script_hash(), *app.csp_hashes()])
            policy = (
                f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
                "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; "
                f"frame-ancestors {framed_by}"
            )
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response


def _begin(app: Page) -> None:
    """Have Dash do now what it does at the first request: of two that come together the second would see half of it."""
    app.server.test_client().get("/health")


def _warm_up(app: Page) -> None:
    """Compile what the pages open with, so that the first reader doesn't wait for it, and compress what they load."""
    try:
        experiment = find(OPENING).experiment
        answer(experiment)
        loss_grid(experiment.landscape, np.linspace(0.0, 1.0, 2), np.linspace(0.0, 1.0, 2))
        response_answer(published_responses.find(OPENING_RESPONSE).experiment)
        visit(app.server)
        for kind in METHODS:
            catalogue(kind)
        trained(published_trainings.find(OPENING_TRAINING).experiment)
    except RuntimeError as error:
        # Python says it with these words alone: no thread can be started any more, for the program is ending.
        if "shutdown" not in str(error):
            raise
