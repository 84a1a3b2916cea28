"""The wall's pages, as tabs. The browser turns them (assets/wall/rotation.js)."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.domain.state import WallState


def draw(view: Sequence[tuple[str, str, str, str, bool]], state: WallState) -> Component:
    """`view`: (key, name, look, href, active) in order."""
    return html.Div([_tab(*page) for page in view], className="tabs")


def _tab(key: str, name: str, look: str, href: str, active: bool) -> Component:
    attributes = {"data-page": key, "data-look": look, **({"aria-current": "page"} if active else {})}
    return html.A(name, href=href, className="tabs__tab tabs__tab--on" if active else "tabs__tab", **attributes)
