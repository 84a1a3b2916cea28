"""The way to the composer of directives, for panels whose subject an order can be about."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState


def link(state: WallState, shown: bool) -> list[Component]:
    """A button that opens the composer about what the state shows; [] where whoever looks may give no orders."""
    return [html.A(_("下达指令"), href=state.to(order="new"), className="button button--main")] if shown else []
