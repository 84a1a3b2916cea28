"""The description of the API: it is valid OpenAPI, it has every row, and every route is a row."""

from pathlib import Path

import pytest
from openapi_spec_validator import validate

from dashboard.api import v1
from dashboard.api.v1.openapi import ERRORS, document, shown_path
from dashboard.domain.people import ANYONE, CAPABILITIES, SIGNED_IN
from dashboard.factory import create_app
from dashboard.settings import Settings


@pytest.fixture(scope="module")
def described() -> dict:
    return document(v1.ENDPOINTS, cookie="c")


@pytest.fixture
def app(tmp_path: Path):
    app = create_app(Settings.from_env({"DATA_DIR": str(tmp_path), "DEMO": "0"}))
    yield app
    app.extensions["deps"].database.engine.dispose()


def test_the_document_is_valid_openapi(described: dict):
    validate(described)


def test_every_row_is_described_with_what_it_takes_gives_and_refuses(described: dict):
    for row in v1.ENDPOINTS:
        told = described["paths"][shown_path(row)][row.method.lower()]
        assert told["operationId"] == row.name
        assert bool(told["security"]) == (row.capability != ANYONE)
        assert ("requestBody" in told) == bool(row.body or row.raw), row.name
        assert {str(row.status), *map(str, row.errors)} <= told["responses"].keys()
        assert set(row.errors) <= ERRORS.keys(), row.name
        if row.query:
            named = row.query.model_json_schema(by_alias=True).get("properties", {})
            assert {one["name"] for one in told["parameters"] if one["in"] == "query"} == named.keys()


def test_rows_have_names_of_their_own_and_capabilities_that_exist():
    names = [row.name for row in v1.ENDPOINTS]
    assert len(names) == len(set(names))
    assert {row.capability for row in v1.ENDPOINTS} <= {*CAPABILITIES, ANYONE, SIGNED_IN}
    assert len({(row.method, shown_path(row)) for row in v1.ENDPOINTS}) == len(names)


def test_examples_can_be_sent():
    for row in v1.ENDPOINTS:
        if row.example:
            row.body.model_validate(row.example)


def test_every_route_below_api_v1_is_a_row_and_every_row_a_route(app):
    routes = {(rule.endpoint, method) for rule in app.url_map.iter_rules() if str(rule).startswith("/api/v1")
              for method in rule.methods - {"HEAD", "OPTIONS"}}  # fmt: skip
    assert routes == {(f"v1.{row.name}", row.method) for row in v1.ENDPOINTS}


def test_it_is_served_to_programs_and_to_people_without_another_host(app, described: dict):
    client = app.test_client()
    assert client.get("/api/v1/openapi.json").get_json()["paths"].keys() == described["paths"].keys()
    page = client.get("/api/v1/", headers={"Accept": "text/html"})
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "http" not in text.replace("http-equiv", "")
    for row in v1.ENDPOINTS:
        assert f'id="{row.name}"' in text


def test_what_is_not_there_is_answered_as_json(app):
    answer = app.test_client().get("/api/v1/nothing")
    assert (answer.status_code, answer.get_json()["error"]) == (404, "not_found")
