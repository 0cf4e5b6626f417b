"""The page's own code and the server agree: on sliders and numbers, on ids, on callbacks, on Plotly's version."""

import json
import random
import re
from pathlib import Path

import pytest
from flask import Flask
from plotly.offline import get_plotlyjs_version

from app import server
from fall_line.components import ids as shared
from fall_line.components import player
from fall_line.components.hyperparameter_slider import SPOKEN, STOPS, position, written
from fall_line.components.run_list import run_list
from fall_line.experiments.published import OPENING, find
from fall_line.pages.explore import ids
from fall_line.pages.explore.catalogue import STEPS, catalogue
from fall_line.pages.explore.routes import routes
from fall_line.pages.response import ids as response_ids
from fall_line.pages.response.routes import routes as response_routes
from fall_line.pages.sharing.routes import routes as sharing_routes
from fall_line.pages.train import ids as train_ids
from fall_line.pages.train.routes import routes as train_routes
from landscapes import SURFACES
from optimizers import OPTIMIZERS
from tests.node import node

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "client"
MODULES = {str(path.relative_to(CLIENT)): path.read_text(encoding="utf-8") for path in sorted(CLIENT.rglob("*.ts"))}
SCALES = "experiment/scales.ts"
CALLBACKS = {
    "explore": "explore/callbacks.ts",
    "response": "response/callbacks.ts",
    "train": "train/callbacks.ts",
    "runs": "runs/run-list.ts",
    "inspector": "explore/inspector/callbacks.ts",
}

HYPERS = {
    **{f"{key} {hyper.key}": hyper for key, one in OPTIMIZERS.items() for hyper in one.hypers},
    **{f"{key} {hyper.key}": hyper for key, one in SURFACES.items() for hyper in one.parameters},
    "steps": STEPS,
}


def values(name, hyper):
    """Default, ends, and random values with all their digits: evenly spread, and evenly along the slider's scale."""
    chance = random.Random(name)
    even = [chance.uniform(hyper.low, hyper.high) for _ in range(20)]
    along = {
        "linear": lambda share: hyper.low + share * (hyper.high - hyper.low),
        "log": lambda share: hyper.low * (hyper.high / hyper.low) ** share,
        "one_minus_log": lambda share: 1 - (1 - hyper.low) * ((1 - hyper.high) / (1 - hyper.low)) ** share,
    }[hyper.scale]
    spread = [min(hyper.high, max(hyper.low, along(chance.random()))) for _ in range(20)]
    return [hyper.default, hyper.low, hyper.high, *even, *spread]


@pytest.fixture(scope="module")
def answers():
    """Where scales.ts puts every value of every hyperparameter, how it writes it, and what it reads back from there."""
    settings = {
        key: {"hyper": {"scale": hyper.scale, "low": hyper.low, "high": hyper.high}, "values": values(key, hyper)}
        for key, hyper in HYPERS.items()
    }
    program = """(scales, data) => Object.fromEntries(Object.entries(data).map(([name, { hyper, values }]) => [
        name,
        values.map((value) => ({
            value,
            position: scales.toPosition(hyper, value),
            back: scales.toValue(hyper, scales.toPosition(hyper, value)),
            written: scales.written(value),
        })),
    ]))"""
    return node(SCALES, program, settings)


@pytest.mark.parametrize("name", HYPERS)
def test_a_value_has_the_same_position_on_both_sides(name, answers):
    """Less than 1e-9 apart, or the page would take the server's position for a move of the reader's."""
    for row in answers[name]:
        assert row["position"] == pytest.approx(position(HYPERS[name], row["value"]), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", HYPERS)
def test_a_number_is_written_the_same_on_both_sides_and_reads_back(name, answers):
    for row in answers[name]:
        assert row["written"] == written(row["value"])
        assert float(row["written"]) == row["value"]


@pytest.mark.parametrize("name", HYPERS)
def test_default_and_ends_have_no_more_digits_than_a_slider_can_give(name, answers):
    default, low, high = (row["back"] for row in answers[name][:3])
    assert (default, low, high) == (HYPERS[name].default, HYPERS[name].low, HYPERS[name].high)


def test_numbers_beyond_every_slider_are_written_alike_too():
    chance = random.Random(5)
    numbers = [chance.uniform(-1, 1) * 10 ** chance.uniform(-30, 30) for _ in range(500)]
    numbers += [0, 1, -1, 1e-4, 9.999e-5, 1e-7, 123456.789, 1e15, 1e16, 1e21, 1e22, 5e-324, 1.7976931348623157e308]
    assert node(SCALES, "({ written }, data) => data.map(written)", numbers) == [written(one) for one in numbers]


@pytest.mark.parametrize("scale", SPOKEN)
def test_a_slider_names_the_function_that_says_its_values(scale):
    places = [0.0, 0.3125, 1.7, 3.98]
    program = f"""async ({{ offerSpokenValues }}, data) => {{
        const {{ spoken }} = await import("./client/{SCALES}");
        offerSpokenValues();
        const say = dashMantineFunctions.{SPOKEN[scale]};
        return data.map((place) => [say(place), spoken({{ scale: "{scale}" }}, place)]);
    }}"""
    told = node("runs/spoken-values.ts", program, places)
    assert all("e" not in said for said, _ in told)  # aria-valuenow knows no exponents
    told = [(float(said), spoken) for said, spoken in told]
    assert [said for said, _ in told] == [spoken for _, spoken in told]
    hyper = next(one for one in HYPERS.values() if one.scale == scale)
    assert [position(hyper, said) for said, _ in told] == pytest.approx(places, abs=1e-2)


def test_a_slider_has_as_many_steps_on_both_sides():
    assert node(SCALES, "({ STOPS }) => STOPS") == STOPS


def test_every_slider_has_201_stops_from_end_to_end_at_which_it_says_what_it_gives():
    """Those of a slider: `min` plus a whole number of steps, with 12 decimals, and what its thumb then says."""
    program = """(scales, data) => Object.fromEntries(Object.entries(data).map(([name, hyper]) => {
        const [low, high] = [scales.toPosition(hyper, hyper.low), scales.toPosition(hyper, hyper.high)];
        const places = Array.from({ length: scales.STOPS + 1 }, (_, k) =>
            Number(Math.min(high, low + k * ((high - low) / scales.STOPS)).toFixed(12)));
        const given = places.map((place) => scales.spoken(hyper, place))
            .map((said) => scales.toValue(hyper, scales.toPosition(hyper, said)));
        const under = Array.from({ length: scales.STOPS + 1 }, (_, k) => scales.stopAt(hyper, k / scales.STOPS));
        return [name, { stops: [...new Set(under)], given }];
    }))"""
    settings = {
        name: {"scale": hyper.scale, "low": hyper.low, "high": hyper.high, "whole": hyper is STEPS}
        for name, hyper in HYPERS.items()
    }
    for name, told in node(SCALES, program, settings).items():
        hyper, stops = HYPERS[name], told["stops"]
        assert (stops[0], stops[-1]) == (hyper.low, hyper.high), name
        assert sorted(set(told["given"])) == stops, name
        assert hyper is STEPS or len(stops) == STOPS + 1, name


def declared_ids():
    """Every id that Python declares, and what the ids of the rows of the list begin with."""
    constants = [vars(module).items() for module in (ids, response_ids, train_ids, shared, player)]
    pieces = {player.named(one, train_ids.PLAYER) for one in vars(player).values() if str(one).startswith("player-")}
    row = run_list(find(OPENING).experiment.runs, [])[0].id
    return {value for pairs in constants for name, value in pairs if name.isupper() and isinstance(value, str)} | {
        row.rstrip("0123456789"),
        *pieces,
    }


def used_ids():
    """Every id that a module names, with the module's name."""
    by_call = r'\b(?:props|tell|byId(?:<\w+>)?|graphOf|nameFileInput|forgetFile|getElementById)\("([^"]+)"'
    by_selector = r'querySelector(?:All)?(?:<\w+>)?\(["`]#([\w-]+)'
    by_trigger = r'triggeredId\(\) === "([^"]+)"'
    found = re.compile("|".join((by_call, by_selector, by_trigger)))
    return {
        (name, next(filter(None, match.groups())))
        for name, text in MODULES.items()
        if not name.startswith("standalone/")
        for match in found.finditer(text)
    }


SHELL = {"shell", "opening", "fall-line", "react-entry-point"}  # of the HTML that a page begins with


def test_every_id_in_a_module_is_declared():
    used = used_ids()
    assert {module for module, _ in used} >= {"explore/opening.ts", "explore/tuning.ts", "response/opening.ts"}
    assert {(module, id) for module, id in used if id not in declared_ids() | SHELL} == set()


def test_every_piece_that_a_script_sets_has_an_id_that_python_makes():
    """A script writes the id as an object for Dash, or as the text that Dash puts into the document, keys in order."""
    made = (shared.slider("", ""), shared.number("", ""), shared.field(""), train_ids.field(""))
    kinds = {one["type"]: set(one) for one in made}
    text = "\n".join(MODULES.values())
    objects = re.findall(r"(?:props|showText)\(\{ ([^}]*) \}", text)
    written_ids = re.findall(r"JSON\.stringify\(\{ ([^}]*) \}\)", text)
    assert {kind_of(one) for one in objects} == set(kinds)
    assert written_ids
    for one in [*objects, *written_ids]:
        assert set(names_in(one)) == kinds[kind_of(one)], one
    for one in written_ids:
        assert names_in(one) == sorted(names_in(one)), one


def names_in(fields):
    """The names in the text of a JavaScript object without its braces."""
    return [field.partition(":")[0].strip() for field in fields.split(",")]


def kind_of(fields):
    """The `type` in the text of a JavaScript object."""
    return re.search(r'type: "(\w+)"', fields)[1]


def test_every_address_that_a_script_asks_is_a_route():
    named = re.compile(r'\b(?:ask(?:Pieces|Early)?(?:<\w+>)?\(|address: )"([^"]+)"')
    asked = {address for text in MODULES.values() for address in named.findall(text)}
    site = Flask("routes")
    site.register_blueprint(routes)
    site.register_blueprint(response_routes)
    site.register_blueprint(train_routes)
    site.register_blueprint(sharing_routes)
    posted = {rule.rule.removeprefix("/") for rule in site.url_map.iter_rules() if "POST" in rule.methods}
    assert asked == posted
    assert asked


def clientside_calls():
    """The clientside functions of pages and run list, and how many inputs and states Dash will pass to each."""
    told = server.test_client().get("/_dash-dependencies").get_json()
    calls = [(one["clientside_function"], len(one["inputs"]) + len(one["state"])) for one in told]
    named = [((where["namespace"], where["function_name"]), count) for where, count in calls if where]
    return {name: count for name, count in named if name[0] in CALLBACKS}


def clientside_functions():
    """The functions that modules define for Dash and how many arguments each takes."""
    program = """({ callbacks }) => Object.entries(callbacks).map(([name, made]) => [name, made.length])"""
    return {(space, name): length for space, module in CALLBACKS.items() for name, length in node(module, program)}


def test_every_clientside_callback_has_its_function_and_the_other_way_round():
    calls, functions = clientside_calls(), clientside_functions()
    assert {space for space, _ in calls} == set(CALLBACKS)
    assert set(calls) == set(functions)


def test_no_clientside_function_expects_more_than_dash_passes():
    calls, functions = clientside_calls(), clientside_functions()
    assert {name: (functions[name], given) for name, given in calls.items() if functions[name] > given} == {}


def test_a_run_of_the_catalogue_has_what_the_page_needs_for_a_slider():
    """The page computes with the server's own record of each hyperparameter."""
    sent = catalogue(find(OPENING).experiment)
    for key, one in OPTIMIZERS.items():
        for hyper in one.hypers:
            got = sent["optimizers"][key]["hypers"][hyper.key]
            assert (got["scale"], got["low"], got["high"], got["default"]) == (
                hyper.scale,
                hyper.low,
                hyper.high,
                hyper.default,
            )
    assert sent["numbers"]["steps"]["whole"] is True


def test_the_vendored_plotly_is_the_version_that_python_makes_figures_for():
    version = get_plotlyjs_version()
    (script,) = (ROOT / "assets" / "vendor").glob("plotly-*.js")
    assert script.name == f"plotly-{version}.min.js"
    assert script.read_text(encoding="utf-8").startswith(f"/* plotly.js {version}, ")
    assert json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]["plotly.js"] == version
