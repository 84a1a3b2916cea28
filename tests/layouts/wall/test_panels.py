"""Every panel draws its sample, with figures that open something, and without reading anything."""

import json

import pytest

from dashboard.domain.state import parse_state
from layouts.wall.panels import PANELS
from tests.layouts.wall.samples import SAMPLES, STATE


def drawn(name: str) -> dict:
    """A panel's sample as plain JSON: lists and dicts of components."""
    return json.loads(json.dumps(PANELS[name].draw(SAMPLES[name], STATE), default=lambda part: part.to_plotly_json()))


def found(part: object, name: str) -> list:
    """All values of the property `name`, at any depth."""
    if isinstance(part, list):
        return [value for one in part for value in found(one, name)]
    if not isinstance(part, dict):
        return []
    own = [part[name]] if part.get(name) is not None else []
    return own + [value for one in part.values() for value in found(one, name)]


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_draws_its_sample(name: str):
    assert drawn(name)["props"]


@pytest.mark.parametrize("name", PANELS)
def test_the_links_of_a_panel_can_be_read(name: str):
    for link in found(drawn(name), "href"):
        if link.startswith("?"):
            parse_state(link)


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_sets_sizes_and_no_colours_inline(name: str):
    for style in found(drawn(name), "style"):
        assert style.keys() <= {
            "width",
            "left",
            "right",
            "height",
            "top",
            "bottom",
            "flex",
            "gridColumn",
            "gridRow",
        } or all(key.startswith("--") for key in style), style


def test_a_key_figure_says_its_key_and_value():
    tiles = drawn("kpis")
    assert found(tiles, "data-kpi") == ["closed_loop", "open", "repeat"]
    assert found(tiles, "data-value") == ["92.76", "1234", ""]
