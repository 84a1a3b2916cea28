"""A row of links of which one is chosen: periods, measures, views."""

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component


def segments(label: str, choices: Iterable[tuple[str, str, bool]], name: str = "") -> Component:
    """`choices`: (words, href, chosen) in order. `name`: a modifier of the class."""
    links = [_link(*choice) for choice in choices]
    modifier = f" segments--{name}" if name else ""
    return html.Nav(links, className=f"segments{modifier}", **{"aria-label": label})


def _link(words: str, href: str, chosen: bool) -> Component:
    if chosen:
        return html.A(words, href=href, className="segments__item segments__item--on", **{"aria-current": "true"})
    return html.A(words, href=href, className="segments__item")
