"""What is not granted is not seen through any callback of wall and desk: the same proof as test_gate, callback by callback."""

import json
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from dash._utils import split_callback_id
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import gate
from dashboard.domain.people import ROLES
from tests.dashboard.gate_asks import INPUTS
from tests.dashboard.gate_world import HERE, THERE, World, a_world, is_told, to_nowhere, without_echo

IGNORED = ("data-good", "n_intervals")  # properties that say nothing of what is asked for
VERSIONS = ("live-version", "live-slow", "live-stream", "live-directive", "live-tick")  # ends of ids: a number
SAYS_NOTHING = {  # callbacks that never tell anything of a county, and why
    "wall-playlist-body": "names of pages",
    "wall-order-body": "a form",
    "desk-queue-counts": "how many cases are like one; here none is, see v1.similar",
    "desk-header-body": "the asker's own name and regions",
    "desk-ranking-cases-body": "cases of frozen figures; here none are frozen, see services/test_workshop",
    "desk-ranking-outcome": "needs frozen figures, too",
    "desk-action-toast": "says what came of an order; the world must stand as it was",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("callbacks")
    with a_world(folder, f"sqlite:///{folder / 'gate.sqlite'}") as found:
        yield found


def callbacks(world: World) -> list[tuple[str, str, Mapping]]:
    """(surface, key, callback) of all that the server answers."""
    return [(surface, key, one) for surface, app in world.server.extensions["surfaces"].items()
            for key, one in app.callback_map.items() if "callback" in one]  # fmt: skip


def values_of(surface: str, name: str, prop: str) -> tuple | None:
    """What an input or state is set to, one after the other; None where nobody has decided."""
    table = INPUTS[surface]
    wild = next((values for key, values in table.items() if "*" in key and _fits(key, f"{name}.{prop}")), None)
    return table.get(f"{name}.{prop}", wild)


def _fits(pattern: str, word: str) -> bool:
    head, _, tail = pattern.partition("*")
    return word.startswith(head) and word.endswith(tail)


def settled(name: str, prop: str) -> tuple | None:
    """Inputs that say only when to ask."""
    return (1,) if prop in IGNORED or name.endswith(VERSIONS) else None


def requests(surface: str, key: str, one: Mapping) -> Iterator[str]:
    """Bodies that ask the callback for things of county K2, with every value that stands for its inputs."""
    given = [*one["inputs"], *one["state"]]
    values = [settled(i["id"], i["property"]) or values_of(surface, i["id"], i["property"]) for i in given]
    undecided = [f"{i['id']}.{i['property']}" for i, value in zip(given, values, strict=True) if value is None]
    assert not undecided, f"decide in gate_asks.INPUTS what {undecided} of {key} is set to"
    outputs = split_callback_id(key)
    for chosen in product(*values):
        filled = [{**i, "value": value} for i, value in zip(given, chosen, strict=True)]
        count = len(one["inputs"])
        yield json.dumps({"output": key, "outputs": outputs, "inputs": filled[:count], "state": filled[count:],
                          "changedPropIds": [f"{i['id']}.{i['property']}" for i in one["inputs"]]})  # fmt: skip


def ask(client: FlaskClient, surface: str, body: str) -> TestResponse:
    return client.post(f"{surface}_dash-update-component", data=body, content_type="application/json")


def changes(key: str) -> bool:
    return key.startswith("..desk-action-toast")


def test_every_role_of_another_county_is_answered_as_if_there_were_nothing(world: World):
    """Asked first by somebody who may, so that a cached answer would show."""
    before, count = world.standing(), 0
    for surface, key, one in callbacks(world):
        needed = gate.SURFACES[surface]
        able = [role for role in ROLES if world.people[HERE, role].can(needed)]
        for body in requests(surface, key, one):
            if not changes(key):
                ask(world.client(THERE, "dispatcher"), surface, body)
            for role in able:
                client = world.client(HERE, role)
                answer, other = ask(client, surface, body), to_nowhere(body)
                assert not is_told(answer), f"{role} of K1 is told by {key}: {body}"
                assert answer.status_code in (200, 204), f"{role}: {key}: {body}"
                if other != body:
                    nothing = without_echo(ask(client, surface, other).get_data())
                    assert without_echo(answer.get_data()) == nothing, f"{role} of K1 can tell by {key}: {body}"
                count += 1
        for role in ("", *(role for role in ROLES if role not in able)):
            answer = ask(world.client(HERE, role), surface, body)
            assert (answer.status_code, is_told(answer)) == (404 if role else 401, False), f"{role}: {key}"
    assert world.standing() == before
    assert count > 1000


def test_the_questions_are_worth_asking(world: World):
    """Somebody of county K2 is told something by every callback that has anything to tell."""
    silent = []
    for surface, key, one in callbacks(world):
        name = split_callback_id(key)
        first = (name[0] if isinstance(name, list) else name)["id"]
        if first not in SAYS_NOTHING and not any(_tells(world, surface, body) for body in requests(surface, key, one)):
            silent.append(key)
    assert silent == []


def _tells(world: World, surface: str, body: str) -> bool:
    client = world.client(
        THERE, "administrator" if "people" in body else "auditor" if "audit" in body else "dispatcher"
    )
    answer, nothing = (ask(client, surface, one) for one in (body, to_nowhere(body)))
    return is_told(answer) or without_echo(answer.get_data()) != without_echo(nothing.get_data())
